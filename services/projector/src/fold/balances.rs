//! Wallets, lots and statement lines; pools' and suppliers' accounts.

use deadpool_postgres::Object;
use linli_domain::award::{Award, MinutesKind};
use linli_domain::contribution::{Restoration, Reversal};
use linli_domain::id::{PoolId, ResidentId, SupplierId};
use linli_domain::quantity::{Fen, Merit, Points};
use linli_domain::redemption::{Line as SlipLine, Slip};
use linli_domain::text::Code;
use linli_domain::wallet::{LotTaken, Recall};
use linli_domain::{
    Event, Record, allowance, area, contribution, household, inspection, item, officer, pool,
    redemption, resident, rules, station, supplier,
};
use linli_readmodel::balances::{Changes, Kind, Lot, Part, PoolAccount, SupplierAccount, Wallet};
use linli_readmodel::{ReadError, Uuid};

use super::{
    Fold, add_count, add_fen, add_merit, add_points, bookings, emptied, losses, ordinal, postings,
    settling, stored_time, vouchers,
};
use crate::error::FoldError;

/// Balances are sums of postings; what a lot holds follows from the lots that a fact names.
pub struct Balances;

impl Fold for Balances {
    type Changes = Changes;

    async fn load(_: &Object, _: &str, _: &Code) -> Result<Self, ReadError> {
        Ok(Self)
    }

    fn fold(&self, changes: &mut Changes, record: &Record) -> Result<(), FoldError> {
        let cause = fold_event(changes, record)?;
        for (index, posting) in record.postings.iter().enumerate() {
            postings::fold(changes, record, cause, ordinal(index)?, posting)?;
        }
        Ok(())
    }
}

/// What moved points, and what the statement refers to.
pub(super) type Cause = Option<(Kind, Uuid)>;

#[allow(clippy::too_many_lines, reason = "a table: one arm a fact, and none may be missing")]
fn fold_event(changes: &mut Changes, record: &Record) -> Result<Cause, FoldError> {
    match &record.event {
        Event::Resident(resident::Event::Registered(registration)) => {
            wallet_of(changes, registration.resident);
        }
        Event::Pool(pool::Event::Opened(pool)) => drop(pool_of(changes, pool.pool)),
        Event::Supplier(supplier::Event::Enrolled(it)) => drop(supplier_of(changes, it.supplier)),
        Event::Contribution(contribution::Event::Awarded(award)) => {
            awarded(changes, award)?;
            return Ok(Some((Kind::Earned, Uuid(award.contribution.number()))));
        }
        Event::Allowance(event) => return counted(changes, event),
        Event::Redemption(event) => return redeemed(changes, event).map(Some),
        Event::Voucher(event) => return vouchers::move_points(changes, event),
        Event::Booking(event) => return bookings::move_points(changes, event),
        Event::Item(item::Event::StockCounted(it)) => losses::counted(changes, it)?,
        Event::Item(item::Event::StockWrittenOff(it)) => {
            losses::lose(changes, it.goods.officer, it.goods.quantity, it.cost)?;
        }
        Event::Statement(event) => settling::fold(changes, record, event)?,
        Event::TimeBank(event) => stored_time::fold(changes, record, event),
        Event::Wallet(event) => return emptied::fold(changes, event).map(Some),
        Event::Contribution(contribution::Event::Restored(it)) => return given_back(changes, it),
        Event::Contribution(contribution::Event::Reversed(reversal)) => {
            reversed(changes, reversal)?;
            return Ok(Some((Kind::Reversed, Uuid(reversal.word.contribution.number()))));
        }
        Event::Resident(
            resident::Event::VolunteerEnrolled(_)
            | resident::Event::VolunteerReferred { .. }
            | resident::Event::RankingJoined(_)
            | resident::Event::RankingLeft(_)
            | resident::Event::Moved { .. }
            | resident::Event::Pseudonym(_)
            | resident::Event::CardIssued { .. }
            | resident::Event::CardBlocked { .. }
            | resident::Event::Erased(_),
        )
        | Event::Pool(pool::Event::Funded(_))
        | Event::Contribution(
            contribution::Event::Submitted { .. }
            | contribution::Event::Verified(_)
            | contribution::Event::Rejected(_)
            | contribution::Event::Queued(_)
            | contribution::Event::Attached(_),
        )
        | Event::Notice(_)
        | Event::Conduct(_)
        | Event::Team(_)
        | Event::Activity(_)
        | Event::Inspection(inspection::Event::Drawn(_) | inspection::Event::Inspected { .. })
        | Event::Area(
            area::Event::Founded(_)
            | area::Event::AlertDeclared(_)
            | area::Event::AlertWithdrawn(_),
        )
        | Event::Household(household::Event::Registered(_))
        | Event::Officer(officer::Event::Appointed(_) | officer::Event::Retired(_))
        | Event::Station(station::Event::Opened(_))
        | Event::Operator(_)
        | Event::Rules(rules::Event::Published(_))
        | Event::Queue(_)
        | Event::Hazard(_)
        | Event::Order(_)
        | Event::Whistle(_)
        | Event::Aid(_)
        | Event::Honour(_)
        | Event::Mediation(_)
        | Event::Estate(_)
        | Event::Resource(_)
        | Event::Item(
            item::Event::Listed(_)
            | item::Event::Priced(_)
            | item::Event::TermsSet(_)
            | item::Event::StockReceived(_)
            | item::Event::StockSentBack(_)
            | item::Event::StockMoved(_),
        ) => {}
    }
    Ok(None)
}

