//! Residents.

use linli_domain::resident::{
    CardBlock, CardDesk, CardIssue, Command, Erasure, ErasureReason, Event, Move, Pseudonym,
    PseudonymFact, PseudonymWish, Registration, WithdrawalReason, Words,
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

message! { Words = wire::PseudonymWords { first: plain(first), second: plain(second) } }

message! { Pseudonym = wire::Pseudonym { words: need(words), number: plain(number) } }

plain_enum! { WithdrawalReason = wire::WithdrawalReason { Offensive, TakenForAnother } }

choice! { PseudonymWish = wire::PseudonymWish, wire::pseudonym_wish::Kind {
    one { Drop }
    many {
        Choose = wire::ChoosePseudonym { resident: need(resident), words: need(words) },
        Withdraw = wire::WithdrawPseudonym {
            resident: need(resident), officer: need(officer), reason: plain(reason),
        },
    }
} }

choice! { PseudonymFact = wire::PseudonymFact, wire::pseudonym_fact::Kind {
    many {
        Chosen = wire::PseudonymChosen { resident: need(resident), pseudonym: need(pseudonym) },
        Dropped = wire::PseudonymDropped { resident: need(resident), pseudonym: need(pseudonym) },
        Withdrawn = wire::PseudonymWithdrawn {
            resident: need(resident), pseudonym: need(pseudonym), officer: need(officer),
            reason: plain(reason),
        },
    }
} }

choice! { Command = wire::ResidentCommand, wire::resident_command::Kind {
    one { Register, EnrolVolunteer, JoinRanking, LeaveRanking, Pseudonym, Erase, Move, IssueCard, BlockCard }
    many { EnrolReferred = wire::ReferredVolunteer { resident: need(resident), by: need(by) } }
} }

choice! { Event = wire::ResidentEvent, wire::resident_event::Kind {
    one { Registered, VolunteerEnrolled, RankingJoined, RankingLeft, Pseudonym, Erased }
    many {
        Moved = wire::ResidentMoved { to: need(to), before: need(before) },
        VolunteerReferred = wire::ReferredVolunteer { resident: need(resident), by: need(by) },
        CardIssued = wire::CardIssued { issue: need(issue), before: plain(before) },
        CardBlocked = wire::CardBlocked { block: need(block), resident: need(resident) },
    }
} }
