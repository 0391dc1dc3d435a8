//! What may be issued, used and given back.

use crate::booking::Side;
use crate::id::VoucherId;
use crate::item::{Amount, VoucherTerms};
use crate::redemption::dated;
use crate::time::Timestamp;
use crate::voucher::{CodeHash, Command, Counter, Event, Purchase, Standing, Status, Voucher};
use crate::{Decision, Noun, Refusal, State};

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Issue(purchase) => issue(state, purchase, now),
        Command::Use { voucher, at, code } => used(state, *voucher, *at, *code, now),
        Command::Return { voucher, by } => {
            if *by == Side::Erased {
                return Err(Refusal::ReasonReserved);
            }
            let (_, paper) = open(state, *voucher)?;
            let (voucher, by) = (paper.clone(), *by);
            // By a fault of others points live for some days of grace, as with what is returned.
            let grace = match by {
                Side::Resident | Side::Erased => None,
                Side::Station | Side::Supplier => {
                    state.rules.in_force(now).and_then(|rules| rules.returns())
                }
            };
            let until = grace.map_or(now, |terms| now.days_after(terms.grace_days));
            let (back, lapsed) = dated(&voucher.lots, now, until);
            Ok(Decision::one(Event::Returned { voucher, by, back, lapsed }))
        }
    }
}

fn issue(state: &State, purchase: &Purchase, now: Timestamp) -> Result<Decision, Refusal> {
    state.vouchers.vacant(purchase.voucher, Noun::Voucher)?;
    let resident = state.resident(purchase.resident)?;
    let item = state.item(purchase.item)?;
    let terms = state.terms(item.item).and_then(|terms| terms.voucher.clone());
    let terms = terms.ok_or(Refusal::NotByVoucher { item: item.item })?;
    let zone = state.rules.in_force(now).ok_or(Refusal::NoRulesInForce)?.zone;
    state.open_to(item, resident, now)?;
    let amount = Amount { item: item.item, pieces: 1, points: item.price };
    state.within_limits(amount, purchase.resident, now)?;
    state.within_spending(amount.points, purchase.resident, now)?;
    let available = resident.wallet.available.points;
    let short = Refusal::InsufficientPoints { available, needed: item.price };
    let lots = resident.wallet.allocate(item.price).ok_or(short)?;
    let (day, _) = zone.day_and_minute(now);
    let VoucherTerms { from_days, until_days, .. } = terms;
    let good_from = match from_days {
        0 => now,
        days => zone.midnight(day.saturating_add(i32::from(days))),
    };
    let last = day.saturating_add(i32::from(until_days));
    Ok(Decision::one(Event::Issued(Voucher {
        purchase: *purchase,
        supplier: item.supplier,
        price: item.price,
        cost: item.cost,
        lots,
        good_from,
        expires_at: zone.midnight(last.saturating_add(1)),
        zone,
        terms,
    })))
}

/// The day and the lock are looked at before the code, so that whoever guesses learns nothing when
/// it isn't good anyway.
fn used(
    state: &State,
    id: VoucherId,
    at: Counter,
    code: CodeHash,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let (standing, voucher) = open(state, id)?;
    match at {
        Counter::Station(station) => {
            state.station(station)?;
        }
        Counter::Supplier(supplier) if supplier != voucher.supplier => {
            return Err(Refusal::OtherSupplier);
        }
        Counter::Supplier(_) => {}
    }
    let most = voucher.terms.wrong_codes;
    if let Some(until) = standing.locked_until.filter(|until| now < *until) {
        return Err(Refusal::VoucherLocked { until, most });
    }
    if now < voucher.good_from {
        return Err(Refusal::VoucherTooEarly { from: voucher.good_from });
    }
    if !voucher.is_good_on_day_of(now) {
        return Err(Refusal::VoucherNotToday { days: voucher.terms.weekdays.clone() });
    }
    if code == voucher.purchase.code {
        return Ok(Decision::one(Event::Used { voucher: voucher.clone(), at }));
    }
    let tries = standing.tries.saturating_add(1);
    let locked_until = (tries >= most).then(|| now.after(voucher.terms.lock));
    Ok(Decision::one(Event::WrongCode { voucher: id, at, code, tries, most, locked_until }))
}

fn open(state: &State, voucher: VoucherId) -> Result<(&Standing, &Voucher), Refusal> {
    let found = state.vouchers.get(voucher).ok_or(Refusal::Unknown(Noun::Voucher))?;
    let wrong = Refusal::VoucherStatus { found: found.status };
    let paper = found.open.as_deref().filter(|_| found.status == Status::Issued);
    Ok((found, paper.ok_or(wrong)?))
}
