//! Hazards.

use linli_domain::hazard::{
    Command, Dismissal, Event, HazardKind, PlaceKey, Report, Ruling, Seriousness, Status,
};

use crate::wire;

plain_enum! { HazardKind = wire::HazardKind {
    Fire, Gas, Electricity, Structure, Road, Water, Environment, Other,
} }

plain_enum! { Seriousness = wire::Seriousness { Ordinary, Serious, Major } }

plain_enum! { Status = wire::HazardStatus { Reported, Merged, Verified, Dismissed } }

plain_enum! { Dismissal = wire::Dismissal { NotFound, NoHazard, BadFaith } }

plain_enum! { Ruling = wire::Ruling { Lifted, Upheld } }

newtype! { PlaceKey = [u8; 32] }

message! { Report = wire::HazardReport {
    hazard: need(hazard),
    reporter: need(reporter),
    kind: plain(kind),
    seriousness: plain(seriousness),
    area: need(area),
    place: plain(place),
    seen_at_us: plain(seen_at),
    evidence: plain(evidence),
    estate: plain(estate),
} }

choice! { Command = wire::HazardCommand, wire::hazard_command::Kind {
    one { Report, Appeal }
    many {
        Verify = wire::HazardVerification {
            hazard: need(hazard),
            officer: need(officer),
            seriousness: plain(seriousness),
        },
        Dismiss = wire::DismissHazard {
            hazard: need(hazard),
            officer: need(officer),
            why: plain(why),
        },
        Merge = wire::HazardMerge { hazard: need(hazard), into: need(into), officer: need(officer) },
        Rule = wire::AppealRuling {
            resident: need(resident),
            officer: need(officer),
            ruling: plain(ruling),
        },
    }
} }

choice! { Event = wire::HazardEvent, wire::hazard_event::Kind {
    one { Reported, Appealed }
    many {
        Merged = wire::HazardMerge { hazard: need(hazard), into: need(into), officer: plain(officer) },
        Verified = wire::HazardVerification {
            hazard: need(hazard),
            officer: need(officer),
            seriousness: plain(seriousness),
        },
        Dismissed = wire::HazardDismissed {
            hazard: need(hazard),
            officer: need(officer),
            why: plain(why),
            paused_until_us: plain(paused_until),
        },
        Ruled = wire::AppealRuling {
            resident: need(resident),
            officer: need(officer),
            ruling: plain(ruling),
        },
    }
} }
