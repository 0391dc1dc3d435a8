//! Conduct checks, and words on what they hold.

use linli_domain::conduct::{Command, Event, Holding, Review, Sign, Verdict};

use crate::wire;

choice! { Sign = wire::ConductSign, wire::conduct_sign::Kind {
    many {
        ServedElsewhere = wire::ServedElsewhere { other: need(other) },
        Travel = wire::TooFar {
            other: need(other),
            minutes: plain(minutes),
            metres: plain(metres),
            metres_per_minute: plain(metres_per_minute),
        },
        LateEntries = wire::LateEntries {
            entries: plain(entries),
            within_hours: plain(within_hours),
            late_hours: plain(late_hours),
        },
        EvidenceUsed = wire::EvidenceUsed { other: need(other) },
        Pair = wire::OftenServed { with: need(with), times: plain(times), days: plain(days) },
        Ring = wire::ServiceRing { through: plain(through), times: plain(times), days: plain(days) },
        StaffHours = wire::InStaffHours { officer: need(officer) },
    }
} }

message! { Holding = wire::ConductHolding {
    contribution: need(contribution),
    resident: need(resident),
    grid: need(grid),
    signs: plain(signs),
    complete: plain(complete),
} }

choice! { Verdict = wire::ConductVerdict, wire::conduct_verdict::Kind {
    empty { Release }
    one { Reject }
} }

message! { Review = wire::ConductReview {
    contribution: need(contribution),
    officer: need(officer),
    verdict: need(verdict),
} }

choice! { Command = wire::ConductCommand, wire::conduct_command::Kind { one { Review } } }

choice! { Event = wire::ConductEvent, wire::conduct_event::Kind { one { Held, Reviewed } } }
