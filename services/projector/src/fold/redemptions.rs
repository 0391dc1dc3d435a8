//! Slips, vouchers and bookings.

use deadpool_postgres::Object;
use linli_domain::allowance::Counted;
use linli_domain::quantity::Points;
use linli_domain::redemption::{Return, Slip, Status, VoidReason};
use linli_domain::text::Code;
use linli_domain::time::Timestamp;
use linli_domain::wallet::LotTaken;
use linli_domain::{
    Event, Record, allowance, area, contribution, household, officer, pool, redemption, resident,
    rules, station, supplier, wallet,
};
use linli_readmodel::ReadError;
use linli_readmodel::redemptions::{
    Changes, Ending, LeftLine, LineItem, LotUsed, Redemption, Return as Back, ReturnedLine, Showing,
};

use super::{Fold, add_points, ordinal};
use crate::error::FoldError;

/// A slip is written once, and ends once.
pub struct Redemptions;

impl Fold for Redemptions {
    type Changes = Changes;

    async fn load(_: &Object, _: &str, _: &Code) -> Result<Self, ReadError> {
        Ok(Self)
    }

    fn fold(&self, changes: &mut Changes, record: &Record) -> Result<(), FoldError> {
        match &record.event {
            Event::Operator(event) => {
                super::counter::operated(changes, record, *event);
                Ok(())
            }
            Event::Allowance(event) => allowed(changes, record, event),
            Event::Redemption(event) => redeemed(changes, record, event),
            Event::Queue(event) => {
                super::queues::fold(changes, record, event);
                Ok(())
            }
            Event::Voucher(event) => super::vouchers::fold(changes, record, event),
            Event::Booking(event) => super::bookings::fold(changes, record, event),
            Event::Area(
                area::Event::Founded(_)
                | area::Event::AlertDeclared(_)
                | area::Event::AlertWithdrawn(_),
            )
            | Event::Household(household::Event::Registered(_))
            | Event::Resident(
                resident::Event::Registered(_)
                | resident::Event::VolunteerEnrolled(_)
                | resident::Event::VolunteerReferred { .. }
                | resident::Event::RankingJoined(_)
                | resident::Event::RankingLeft(_)
                | resident::Event::Moved { .. }
                | resident::Event::Pseudonym(_)
                | resident::Event::CardIssued { .. }
                | resident::Event::CardBlocked { .. }
                | resident::Event::Erased(_),
            )
            | Event::Officer(officer::Event::Appointed(_) | officer::Event::Retired(_))
            | Event::Station(station::Event::Opened(_))
            | Event::Supplier(supplier::Event::Enrolled(_))
            | Event::Pool(pool::Event::Opened(_) | pool::Event::Funded(_))
            | Event::Rules(rules::Event::Published(_))
            | Event::Item(_)
            | Event::Statement(_)
            | Event::Resource(_)
            | Event::Contribution(
                contribution::Event::Submitted { .. }
                | contribution::Event::Verified(_)
                | contribution::Event::Rejected(_)
                | contribution::Event::Awarded(_)
                | contribution::Event::Reversed(_)
                | contribution::Event::Restored(_)
                | contribution::Event::Queued(_)
                | contribution::Event::Attached(_),
            )
            | Event::Notice(_)
            | Event::Conduct(_)
            | Event::Team(_)
            | Event::Activity(_)
            | Event::Inspection(_)
            | Event::Wallet(
                wallet::Event::LotExpired { .. }
                | wallet::Event::LotRecalled(_)
                | wallet::Event::Closed(_),
            )
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_)
            | Event::Honour(_)
            | Event::Mediation(_)
            | Event::TimeBank(_)
            | Event::Estate(_) => Ok(()),
        }
    }
}

fn redeemed(
    changes: &mut Changes,
    record: &Record,
    event: &redemption::Event,
) -> Result<(), FoldError> {
    match event {
        redemption::Event::Reserved { slip, expires_at } => {
            super::queues::served(changes, record, slip.redemption);
            written(changes, record, slip, Some(*expires_at))
        }
        redemption::Event::Sold(slip) => written(changes, record, slip, None),
        redemption::Event::Captured(slip) => {
            ended(changes, record, slip, Status::Captured, None, &[])
        }
        redemption::Event::Voided { slip, reason, lapsed } => {
            ended(changes, record, slip, Status::Voided, Some(*reason), lapsed)
        }
        redemption::Event::TimedOut { slip, lapsed } => {
            ended(changes, record, slip, Status::TimedOut, None, lapsed)
        }
        redemption::Event::PartCaptured { handed, rest, lapsed } => {
            let (redemption, status) = (rest.redemption, Status::PartCaptured);
            changes.left.extend(rest.lines.iter().map(|line| LeftLine {
                redemption,
                item: line.item,
                quantity: line.quantity,
            }));
            ended(changes, record, handed, status, None, lapsed)
        }
        redemption::Event::Returned(it) => returned(changes, record, it),
    }
}

