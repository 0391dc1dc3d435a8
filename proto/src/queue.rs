//! Queues: who waits for goods.

use linli_domain::queue::{Command, Event, Request, Status};

use crate::wire;

message! { Request = wire::QueueRequest {
    redemption: need(redemption),
    resident: need(resident),
    station: need(station),
    item: need(item),
    quantity: plain(quantity),
} }

plain_enum! { Status = wire::QueueStatus { Waiting, Left, PassedOver, Served } }

choice! { Command = wire::QueueCommand, wire::queue_command::Kind {
    one { Join }
    many {
        Leave = wire::LeaveQueue { redemption: need(redemption), station: plain(station) },
    }
} }

choice! { Event = wire::QueueEvent, wire::queue_event::Kind {
    one { Joined }
    many {
        Left = wire::QueueLeft { request: need(request), station: plain(station) },
        PassedOver = wire::QueuePassedOver { request: need(request), why: plain(why) },
    }
} }
