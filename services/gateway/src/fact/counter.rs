//! Facts of operators and allowances as JSON.

use linli_api::counter::{OfOperator, OperatorEnrolled, StationShifts};
use linli_api::fact::Fact;
use linli_domain::{allowance, operator};

use crate::parse::Spoken as _;
use crate::receipt::{id, of_end, of_grant, shift_changed, slip_counted, slip_reported};

pub(super) fn of_operator(event: &operator::Event) -> Fact {
    match event {
        operator::Event::Enrolled(it) => Fact::OperatorEnrolled(OperatorEnrolled {
            operator: id(it.operator),
            station: id(it.station),
        }),
        operator::Event::Retired(operator) => {
            Fact::OperatorRetired(OfOperator { operator: id(operator) })
        }
        operator::Event::ShiftOpened(shift) => Fact::ShiftOpened(shift_changed(shift, None)),
        operator::Event::ShiftClosed { shift, closing } => {
            Fact::ShiftClosed(shift_changed(shift, Some(*closing)))
        }
        operator::Event::ShiftsSet { station, shifts } => {
            Fact::ShiftsSet(StationShifts { station: id(station), shifts: shifts.said() })
        }
    }
}

pub(super) fn of_allowance(event: &allowance::Event) -> Fact {
    match event {
        allowance::Event::Granted { grant, sync_until } => {
            Fact::AllowanceGranted(of_grant(grant, *sync_until))
        }
        allowance::Event::Counted(it) => Fact::SlipCounted(Box::new(slip_counted(it))),
        allowance::Event::Reported { slip, why } => {
            Fact::SlipReported(Box::new(slip_reported(slip, *why)))
        }
        allowance::Event::Ended { allowance, station, ends_at, by, sums } => {
            Fact::AllowanceEnded(of_end(*allowance, *station, *ends_at, *by, *sums))
        }
    }
}
