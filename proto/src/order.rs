//! Orders.

use linli_domain::order::{
    Cause, Clock, Command, Event, Opening, Reason, Request, Status, Verdict, Why,
};

use crate::wire;

plain_enum! { Clock = wire::OrderClock { Accept, Close, Check } }

plain_enum! { Reason = wire::EscalationReason { Authority, Means, SeveralUnits, NotOurs } }

plain_enum! { Status = wire::OrderStatus { Dispatched, Accepted, Closed, Checked } }

plain_enum! { Verdict = wire::OrderVerdict { Done, NotDone } }

choice! { Cause = wire::OrderCause, wire::order_cause::Kind { one { Hazard, Request } } }

choice! { Why = wire::EscalationCause, wire::escalation_cause::Kind {
    one { Overdue }
    many { Handed = wire::HandedUp { officer: need(officer), reason: plain(reason) } }
} }

message! { Request = wire::OrderRequest {
    order: need(order),
    resident: need(resident),
    kind: plain(kind),
    area: need(area),
} }

message! { Opening = wire::OrderOpening {
    order: need(order),
    cause: need(cause),
    kind: plain(kind),
    area: need(area),
} }

choice! { Command = wire::OrderCommand, wire::order_command::Kind {
    one { Request }
    many {
        Dispatch = wire::DispatchOrder { order: need(order), officer: need(officer), unit: need(unit) },
        Accept = wire::OrderByOfficer { order: need(order), officer: need(officer) },
        Escalate = wire::EscalateOrder {
            order: need(order),
            officer: need(officer),
            reason: plain(reason),
        },
        Close = wire::CloseOrder {
            order: need(order),
            officer: need(officer),
            evidence: plain(evidence),
        },
        Check = wire::CheckOrder {
            order: need(order),
            officer: need(officer),
            verdict: plain(verdict),
        },
    }
} }

choice! { Event = wire::OrderEvent, wire::order_event::Kind {
    many {
        Opened = wire::OrderOpened {
            opening: need(opening),
            level: plain(level),
            due_at_us: plain(due_at),
        },
        Dispatched = wire::OrderDispatched {
            order: need(order),
            officer: need(officer),
            unit: need(unit),
            level: plain(level),
            due_at_us: plain(due_at),
        },
        Accepted = wire::OrderTimed {
            order: need(order),
            officer: need(officer),
            due_at_us: plain(due_at),
        },
        Escalated = wire::OrderEscalated {
            order: need(order),
            why: need(why),
            unit: need(unit),
            level: plain(level),
            due_at_us: plain(due_at),
        },
        ClockMissed = wire::OrderClockMissed { order: need(order), clock: plain(clock) },
        Closed = wire::OrderClosed {
            order: need(order),
            officer: need(officer),
            evidence: plain(evidence),
            due_at_us: plain(due_at),
        },
        SentBack = wire::OrderTimed {
            order: need(order),
            officer: need(officer),
            due_at_us: plain(due_at),
        },
        Checked = wire::OrderByOfficer { order: need(order), officer: need(officer) },
    }
} }
