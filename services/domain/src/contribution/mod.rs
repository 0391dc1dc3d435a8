//! Contributions (贡献): submitted, graded by their evidence, verified or rejected, awarded.

mod decide;
mod evidence;
mod evolve;
mod served;

pub use decide::ATTACHMENTS_MAX;
pub(crate) use decide::decide;
pub use evidence::{Attachment, AttachmentKind, Grade, Signal, Signals};
pub(crate) use evolve::evolve;
pub use served::Served;
pub(crate) use served::{Counted, Used};

use borsh::{BorshDeserialize, BorshSerialize};

use crate::award::Award;
use crate::id::{AreaId, ContributionId, OfficerId, ResidentId};
use crate::quantity::Points;
use crate::text::ActCode;
use crate::time::Interval;

/// What a resident says to have done.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Claim {
    /// The id of the contribution.
    pub contribution: ContributionId,
    /// Who served.
    pub resident: ResidentId,
    /// Which act of the rules.
    pub act: ActCode,
    /// The grid where it was done; its merit ranks there.
    pub grid: AreaId,
    /// When.
    pub happened: Interval,
    /// For whom, where the act is for one person.
    pub beneficiary: Option<ResidentId>,
    /// Was a heat or snow alert in force?
    pub alert: bool,
    /// What vouches for it.
    pub signals: Signals,
    /// Hashes of photographs and papers, kept elsewhere.
    pub attachments: Vec<Attachment>,
}

/// A word for a contribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Which contribution.
    pub contribution: ContributionId,
    /// Who verifies.
    pub officer: OfficerId,
    /// For an act whose points are assessed: how many.
    pub assessed: Option<Points>,
}

/// A word against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Which contribution.
    pub contribution: ContributionId,
    /// Who rejects.
    pub officer: OfficerId,
    /// Why.
    pub reason: RejectReason,
}

/// Why a contribution was rejected: a closed list, since free text about people stays out of the
/// log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum RejectReason {
    /// It didn't take place, or not by this person.
    NotDone,
    /// Time or place are wrong.
    WrongTimeOrPlace,
    /// The evidence doesn't show it.
    EvidenceUnclear,
    /// It was recorded before.
    Duplicate,
    /// It is not what this act means, or it was paid work.
    NotEligible,
}

/// What can be wished of contributions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Submit one.
    Submit(Claim),
    /// Verify one.
    Verify(Verification),
    /// Reject one.
    Reject(Rejection),
}

/// What happened to contributions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// One was submitted and its evidence graded.
    Submitted {
        /// The claim.
        claim: Claim,
        /// The grade of its evidence by the rules in force when it ended.
        grade: Grade,
    },
    /// An officer verified one.
    Verified(Verification),
    /// An officer rejected one.
    Rejected(Rejection),
    /// Enough officers verified it, and it was awarded.
    Awarded(Box<Award>),
}

/// How far a contribution has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Status {
    /// Waiting for verification.
    Pending,
    /// Verified and awarded.
    Awarded,
    /// Rejected.
    Rejected,
}

/// A contribution in the state.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Contribution {
    /// The claim.
    pub claim: Claim,
    /// The grade of its evidence.
    pub grade: Grade,
    /// How far it has come.
    pub status: Status,
    /// Who verified it so far.
    pub verified_by: Vec<OfficerId>,
}
