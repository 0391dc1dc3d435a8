//! Service stations.

use linli_domain::station::{Command, Event, Station, StationKind};

use crate::wire;

plain_enum! { StationKind = wire::StationKind { Counter, VendingMachine } }

message! { Station = wire::Station {
    station: need(station),
    area: need(area),
    kind: plain(kind),
    name: need(name),
} }

choice! { Command = wire::StationCommand, wire::station_command::Kind { one { Open } } }

choice! { Event = wire::StationEvent, wire::station_event::Kind { one { Opened } } }
