//! Residents.

use linli_domain::resident::{Command, Event, Registration};

use crate::wire;

message! { Registration = wire::Registration {
    resident: need(resident),
    household: need(household),
    card: plain(card),
    assisted: plain(assisted),
} }

choice! { Command = wire::ResidentCommand, wire::resident_command::Kind {
    one { Register, EnrolVolunteer, JoinRanking, LeaveRanking }
} }

choice! { Event = wire::ResidentEvent, wire::resident_event::Kind {
    one { Registered, VolunteerEnrolled, RankingJoined, RankingLeft }
} }
