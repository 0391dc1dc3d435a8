//! Public notice (公示), objections (异议), panels (评议小组) and appeals (申诉).
//!
//! What the rules want to be seen first is verified, then stands on notice, and is awarded when
//! nobody has objected in time. An objection brings it before a panel, and so does an appeal against
//! a rejection: two hearings, before two panels, each of people who have nothing to do with the case.
//! Nothing changes what stands but a majority of a panel: where none is found in time, the officers'
//! words stand in the first hearing, and the rejection in the second.

mod decide;
mod evolve;
mod hearing;
mod laws;
mod panel;

pub(crate) use decide::{concluded, decide, ended, late, reinstated, unheard};
pub(crate) use evolve::evolve;
pub use hearing::{Fallen, Notice, Seat};
pub use panel::{Member, PANEL_MAX, PANEL_MIN, Tie};

use borsh::{BorshDeserialize, BorshSerialize};

use crate::contribution::RejectReason;
use crate::id::{AreaId, ContributionId, OfficerId, ResidentId};
use crate::quantity::Points;
use crate::rules::RuleVersion;
use crate::text::ActCode;
use crate::time::Timestamp;

/// The most objections to one notice: a panel reads them all, and a state has to end somewhere.
pub const OBJECTIONS_MAX: usize = 32;

/// What a panel is to decide.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Hearing {
    /// The claimant's appeal against a rejection or a reversal.
    Appeal,
    /// The objections to what stands on notice.
    Notice,
}

/// What an appeal is against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Against {
    /// The rejection of a contribution, by an officer or by a panel.
    Rejection,
    /// The reversal of an award, with what is owed since.
    Reversal,
}

/// Why something stands on notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Why {
    /// The rules want it of the act.
    Act,
    /// It would give as many points as the rules want seen first.
    Points,
}

/// What stands on notice from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The contribution.
    pub contribution: ContributionId,
    /// Whose it is.
    pub resident: ResidentId,
    /// The act.
    pub act: ActCode,
    /// The grid where it was done.
    pub grid: AreaId,
    /// The rule set that wants it.
    pub rules: RuleVersion,
    /// Why.
    pub why: Why,
    /// Base points for one unit, as the rules or the last officer said.
    pub each: Points,
    /// What it would give today. What it gives is found when the notice has ended.
    pub expected: Points,
    /// Until when anybody may object.
    pub until: Timestamp,
}

/// A word against what stands on notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Objection {
    /// Against which contribution.
    pub contribution: ContributionId,
    /// Who objects: anybody registered.
    pub resident: ResidentId,
    /// Why: what would have been a reason to reject it.
    pub reason: RejectReason,
}

/// Who is to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Convening {
    /// On which contribution.
    pub contribution: ContributionId,
    /// Who calls the panel together, and doesn't sit on it.
    pub officer: OfficerId,
    /// Who sits on it.
    pub members: Vec<Member>,
}

/// A member's vote, and a panel's ruling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Ruling {
    /// The objection, or the appeal, is right.
    Uphold,
    /// It is not.
    Dismiss,
}

/// A vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// On which contribution.
    pub contribution: ContributionId,
    /// Whose.
    pub member: Member,
    /// What.
    pub vote: Ruling,
}

/// An appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// For which contribution.
    pub contribution: ContributionId,
    /// Who appeals: whose contribution it is.
    pub resident: ResidentId,
}

/// What can be wished of notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Object.
    Object(Objection),
    /// Call a panel together.
    Convene(Convening),
    /// Vote.
    Vote(Ballot),
    /// Appeal.
    Appeal(Appeal),
}

/// What happened to notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Enough officers verified a contribution, and it stands on notice.
    Opened(Box<Opening>),
    /// Somebody objected.
    Objected(Objection),
    /// The notice is over, and nobody objected: it is awarded next.
    Unopposed(ContributionId),
    /// The notice is over, and somebody objected.
    Contested {
        /// Which contribution.
        contribution: ContributionId,
        /// How many objected.
        objections: u8,
        /// Until when a panel decides.
        decide_by: Timestamp,
    },
    /// The claimant appealed.
    Appealed {
        /// The appeal.
        appeal: Appeal,
        /// Against what.
        against: Against,
        /// The act.
        act: ActCode,
        /// The grid where it was done.
        grid: AreaId,
        /// Until when another panel decides.
        decide_by: Timestamp,
    },
    /// A panel was called together.
    Convened {
        /// By whom, and who sits on it.
        panel: Convening,
        /// To decide what.
        hearing: Hearing,
    },
    /// A member voted.
    Voted {
        /// The vote.
        ballot: Ballot,
        /// In which hearing.
        hearing: Hearing,
        /// The member's seat, from one.
        seat: u8,
    },
    /// A majority was found, or the time for it is over.
    Decided(Decided),
}

/// What follows from a ruling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It is awarded next.
    Awarded,
    /// It is rejected.
    Rejected,
    /// What its reversal had taken back is given back next.
    Restored,
    /// Its rejection, or its reversal, stands.
    Stands,
    /// Its rejection is lifted, and it waits for verification again.
    Waits,
}

/// What came of a hearing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// On which contribution.
    pub contribution: ContributionId,
    /// Which hearing.
    pub hearing: Hearing,
    /// What was decided.
    pub ruling: Ruling,
    /// What follows from it.
    pub outcome: Outcome,
    /// How many sat; none where no panel was called together.
    pub seats: u8,
    /// How many of them voted to uphold,
    pub upholding: u8,
    /// and how many to dismiss.
    pub dismissing: u8,
    /// Why it fell, if objections were upheld: the first one's reason.
    pub reason: Option<RejectReason>,
}

/// How far a hearing has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Stage {
    /// On notice: anybody may object.
    Open,
    /// Before a panel, or waiting for one.
    Contested,
    /// Ended: nobody objected.
    Unopposed,
    /// Ended: the objections, or the appeal, were upheld.
    Upheld,
    /// Ended: the objections, or the appeal, were dismissed.
    Dismissed,
}

impl Stage {
    /// Has it ended?
    #[must_use]
    pub const fn is_over(self) -> bool {
        match self {
            Self::Open | Self::Contested => false,
            Self::Unopposed | Self::Upheld | Self::Dismissed => true,
        }
    }
}

impl Event {
    /// The contribution that it is about.
    #[must_use]
    pub const fn contribution(&self) -> ContributionId {
        match self {
            Self::Opened(it) => it.contribution,
            Self::Objected(it) => it.contribution,
            Self::Unopposed(contribution) | Self::Contested { contribution, .. } => *contribution,
            Self::Appealed { appeal, .. } => appeal.contribution,
            Self::Convened { panel, .. } => panel.contribution,
            Self::Voted { ballot, .. } => ballot.contribution,
            Self::Decided(it) => it.contribution,
        }
    }
}
