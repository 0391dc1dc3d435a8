//! Conduct checks (行为核查): what looks odd about a claim is held, with its reasons, until a person has
//! looked at it. Nothing is refused for it, and nothing is dropped.
//!
//! A check sees what is submitted, and what was submitted before. It gives a *sign* with figures, so
//! that whoever is held, and whoever looks, can say why; the figures are rules of the place.

mod check;
mod decide;
mod evolve;
mod trace;

pub(crate) use check::{signs, used_before};
pub(crate) use decide::{decide, found_odd, held, submitted};
pub(crate) use evolve::evolve;
pub use trace::{BONDS_MAX, LATE_MAX, Trace};

use borsh::{BorshDeserialize, BorshSerialize};

use crate::contribution::RejectReason;
use crate::id::{AreaId, ContributionId, OfficerId, ResidentId};
use crate::time::Timestamp;

/// What looks odd about a claim.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Sign {
    /// The one served was serving somewhere else at that time.
    ServedElsewhere {
        /// That other contribution.
        other: ContributionId,
    },
    /// Too little time to get there from another grid, or on to it.
    Travel {
        /// The contribution there.
        other: ContributionId,
        /// Minutes between the two.
        minutes: u32,
        /// How far it is at the least, in metres.
        metres: u32,
        /// How far one gets in a minute at the most, in metres.
        metres_per_minute: u32,
    },
    /// Many claims of one person were entered late within a short time.
    LateEntries {
        /// How many, with this one.
        entries: u16,
        /// Within so many hours,
        within_hours: u16,
        /// each so many hours or more after its end.
        late_hours: u16,
    },
    /// A photograph or paper of another claim, which was at another time.
    EvidenceUsed {
        /// Of which.
        other: ContributionId,
    },
    /// One person is served by the same other one very often.
    Pair {
        /// Who is served.
        with: ResidentId,
        /// How often, with this one,
        times: u16,
        /// within so many days.
        days: u16,
    },
    /// Everybody in a ring serves the next, often, and the last the first.
    Ring {
        /// Those after the claimant, in order.
        through: Vec<ResidentId>,
        /// How often each serves the next at the least,
        times: u16,
        /// within so many days.
        days: u16,
    },
    /// In the paid hours of an office that the person holds.
    StaffHours {
        /// The office.
        officer: OfficerId,
    },
}

/// A claim that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Which contribution.
    pub contribution: ContributionId,
    /// Whose.
    pub resident: ResidentId,
    /// The grid where it was done.
    pub grid: AreaId,
    /// Why; at least one.
    pub signs: Vec<Sign>,
    /// Has everybody vouched for it who has to? Then it is awarded when it is released.
    pub complete: bool,
}

/// What somebody who looked says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Verdict {
    /// There is nothing in it.
    Release,
    /// It is rejected.
    Reject(RejectReason),
}

/// A word on what is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review {
    /// Which contribution.
    pub contribution: ContributionId,
    /// Who looked.
    pub officer: OfficerId,
    /// What is to become of it.
    pub verdict: Verdict,
}

/// What can be wished of what is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Say what is to become of it.
    Review(Review),
}

/// What happened by a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A claim is held.
    Held(Box<Holding>),
    /// Somebody has looked at it.
    Reviewed(Review),
}

impl Event {
    /// The contribution that it is about.
    #[must_use]
    pub const fn contribution(&self) -> ContributionId {
        match self {
            Self::Held(it) => it.contribution,
            Self::Reviewed(it) => it.contribution,
        }
    }
}

/// A claim that is held, in the state.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Held {
    /// Why.
    pub signs: Vec<Sign>,
    /// Has everybody vouched for it who has to?
    pub complete: bool,
}

/// What looks odd about a contribution that a seat became by itself, until it is held: the next thing
/// that happens by itself.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Odd {
    /// When it was found.
    pub(crate) found_at: Timestamp,
    /// What.
    pub(crate) signs: Vec<Sign>,
}
