//! Receipts of shifts, allowances and slips written off line.

use linli_api as api;
use linli_api::counter::{
    AllowanceEnded, AllowanceGranted, ShiftChanged, SlipCounted, SlipOutcome, SlipReport,
    SlipReported, StationShifts,
};
use linli_domain::allowance::{self, Counted, Grant, OfflineSlip, Report, Sums};
use linli_domain::id::{AllowanceId, OfficerId, StationId};
use linli_domain::operator::{self, Closing, Shift};
use linli_domain::time::Timestamp;
use linli_domain::{Event, Record};

use crate::parse::Spoken as _;
use crate::receipt::{amount, id, instant, slip};

/// A shift that was opened or closed.
pub(crate) fn shift(records: &[Record]) -> Option<ShiftChanged> {
    let Event::Operator(event) = &records.first()?.event else { return None };
    match event {
        operator::Event::ShiftOpened(it) => Some(shift_changed(it, None)),
        operator::Event::ShiftClosed { shift, closing } => {
            Some(shift_changed(shift, Some(*closing)))
        }
        operator::Event::Enrolled(_)
        | operator::Event::Retired(_)
        | operator::Event::ShiftsSet { .. } => None,
    }
}

pub(crate) fn shift_changed(it: &Shift, closing: Option<Closing>) -> ShiftChanged {
    ShiftChanged {
        shift: id(it.shift),
        operator: id(it.operator),
        station: id(it.station),
        closes_at: instant(it.closes_at),
        closed: closing.map(|closing| closing.said()),
    }
}

/// Whether a station hands anything out without a shift.
pub(crate) fn shifts_set(records: &[Record]) -> Option<StationShifts> {
    let Event::Operator(operator::Event::ShiftsSet { station, shifts }) = records.first()?.event
    else {
        return None;
    };
    Some(StationShifts { station: id(station), shifts: shifts.said() })
}

/// An allowance as it was granted.
pub(crate) fn granted(records: &[Record]) -> Option<AllowanceGranted> {
    let Event::Allowance(allowance::Event::Granted { grant, sync_until }) = records.first()?.event
    else {
        return None;
    };
    Some(of_grant(&grant, sync_until))
}

pub(crate) fn of_grant(it: &Grant, sync_until: Timestamp) -> AllowanceGranted {
    AllowanceGranted {
        allowance: id(it.allowance),
        station: id(it.station),
        officer: id(it.officer),
        total: amount(it.total),
        per_person: amount(it.per_person),
        ends_at: instant(it.ends_at),
        sync_until: instant(sync_until),
    }
}

/// An allowance that ended.
pub(crate) fn allowance_ended(records: &[Record]) -> Option<AllowanceEnded> {
    let Event::Allowance(allowance::Event::Ended { allowance, station, ends_at, by, sums }) =
        records.first()?.event
    else {
        return None;
    };
    Some(of_end(allowance, station, ends_at, by, sums))
}

pub(crate) fn of_end(
    allowance: AllowanceId,
    station: StationId,
    ends_at: Timestamp,
    by: Option<OfficerId>,
    sums: Sums,
) -> AllowanceEnded {
    AllowanceEnded {
        allowance: id(allowance),
        station: id(station),
        ends_at: instant(ends_at),
        by: by.map(id),
        slips: sums.slips,
        spent: amount(sums.spent),
        overspent: amount(sums.overspent),
    }
}

/// What became of a slip.
pub(crate) fn slip_outcome(records: &[Record]) -> Option<SlipOutcome> {
    let Event::Allowance(event) = &records.first()?.event else { return None };
    match event {
        allowance::Event::Counted(it) => Some(SlipOutcome::Counted(slip_counted(it))),
        allowance::Event::Reported { slip, why } => {
            Some(SlipOutcome::Reported(slip_reported(slip, *why)))
        }
        allowance::Event::Granted { .. } | allowance::Event::Ended { .. } => None,
    }
}

pub(crate) fn slip_counted(it: &Counted) -> SlipCounted {
    SlipCounted {
        allowance: id(it.allowance),
        number: it.number,
        officer: id(it.officer),
        handed_at: instant(it.handed_at),
        slip: slip(&it.slip),
        short: amount(it.short),
    }
}

pub(crate) fn slip_reported(it: &OfflineSlip, why: Report) -> SlipReported {
    let wish = |wish: &linli_domain::redemption::Wish| api::redemption::Wish {
        item: id(wish.item),
        quantity: wish.quantity,
    };
    let said = api::counter::OfflineSlip {
        allowance: id(it.allowance),
        number: it.number,
        redemption: id(it.redemption),
        resident: id(it.resident),
        items: it.wishes.iter().map(wish).collect(),
        total: amount(it.total),
        handed_at: instant(it.handed_at),
    };
    SlipReported { station: id(it.station), slip: said, why: reported_why(why) }
}

fn reported_why(why: Report) -> SlipReport {
    match why {
        Report::NumberTaken { by } => SlipReport::NumberTaken { by: id(by) },
        Report::NotCovered { from, until } => {
            SlipReport::NotCovered { from: instant(from), until: instant(until) }
        }
        Report::TooLate { until } => SlipReport::TooLate { until: instant(until) },
        Report::OtherPrice { costs } => SlipReport::OtherPrice { costs: amount(costs) },
        Report::NotEligible { item } => SlipReport::NotEligible { item: id(item) },
        Report::StationLimit { left } => SlipReport::StationLimit { left: amount(left) },
        Report::PersonLimit { left } => SlipReport::PersonLimit { left: amount(left) },
        Report::OutOfStock { item, free } => SlipReport::OutOfStock { item: id(item), free },
    }
}
