//! What stands in the tables of notices and appeals.

use linli_domain::Position;
use linli_domain::contribution::{RejectReason, Status};
use linli_domain::id::{AreaId, ContributionId, OfficerId, ResidentId};
use linli_domain::notice::{Against, Hearing, Ruling, Stage, Why};
use linli_domain::quantity::Points;
use linli_domain::text::ActCode;
use linli_domain::time::Timestamp;

use crate::table::table;

table! {
    /// A notice, or an appeal: what it is about, and how far it has come.
    Notice in Contributions "notice" {
        /// Of which contribution.
        Key contribution: ContributionId = "contribution",
        /// Which of the two.
        Key hearing: Hearing = "hearing",
        /// Whose contribution.
        Fix resident: ResidentId = "resident",
        /// Which act.
        Fix act: ActCode = "act",
        /// Where it was done.
        Fix grid: AreaId = "grid",
        /// Why it stands on notice.
        Fix why: Option<Why> = "why",
        /// What it would have given when the notice was opened.
        Fix expected: Option<Points> = "expected_hundredths",
        /// What an appeal is against.
        Fix against: Option<Against> = "against",
        /// The record that opened it.
        Fix position: Position = "position",
        /// When it was opened.
        Fix opened_at: Timestamp = "opened_at_us",
        /// Until when anybody may object to what is on notice.
        Fix until: Option<Timestamp> = "until_us",
        /// How many objected.
        Add objections: u32 = "objections",
        /// How far it has come.
        Set stage: Stage = "stage",
        /// Until when a panel decides, once one is wanted.
        Set decide_by: Option<Timestamp> = "decide_by_us",
        /// How many sit on the panel, once it was called together.
        Set seats: Option<u16> = "seats",
        /// How many of them voted to uphold,
        Add upholding: u32 = "upholding",
        /// and to dismiss.
        Add dismissing: u32 = "dismissing",
        /// The record that ended it.
        Set ended_position: Option<Position> = "ended_position",
        /// When.
        Set ended_at: Option<Timestamp> = "ended_at_us",
    }
}

table! {
    /// A word against what stands on notice.
    Objection in Contributions "objection" {
        /// Against which contribution.
        Key contribution: ContributionId = "contribution",
        /// The record.
        Key position: Position = "position",
        /// Who objects.
        Fix resident: ResidentId = "resident",
        /// Why.
        Fix reason: RejectReason = "reason",
        /// When.
        Fix objected_at: Timestamp = "objected_at_us",
    }
}

table! {
    /// A seat on a panel, and the vote of who sits on it.
    Seat in Contributions "seat" {
        /// Which contribution it decides on.
        Key contribution: ContributionId = "contribution",
        /// In which hearing.
        Key hearing: Hearing = "hearing",
        /// Which seat, from one.
        Key seat: u8 = "seat",
        /// The officer who sits on it,
        Fix officer: Option<OfficerId> = "officer",
        /// or the resident.
        Fix resident: Option<ResidentId> = "resident",
        /// The vote.
        Set vote: Option<Ruling> = "vote",
    }
}

table! {
    /// One more objection: a change to [`Notice`].
    Objecting in Contributions "notice" {
        /// Of which contribution.
        Key contribution: ContributionId = "contribution",
        /// The notice.
        Key hearing: Hearing = "hearing",
        /// How many more.
        Add objections: u32 = "objections",
    }
}

table! {
    /// A panel is wanted: a change to [`Notice`].
    Contesting in Contributions "notice" {
        /// Of which contribution.
        Key contribution: ContributionId = "contribution",
        /// The notice.
        Key hearing: Hearing = "hearing",
        /// Contested.
        Set stage: Stage = "stage",
        /// Until when it decides.
        Set decide_by: Option<Timestamp> = "decide_by_us",
    }
}

table! {
    /// A panel was called together: a change to [`Notice`].
    Seating in Contributions "notice" {
        /// Of which contribution.
        Key contribution: ContributionId = "contribution",
        /// In which hearing.
        Key hearing: Hearing = "hearing",
        /// How many sit.
        Set seats: Option<u16> = "seats",
    }
}

table! {
    /// Votes: a change to [`Notice`].
    Voting in Contributions "notice" {
        /// Of which contribution.
        Key contribution: ContributionId = "contribution",
        /// In which hearing.
        Key hearing: Hearing = "hearing",
        /// How many more to uphold,
        Add upholding: u32 = "upholding",
        /// and to dismiss.
        Add dismissing: u32 = "dismissing",
    }
}

table! {
    /// An end: a change to [`Notice`].
    Ending in Contributions "notice" {
        /// Of which contribution.
        Key contribution: ContributionId = "contribution",
        /// Which hearing.
        Key hearing: Hearing = "hearing",
        /// How it ended.
        Set stage: Stage = "stage",
        /// The record.
        Set ended_position: Option<Position> = "ended_position",
        /// When.
        Set ended_at: Option<Timestamp> = "ended_at_us",
    }
}

table! {
    /// A vote: a change to [`Seat`].
    Vote in Contributions "seat" {
        /// On which contribution.
        Key contribution: ContributionId = "contribution",
        /// In which hearing.
        Key hearing: Hearing = "hearing",
        /// From which seat.
        Key seat: u8 = "seat",
        /// What.
        Set vote: Option<Ruling> = "vote",
    }
}

table! {
    /// Where a contribution stands since a hearing: a change to [`Case`](super::Case).
    Standing in Contributions "contribution" {
        /// Which.
        Key contribution: ContributionId = "contribution",
        /// How far it has come.
        Set status: Status = "status",
    }
}
