//! Hazards (隐患): reported by residents, verified by officers, merged where several saw one.
//!
//! A verified hazard opens an order (`crate::order`); once that is closed and checked, its first
//! reporter is rewarded by the act for its seriousness.

mod decide;
mod evolve;

pub(crate) use decide::decide;
pub(crate) use evolve::evolve;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::area::Level;
use crate::contribution::Attachment;
use crate::id::{AreaId, ContributionId, EstateId, HazardId, OfficerId, OrderId, ResidentId};
use crate::time::Timestamp;

impl HazardId {
    /// The contribution that the hazard becomes when its reporter is rewarded: it has its number.
    #[must_use]
    pub const fn contribution(self) -> ContributionId {
        ContributionId::from_number(self.number())
    }

    /// The order that the hazard opens: it has its number.
    #[must_use]
    pub const fn order(self) -> OrderId {
        OrderId::from_number(self.number())
    }
}

/// What kind of danger it is, and so what an order is about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum HazardKind {
    /// Fire, blocked fire lanes, batteries charged in corridors (消防).
    Fire,
    /// Gas (燃气).
    Gas,
    /// Wires and electricity (用电).
    Electricity,
    /// A building's structure, things that may fall (房屋、高空坠物).
    Structure,
    /// Roads, manholes, steps (道路、井盖).
    Road,
    /// Water where it shouldn't be, or none (供排水).
    Water,
    /// Rubbish, smells, noise (环境).
    Environment,
    /// Anything else.
    Other,
}

/// How serious it is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Seriousness {
    /// An ordinary one (一般隐患).
    Ordinary,
    /// A serious one: gas, fire, structure (较大隐患).
    Serious,
    /// A major one: life is at risk (重大隐患).
    Major,
}

/// A place by a hash that the sender makes of it, so that the log tells two places apart and
/// names neither.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct PlaceKey(pub [u8; 32]);

/// What a resident reports.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Report {
    /// The id of the hazard.
    pub hazard: HazardId,
    /// Who reports.
    pub reporter: ResidentId,
    /// What kind.
    pub kind: HazardKind,
    /// How serious, as the reporter sees it.
    pub seriousness: Seriousness,
    /// Where: a grid, or a micro-grid of one.
    pub area: AreaId,
    /// Where exactly, as a hash.
    pub place: PlaceKey,
    /// When it was seen.
    pub seen_at: Timestamp,
    /// Hashes of photographs and papers, kept elsewhere.
    pub evidence: Vec<Attachment>,
    /// The estate that it is in, if it is in one.
    pub estate: Option<EstateId>,
}

/// Why a report was dismissed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Dismissal {
    /// Nothing was found there.
    NotFound,
    /// It is there, and no hazard.
    NoHazard,
    /// It was made up (恶意谎报): counted against the reporter.
    BadFaith,
}

/// What came of an appeal against a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Ruling {
    /// The pause ends.
    Lifted,
    /// The pause stands.
    Upheld,
}

/// What can be wished of hazards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Report one.
    Report(Box<Report>),
    /// Verify one, and say how serious it is.
    Verify {
        /// Which.
        hazard: HazardId,
        /// Who verifies.
        officer: OfficerId,
        /// How serious it is.
        seriousness: Seriousness,
    },
    /// Dismiss one.
    Dismiss {
        /// Which.
        hazard: HazardId,
        /// Who dismisses.
        officer: OfficerId,
        /// Why.
        why: Dismissal,
    },
    /// Link one to an earlier report of the same hazard.
    Merge {
        /// Which.
        hazard: HazardId,
        /// The earlier one.
        into: HazardId,
        /// Who saw that they are one.
        officer: OfficerId,
    },
    /// Appeal against a pause.
    Appeal(ResidentId),
    /// Rule on an appeal.
    Rule {
        /// Whose.
        resident: ResidentId,
        /// Who rules: of a higher level than those who found bad faith.
        officer: OfficerId,
        /// How.
        ruling: Ruling,
    },
}

/// What happened to hazards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// One was reported.
    Reported(Report),
    /// It turned out to be one that was reported earlier.
    Merged {
        /// Which.
        hazard: HazardId,
        /// The earlier one, whose reporter is rewarded.
        into: HazardId,
        /// Who saw it; none if kind, place and time told it.
        officer: Option<OfficerId>,
    },
    /// An officer verified it. If that was enough, an order follows.
    Verified {
        /// Which.
        hazard: HazardId,
        /// Who.
        officer: OfficerId,
        /// How serious it is.
        seriousness: Seriousness,
    },
    /// An officer dismissed it.
    Dismissed {
        /// Which.
        hazard: HazardId,
        /// Who.
        officer: OfficerId,
        /// Why.
        why: Dismissal,
        /// Until when the reporter reports nothing more, if this was one false report too many.
        paused_until: Option<Timestamp>,
    },
    /// A reporter appealed against a pause.
    Appealed(ResidentId),
    /// An officer ruled on it.
    Ruled {
        /// Whose appeal.
        resident: ResidentId,
        /// Who.
        officer: OfficerId,
        /// How.
        ruling: Ruling,
    },
}

/// How far a hazard has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Status {
    /// Waiting for verification.
    Reported,
    /// Another report was first.
    Merged,
    /// Verified; an order sees to it.
    Verified,
    /// Dismissed.
    Dismissed,
}

/// A hazard in the state.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Hazard {
    /// As reported.
    pub report: Report,
    /// How far it has come.
    pub status: Status,
    /// Who verified it so far, and how serious each found it.
    pub words: Vec<(OfficerId, Seriousness)>,
}

/// What is held against a reporter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Reporter {
    /// False reports in bad faith since the last pause.
    pub(crate) false_reports: u8,
    /// The highest level of those who found them.
    pub(crate) found_by: Option<Level>,
    /// Until when reporting is paused.
    pub(crate) paused_until: Option<Timestamp>,
    /// How far an appeal against that pause has come.
    pub(crate) appeal: Option<Appeal>,
}

/// How far an appeal has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) enum Appeal {
    Open,
    Upheld,
}