/// What counted of a slip is a redemption, too.
fn allowed(
    changes: &mut Changes,
    record: &Record,
    event: &allowance::Event,
) -> Result<(), FoldError> {
    if let allowance::Event::Counted(it) = event {
        counted(changes, record, it)?;
    }
    super::counter::allowed(changes, record, event)
}

/// A slip that was written off line is sold; what was short nobody has paid.
fn counted(changes: &mut Changes, record: &Record, it: &Counted) -> Result<(), FoldError> {
    written(changes, record, &it.slip, None)?;
    let row = changes.redemptions.get_mut(&it.slip.redemption).ok_or(FoldError::Unexplained)?;
    add_points(&mut row.paid, it.short.negated())
}

/// A new slip: held until `expires_at`, or sold at once.
fn written(
    changes: &mut Changes,
    record: &Record,
    slip: &Slip,
    expires_at: Option<Timestamp>,
) -> Result<(), FoldError> {
    let redemption = slip.redemption;
    let sold = expires_at.is_none();
    let row = Redemption {
        redemption,
        resident: slip.resident,
        station: slip.station,
        shift: slip.shift,
        shown: slip.shown.map(Showing::from),
        total: slip.total,
        position: record.position,
        recorded_at: record.recorded_at,
        expires_at,
        status: if sold { Status::Captured } else { Status::Reserved },
        handed_shift: slip.shift.filter(|_| sold),
        handed_shown: slip.shown.map(Showing::from).filter(|_| sold),
        ended_position: sold.then_some(record.position),
        ended_at: sold.then_some(record.recorded_at),
        void_reason: None,
        lapsed: Points::ZERO,
        paid: if sold { slip.total } else { Points::ZERO },
        returned: Points::ZERO,
    };
    changes.redemptions.insert(redemption, row);
    for (index, line) in slip.lines.iter().enumerate() {
        changes.lines.push(LineItem {
            redemption,
            ordinal: ordinal(index)?,
            item: line.item,
            supplier: line.supplier,
            quantity: line.quantity,
            price: line.price,
            cost: line.cost,
            stocked: line.stocked,
        });
    }
    for (index, part) in slip.lots.iter().enumerate() {
        let LotTaken { lot, pool, expires_at, points } = *part;
        let ordinal = ordinal(index)?;
        changes.lots.push(LotUsed { redemption, ordinal, lot, pool, expires_at, points });
    }
    Ok(())
}

fn ended(
    changes: &mut Changes,
    record: &Record,
    slip: &Slip,
    status: Status,
    void_reason: Option<VoidReason>,
    parts: &[LotTaken],
) -> Result<(), FoldError> {
    let mut lapsed = Points::ZERO;
    parts.iter().try_for_each(|part| add_points(&mut lapsed, part.points))?;
    let (redemption, ended_position) = (slip.redemption, Some(record.position));
    let ended_at = Some(record.recorded_at);
    let handed = match status {
        Status::Captured | Status::PartCaptured | Status::Returned => Some(slip),
        Status::Reserved | Status::Voided | Status::TimedOut => None,
    };
    let paid = handed.map_or(Points::ZERO, |slip| slip.total);
    let handed_shift = handed.and_then(|slip| slip.shift);
    let handed_shown = handed.and_then(|slip| slip.shown).map(Showing::from);
    if let Some(row) = changes.redemptions.get_mut(&redemption) {
        (row.handed_shift, row.handed_shown) = (handed_shift, handed_shown);
        (row.status, row.ended_position, row.ended_at) = (status, ended_position, ended_at);
        (row.void_reason, row.lapsed, row.paid) = (void_reason, lapsed, paid);
        return Ok(());
    }
    let ending = Ending {
        redemption,
        status,
        handed_shift,
        handed_shown,
        ended_position,
        ended_at,
        void_reason,
        lapsed,
        paid,
    };
    changes.endings.insert(redemption, ending);
    Ok(())
}

fn returned(changes: &mut Changes, record: &Record, it: &Return) -> Result<(), FoldError> {
    let redemption = it.slip.redemption;
    changes.returned.extend(it.lines().map(|(line, fate)| ReturnedLine {
        redemption,
        position: record.position,
        item: line.item,
        quantity: line.quantity,
        fate,
        reason: it.reason,
        officer: it.officer,
        recorded_at: record.recorded_at,
    }));
    if let Some(row) = changes.redemptions.get_mut(&redemption) {
        return add_points(&mut row.returned, it.slip.total);
    }
    let none = Back { redemption, returned: Points::ZERO };
    add_points(&mut changes.returns.entry(redemption).or_insert(none).returned, it.slip.total)
}