fn awarded(changes: &mut Changes, award: &Award) -> Result<(), FoldError> {
    credited(changes, award, award.merit, i64::from(award.minutes.get()))?;
    if let Some(issue) = award.issue {
        let new = Lot {
            resident: award.resident,
            lot: award.contribution,
            pool: issue.pool,
            expires_at: issue.expires_at,
            available: award.kept().ok_or(FoldError::Range)?,
            held: Points::ZERO,
        };
        changes.lots.insert((award.resident, award.contribution, issue.expires_at), new);
        add_points(&mut pool_of(changes, issue.pool).drawn, issue.points)?;
    }
    for part in &award.repaid {
        add_points(&mut pool_of(changes, part.pool).drawn, part.points.negated())?;
    }
    Ok(())
}

/// Adds merit, and minutes of the award's kind; what is below zero is taken away.
fn credited(
    changes: &mut Changes,
    award: &Award,
    merit: Merit,
    minutes: i64,
) -> Result<(), FoldError> {
    let wallet = wallet_of(changes, award.resident);
    let sum = match award.minutes_kind {
        MinutesKind::Service => &mut wallet.minutes,
        MinutesKind::Honour => &mut wallet.honour_minutes,
    };
    add_count(sum, minutes)?;
    add_merit(&mut wallet.merit, merit)
}

/// Merit and minutes fall; what of the points can be taken back is.
fn reversed(changes: &mut Changes, reversal: &Reversal) -> Result<(), FoldError> {
    let award = &reversal.award;
    let minutes = i64::from(award.minutes.get()).saturating_neg();
    credited(changes, award, award.merit.negated(), minutes)?;
    reversal.recall.as_ref().map_or(Ok(()), |recall| recalled(changes, recall))
}

/// Merit and minutes rise again, and what had gone back to the pool comes back.
fn given_back(changes: &mut Changes, it: &Restoration) -> Result<Cause, FoldError> {
    let award = &it.award;
    credited(changes, award, award.merit, i64::from(award.minutes.get()))?;
    if let Some(part) = &it.back {
        restore(changes, award.resident, part)?;
        add_points(&mut pool_of(changes, part.pool).drawn, part.points)?;
    }
    Ok(Some((Kind::Restored, Uuid(award.contribution.number()))))
}

pub(super) fn recalled(changes: &mut Changes, recall: &Recall) -> Result<(), FoldError> {
    for part in &recall.back {
        move_lot(changes, recall.resident, part, Move::Spend)?;
    }
    let back = recall.returned().ok_or(FoldError::Range)?;
    add_points(&mut pool_of(changes, recall.pool).drawn, back.negated())
}

fn redeemed(changes: &mut Changes, event: &redemption::Event) -> Result<(Kind, Uuid), FoldError> {
    let slip = event.slip();
    let mut lots = |parts: &[LotTaken], how: Move| {
        parts.iter().try_for_each(|part| move_lot(changes, slip.resident, part, how))
    };
    let kind = match event {
        redemption::Event::Reserved { slip, expires_at: _ } => {
            lots(&slip.lots, Move::Hold)?;
            Kind::Reserved
        }
        redemption::Event::Captured(slip) => {
            lots(&slip.lots, Move::SpendHeld)?;
            owed_for(changes, slip)?;
            Kind::Captured
        }
        redemption::Event::Voided { slip, reason: _, lapsed } => {
            lots(&slip.lots, Move::Release)?;
            lots(lapsed, Move::Spend)?;
            Kind::Voided
        }
        redemption::Event::TimedOut { slip, lapsed } => {
            lots(&slip.lots, Move::Release)?;
            lots(lapsed, Move::Spend)?;
            Kind::TimedOut
        }
        redemption::Event::Sold(slip) => {
            sold(changes, slip)?;
            Kind::Sold
        }
        redemption::Event::PartCaptured { handed, rest, lapsed } => {
            lots(&handed.lots, Move::SpendHeld)?;
            lots(&rest.lots, Move::Release)?;
            lots(lapsed, Move::Spend)?;
            owed_for(changes, handed)?;
            Kind::PartCaptured
        }
        redemption::Event::Returned(it) => {
            it.back.iter().try_for_each(|part| restore(changes, slip.resident, part))?;
            for line in it.borne_by_officer() {
                let officer = it.officer.ok_or(FoldError::Unexplained)?;
                losses::lose(changes, officer, line.quantity, line.cost)?;
            }
            for line in it.borne_by_supplier() {
                let owed = &mut supplier_of(changes, line.supplier).owed_fen;
                add_fen(owed, worth(line)?.negated())?;
            }
            Kind::Returned
        }
    };
    Ok((kind, Uuid(slip.redemption.number())))
}

