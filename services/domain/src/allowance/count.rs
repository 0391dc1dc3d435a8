//! A slip that comes back: counted, or reported.
//!
//! What makes no sense as a slip is refused, for it can be written again. What makes sense and
//! can't be counted is a fact all the same: the goods are gone. That goes for one who was erased
//! meanwhile, too: nothing is left in the wallet, so all of it is short.

use std::collections::BTreeSet;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::allowance::{Allowance, Counted, Event, OfflineSlip, REPORTS_MAX, SLIPS_MAX};
use crate::id::{ItemId, RedemptionId};
use crate::item::{Amount, Item, ItemKind};
use crate::quantity::Points;
use crate::redemption::{LINES_MAX, Line, Slip};
use crate::resident::Resident;
use crate::time::Timestamp;
use crate::{Decision, Refusal, State};

/// Why a slip can't be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Report {
    /// Its number was counted for another redemption.
    NumberTaken {
        /// Which.
        by: RedemptionId,
    },
    /// It was handed out before or after the time that is covered.
    NotCovered {
        /// Covered from here
        from: Timestamp,
        /// until here.
        until: Timestamp,
    },
    /// It came too late.
    TooLate {
        /// Slips were counted until then.
        until: Timestamp,
    },
    /// The clerk saw other prices.
    OtherPrice {
        /// What it costs.
        costs: Points,
    },
    /// The resident may not have it, or no more of it.
    NotEligible {
        /// Which item.
        item: ItemId,
    },
    /// More than is left of what the station may hand out.
    StationLimit {
        /// What is left.
        left: Points,
    },
    /// More than is left of what one person may have.
    PersonLimit {
        /// What is left.
        left: Points,
    },
    /// Fewer stand on the shelf, by the books.
    OutOfStock {
        /// Which item.
        item: ItemId,
        /// What is free.
        free: u32,
    },
}

pub(super) fn decide(
    state: &State,
    slip: &OfflineSlip,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = state.allowance(slip.allowance)?;
    if slip.station != found.grant.station {
        return Err(Refusal::OtherStation);
    }
    if found.numbers.get(&slip.number) == Some(&slip.redemption) {
        return Err(Refusal::SlipCounted);
    }
    state.redemption_vacant(slip.redemption)?;
    let resident = state.registered(slip.resident)?;
    if slip.number == 0 || slip.number > SLIPS_MAX {
        return Err(Refusal::SlipNumber { most: SLIPS_MAX });
    }
    if slip.handed_at > now {
        return Err(Refusal::InFuture { ends_at: slip.handed_at, now });
    }
    let lines = lines(state, slip)?;
    let costs = lines.iter().try_fold(Points::ZERO, |sum, line| sum.plus(line.total()?));
    let costs = costs.ok_or(Refusal::AmountTooLarge)?;
    if let Some(why) = hindrance(state, found, slip, &lines, costs, now) {
        return report(found, slip, why);
    }
    Ok(Decision::one(Event::Counted(Box::new(counted(found, resident, slip, lines, costs)?))))
}

/// Reported once; the same again tells nothing new.
fn report(found: &Allowance, slip: &OfflineSlip, why: Report) -> Result<Decision, Refusal> {
    if found.reported.contains(&slip.redemption) {
        return Err(Refusal::SlipReported);
    }
    if found.reported.len() >= REPORTS_MAX {
        return Err(Refusal::TooManyReports { most: REPORTS_MAX });
    }
    Ok(Decision::one(Event::Reported { slip: slip.clone(), why }))
}

fn lines(state: &State, slip: &OfflineSlip) -> Result<Vec<Line>, Refusal> {
    if slip.wishes.is_empty() {
        return Err(Refusal::EmptyBasket);
    }
    if slip.wishes.len() > LINES_MAX {
        return Err(Refusal::BasketTooLarge { most: LINES_MAX });
    }
    let mut seen = BTreeSet::new();
    let mut lines = Vec::with_capacity(slip.wishes.len());
    for wish in &slip.wishes {
        let Item { item, supplier, kind, price, cost, .. } = *state.item(wish.item)?;
        if !seen.insert(item) {
            return Err(Refusal::ItemTwice { item });
        }
        if wish.quantity == 0 {
            return Err(Refusal::QuantityZero { item });
        }
        if state.terms(item).is_some_and(|terms| terms.voucher.is_some()) {
            return Err(Refusal::VoucherNeeded { item });
        }
        if kind == ItemKind::Bookable && state.is_booked(item) {
            return Err(Refusal::BookingNeeded { item });
        }
        let (quantity, stocked) = (wish.quantity, kind.is_stocked());
        lines.push(Line { item, supplier, quantity, price, cost, stocked });
    }
    Ok(lines)
}

fn hindrance(
    state: &State,
    found: &Allowance,
    slip: &OfflineSlip,
    lines: &[Line],
    costs: Points,
    now: Timestamp,
) -> Option<Report> {
    let (from, until) = (found.granted_at, found.covers_until());
    let (left, left_each) = found.left(slip.resident);
    if let Some(by) = found.numbers.get(&slip.number) {
        return Some(Report::NumberTaken { by: *by });
    }
    if now >= found.sync_until {
        return Some(Report::TooLate { until: found.sync_until });
    }
    if slip.handed_at < from || slip.handed_at >= until {
        return Some(Report::NotCovered { from, until });
    }
    if costs != slip.total {
        return Some(Report::OtherPrice { costs });
    }
    if costs > left {
        return Some(Report::StationLimit { left });
    }
    if costs > left_each {
        return Some(Report::PersonLimit { left: left_each });
    }
    let resident = state.registered(slip.resident).ok()?;
    lines.iter().find_map(|line| {
        let amount = Amount::of(line)?;
        let may = state.open_to(state.item(line.item).ok()?, resident, now);
        if may.and_then(|()| state.within_limits(amount, slip.resident, now)).is_err() {
            return Some(Report::NotEligible { item: line.item });
        }
        let free = state.shelf(found.grant.station, line.item).free();
        let short = line.stocked && free < line.quantity;
        short.then_some(Report::OutOfStock { item: line.item, free })
    })
}

/// Out of what the resident has; the rest is short.
fn counted(
    found: &Allowance,
    resident: &Resident,
    slip: &OfflineSlip,
    lines: Vec<Line>,
    total: Points,
) -> Result<Counted, Refusal> {
    let OfflineSlip { allowance, number, redemption, handed_at, .. } = *slip;
    let wallet = &resident.wallet;
    let paid = wallet.available.points.min(total);
    let short = total.minus(paid).ok_or(Refusal::AmountTooLarge)?;
    let needed = Refusal::InsufficientPoints { available: wallet.available.points, needed: paid };
    let lots = wallet.allocate(paid).ok_or(needed)?;
    let (resident, station, officer) = (slip.resident, found.grant.station, found.grant.officer);
    let slip = Slip { redemption, resident, station, shift: None, shown: None, lines, total, lots };
    Ok(Counted { allowance, number, officer, handed_at, slip, short })
}
