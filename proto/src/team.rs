//! Teams.

use linli_domain::team::{Command, Event, Membership, Team};

use crate::wire;

message! { Team = wire::Team { team: need(team), grid: need(grid), name: need(name) } }

message! { Membership = wire::Membership { team: need(team), resident: need(resident) } }

choice! { Command = wire::TeamCommand, wire::team_command::Kind { one { Form, Join, Leave, Lead } } }

choice! { Event = wire::TeamEvent, wire::team_event::Kind { one { Formed, Joined, Left, Led } } }
