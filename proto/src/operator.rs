//! Operators and their shifts.

use linli_domain::operator::{Closing, Command, Enrolment, Event, Opening, Shift, Shifts};

use crate::wire;

message! { Enrolment = wire::OperatorEnrolment { operator: need(operator), station: need(station) } }

message! { Opening = wire::ShiftOpening {
    shift: need(shift),
    operator: need(operator),
    station: need(station),
} }

message! { Shift = wire::Shift {
    shift: need(shift),
    operator: need(operator),
    station: need(station),
    closes_at_us: plain(closes_at),
} }

plain_enum! { Closing = wire::ShiftClosing { Operator, Retired, Overdue } }

plain_enum! { Shifts = wire::Shifts { Optional, Needed } }

choice! { Command = wire::OperatorCommand, wire::operator_command::Kind {
    one { Enrol, Retire, OpenShift }
    many {
        CloseShift = wire::CloseShift { shift: need(shift), station: need(station) },
        SetShifts = wire::StationShifts { station: need(station), shifts: plain(shifts) },
    }
} }

choice! { Event = wire::OperatorEvent, wire::operator_event::Kind {
    one { Enrolled, Retired, ShiftOpened }
    many {
        ShiftClosed = wire::ShiftClosed { shift: need(shift), closing: plain(closing) },
        ShiftsSet = wire::StationShifts { station: need(station), shifts: plain(shifts) },
    }
} }
