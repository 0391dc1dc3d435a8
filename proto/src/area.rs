//! Areas.

use linli_domain::alert::{Alert, AlertKind, Withdrawal};
use linli_domain::area::{Area, Command, Event, GridKind, Level};

use crate::wire;

plain_enum! { Level = wire::Level { MicroGrid, Grid, Community, SubDistrict, District } }

plain_enum! { GridKind = wire::GridKind { Comprehensive, Dedicated } }

message! { Area = wire::Area {
    area: need(area),
    level: plain(level),
    grid_kind: plain(grid_kind),
    parent: plain(parent),
    name: need(name),
} }

plain_enum! { AlertKind = wire::AlertKind { Heat, Snow } }

message! { Alert = wire::Alert {
    area: need(area),
    kind: plain(kind),
    during: need(during),
    officer: need(officer),
} }

message! { Withdrawal = wire::AlertWithdrawal {
    area: need(area),
    started_at_us: plain(started_at),
    officer: need(officer),
} }

choice! { Command = wire::AreaCommand, wire::area_command::Kind { one { Found, Declare, Withdraw } } }

choice! { Event = wire::AreaEvent, wire::area_event::Kind { one { Founded, AlertDeclared, AlertWithdrawn } } }
