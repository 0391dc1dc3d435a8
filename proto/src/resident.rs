//! Residents.

use linli_domain::resident::{Command, Erasure, ErasureReason, Event, Registration};

use crate::wire;

message! { Registration = wire::Registration {
    resident: need(resident),
    household: need(household),
    card: plain(card),
    assisted: plain(assisted),
} }

plain_enum! { ErasureReason = wire::ErasureReason { OwnRequest, Death, CourtOrder } }

message! { Erasure = wire::Erasure { resident: need(resident), reason: plain(reason) } }

choice! { Command = wire::ResidentCommand, wire::resident_command::Kind {
    one { Register, EnrolVolunteer, JoinRanking, LeaveRanking, Erase }
} }

choice! { Event = wire::ResidentEvent, wire::resident_event::Kind {
    one { Registered, VolunteerEnrolled, RankingJoined, RankingLeft, Erased }
} }
