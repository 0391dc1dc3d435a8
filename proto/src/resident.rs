//! Residents.

use linli_domain::resident::{
    CardBlock, CardDesk, CardIssue, Command, Erasure, ErasureReason, Event, Move, Registration,
};

use crate::wire;

message! { Registration = wire::Registration {
    resident: need(resident),
    household: need(household),
    card: plain(card),
    assisted: plain(assisted),
} }

plain_enum! { ErasureReason = wire::ErasureReason { OwnRequest, Death, CourtOrder } }

message! { Erasure = wire::Erasure { resident: need(resident), reason: plain(reason) } }

message! { Move = wire::Move {
    resident: need(resident),
    household: need(household),
    assisted: plain(assisted),
} }

choice! { CardDesk = wire::CardDesk, wire::card_desk::Kind { one { Officer, Station } } }

message! { CardIssue = wire::CardIssue { resident: need(resident), card: plain(card), by: need(by) } }

message! { CardBlock = wire::CardBlock { card: plain(card), by: need(by) } }

choice! { Command = wire::ResidentCommand, wire::resident_command::Kind {
    one { Register, EnrolVolunteer, JoinRanking, LeaveRanking, Erase, Move, IssueCard, BlockCard }
} }

choice! { Event = wire::ResidentEvent, wire::resident_event::Kind {
    one { Registered, VolunteerEnrolled, RankingJoined, RankingLeft, Erased }
    many {
        Moved = wire::ResidentMoved { to: need(to), before: need(before) },
        CardIssued = wire::CardIssued { issue: need(issue), before: plain(before) },
        CardBlocked = wire::CardBlocked { block: need(block), resident: need(resident) },
    }
} }
