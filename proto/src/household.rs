//! Households.

use linli_domain::household::{Command, Event, Household};

use crate::wire;

message! { Household = wire::Household { household: need(household), micro_grid: need(micro_grid) } }

choice! { Command = wire::HouseholdCommand, wire::household_command::Kind { one { Register } } }

choice! { Event = wire::HouseholdEvent, wire::household_event::Kind { one { Registered } } }