/// What was handed out at once: the points are spent, and its suppliers are owed.
fn sold(changes: &mut Changes, slip: &Slip) -> Result<(), FoldError> {
    for part in &slip.lots {
        move_lot(changes, slip.resident, part, Move::Spend)?;
    }
    owed_for(changes, slip)
}

/// What its suppliers are owed for a slip that was handed out.
fn owed_for(changes: &mut Changes, slip: &Slip) -> Result<(), FoldError> {
    slip.lines.iter().try_for_each(|line| {
        add_fen(&mut supplier_of(changes, line.supplier).owed_fen, worth(line)?)
    })
}

/// A slip that was written off line is a sale of what the resident had; the posting tells the loss.
fn counted(changes: &mut Changes, event: &allowance::Event) -> Result<Cause, FoldError> {
    match event {
        allowance::Event::Counted(it) => {
            sold(changes, &it.slip)?;
            Ok(Some((Kind::Sold, Uuid(it.slip.redemption.number()))))
        }
        allowance::Event::Granted { .. }
        | allowance::Event::Reported { .. }
        | allowance::Event::Ended { .. } => Ok(None),
    }
}

/// What happens to a part of a lot.
#[derive(Clone, Copy)]
pub(super) enum Move {
    /// Set aside.
    Hold,
    /// Given back.
    Release,
    /// Gone from what can be spent.
    Spend,
    /// Gone from what was set aside.
    SpendHeld,
}

pub(super) fn move_lot(
    changes: &mut Changes,
    resident: ResidentId,
    part: &LotTaken,
    how: Move,
) -> Result<(), FoldError> {
    let LotTaken { lot, pool: _, expires_at, points } = *part;
    let (available, held) = match changes.lots.get_mut(&(resident, lot, expires_at)) {
        Some(new) => (&mut new.available, &mut new.held),
        None => {
            let (available, held) = (Points::ZERO, Points::ZERO);
            let unchanged = Part { resident, lot, expires_at, available, held };
            let part = changes.parts.entry((resident, lot, expires_at)).or_insert(unchanged);
            (&mut part.available, &mut part.held)
        }
    };
    let (more_available, more_held) = match how {
        Move::Hold => (points.negated(), points),
        Move::Release => (points, points.negated()),
        Move::Spend => (points.negated(), Points::ZERO),
        Move::SpendHeld => (Points::ZERO, points.negated()),
    };
    add_points(available, more_available)?;
    add_points(held, more_held)
}

/// What comes back goes into its lot, which may have left the table meanwhile.
pub(super) fn restore(
    changes: &mut Changes,
    resident: ResidentId,
    part: &LotTaken,
) -> Result<(), FoldError> {
    let LotTaken { lot, pool, expires_at, points } = *part;
    let key = (resident, lot, expires_at);
    if let Some(new) = changes.lots.get_mut(&key) {
        return add_points(&mut new.available, points);
    }
    let (available, held) = (Points::ZERO, Points::ZERO);
    let none = Lot { resident, lot, expires_at, pool, available, held };
    add_points(&mut changes.restored.entry(key).or_insert(none).available, points)
}

/// What a supplier is owed for a line, or no longer.
fn worth(line: &SlipLine) -> Result<Fen, FoldError> {
    line.cost.times(line.quantity).ok_or(FoldError::Range)
}

pub(super) fn wallet_of(changes: &mut Changes, resident: ResidentId) -> &mut Wallet {
    changes.wallets.entry(resident).or_insert_with(|| Wallet::empty(resident))
}

pub(super) fn pool_of(changes: &mut Changes, pool: PoolId) -> &mut PoolAccount {
    changes.pools.entry(pool).or_insert_with(|| PoolAccount::empty(pool))
}

pub(super) fn supplier_of(changes: &mut Changes, supplier: SupplierId) -> &mut SupplierAccount {
    changes.suppliers.entry(supplier).or_insert_with(|| SupplierAccount::empty(supplier))
}
