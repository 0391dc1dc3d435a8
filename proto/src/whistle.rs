//! Whistles.

use linli_domain::whistle::{Blast, Command, Event, Kind as Which, Reply, Status};

use crate::wire;

plain_enum! { Which = wire::WhistleKind { Push, Tackle } }

plain_enum! { Reply = wire::WhistleReply { Signed, InTouch, OnSite } }

plain_enum! { Status = wire::WhistleStatus { Blown, Signed, InTouch, OnSite, Settled } }

message! { Blast = wire::Blast {
    whistle: need(whistle),
    kind: plain(kind),
    officer: need(officer),
    called: need(called),
    order: plain(order),
} }

choice! { Command = wire::WhistleCommand, wire::whistle_command::Kind {
    one { Blow }
    many {
        Answer = wire::AnswerWhistle {
            whistle: need(whistle),
            officer: need(officer),
            reply: plain(reply),
        },
        Settle = wire::WhistleByOfficer { whistle: need(whistle), officer: need(officer) },
    }
} }

choice! { Event = wire::WhistleEvent, wire::whistle_event::Kind {
    many {
        Blown = wire::WhistleBlown {
            blast: need(blast),
            sign_by_us: plain(sign_by),
            in_touch_by_us: plain(in_touch_by),
            on_site_by_us: plain(on_site_by),
        },
        Answered = wire::WhistleAnswered {
            whistle: need(whistle),
            officer: need(officer),
            reply: plain(reply),
            late: plain(late),
        },
        ClockMissed = wire::WhistleClockMissed {
            whistle: need(whistle),
            reply: plain(reply),
            level: plain(level),
        },
        Settled = wire::WhistleByOfficer { whistle: need(whistle), officer: need(officer) },
    }
} }
