//! Pools.

use linli_domain::pool::{Command, Event, Funding, Pool};

use crate::wire;

message! { Pool = wire::Pool { pool: need(pool), code: plain(code), name: need(name) } }

message! { Funding = wire::Funding {
    pool: need(pool),
    points_hundredths: plain(points),
    reference: plain(reference),
} }

choice! { Command = wire::PoolCommand, wire::pool_command::Kind { one { Open, Fund } } }

choice! { Event = wire::PoolEvent, wire::pool_event::Kind { one { Opened, Funded } } }
