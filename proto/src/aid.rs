//! Mutual aid.

use linli_domain::aid::{Command, Event, Help, Kind as Begun, Opening, Status};

use crate::wire;

plain_enum! { Begun = wire::AidKind { Ask, Offer, Wish } }

plain_enum! { Help = wire::Help {
    Errand, Company, Care, Repair, Carrying, Teaching, Thing, Other,
} }

plain_enum! { Status = wire::AidStatus { Open, Matched, Finished, Confirmed, Withdrawn, Lapsed } }

message! { Opening = wire::AidOpening {
    aid: need(aid),
    kind: plain(kind),
    resident: need(resident),
    help: plain(help),
    grid: need(grid),
    estate: plain(estate),
} }

choice! { Command = wire::AidCommand, wire::aid_command::Kind {
    one { Open }
    many {
        Match = wire::AidByResident { aid: need(aid), resident: need(resident) },
        StepBack = wire::AidByResident { aid: need(aid), resident: need(resident) },
        Withdraw = wire::AidByResident { aid: need(aid), resident: need(resident) },
        Finish = wire::AidFinished {
            aid: need(aid),
            resident: need(resident),
            happened: need(happened),
        },
        Confirm = wire::AidByResident { aid: need(aid), resident: need(resident) },
    }
} }

choice! { Event = wire::AidEvent, wire::aid_event::Kind {
    one { Lapsed }
    many {
        Opened = wire::AidOpened { opening: need(opening), lapses_at_us: plain(lapses_at) },
        Matched = wire::AidByResident { aid: need(aid), resident: need(resident) },
        SteppedBack = wire::AidByResident { aid: need(aid), resident: need(resident) },
        Withdrawn = wire::AidByResident { aid: need(aid), resident: need(resident) },
        Finished = wire::AidFinished {
            aid: need(aid),
            resident: need(resident),
            happened: need(happened),
        },
        Confirmed = wire::AidByResident { aid: need(aid), resident: need(resident) },
    }
} }
