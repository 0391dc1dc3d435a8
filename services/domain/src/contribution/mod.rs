//! Contributions (贡献): submitted, graded by their evidence, verified or rejected, awarded.

mod attach;
mod decide;
mod evidence;
mod evolve;
mod reversal;
mod reward;
mod served;

pub use attach::Attaching;
pub(crate) use decide::{CLOCK_SKEW, base, decide, elsewhere, has_authority, present_at, timely};
pub(crate) use evidence::attachable;
pub use evidence::{ATTACHMENTS_MAX, Attachment, AttachmentKind, Grade, Signal, Signals};
pub(crate) use evolve::evolve;
pub(crate) use reversal::undone;
pub use reversal::{Restoration, Reversal, ReversalReason, Undoing};
pub(crate) use reward::{Beyond, fits, reward, submitted, submitted_by};
pub use served::Served;
pub(crate) use served::{Counted, Used};

use borsh::{BorshDeserialize, BorshSerialize};

use crate::award::{Award, Issue, MinutesKind, Repayment};
use crate::id::{AreaId, ContributionId, EstateId, OfficerId, ResidentId};
use crate::quantity::{Merit, Minutes, Points};
use crate::rules::{Category, LateTerms, Quota, RuleVersion};
use crate::text::ActCode;
use crate::time::{Interval, Timestamp};

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
    /// The estate that it was done for, if it was for one.
    pub estate: Option<EstateId>,
    /// For whom, where the act is for one person.
    pub beneficiary: Option<ResidentId>,
    /// Was a heat or snow alert in force?
    pub alert: bool,
    /// What vouches for it.
    pub signals: Signals,
    /// Hashes of photographs and papers, kept elsewhere.
    pub attachments: Vec<Attachment>,
}

impl Claim {
    /// Does it take time that nothing else may? What a checked order vouches for is a moment: a
    /// hazard is seen on a patrol as well as anywhere. So is somebody else's service.
    #[must_use]
    pub const fn takes_time(&self) -> bool {
        !self.signals.meets(Signals::MOMENTS)
    }

    /// What vouches for it with what its files show, those that came later too.
    pub(crate) fn shown(&self) -> Signals {
        let files = self.attachments.iter().map(|file| file.kind.shows());
        self.signals.iter().chain(files).collect()
    }

    /// Was it entered late? What was done in a mediation case was entered with its session, however
    /// long the case went on.
    pub(crate) fn entered_late(&self, late: LateTerms, now: Timestamp) -> bool {
        !self.signals.contains(Signals::CASE_ENDED) && late.is_late(self.happened.end(), now)
    }
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
    /// How hard it was, for an act of which that is said; ordinary if nothing is.
    pub difficulty: Option<Difficulty>,
}

/// How hard a service was: 1 is the first level above the ordinary. What a level is worth the rules
/// say.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct Difficulty(pub u8);

/// A word that waits, for the officer has vouched for as much as a day allows. An officer of a higher
/// level may speak for it at once, the same one on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queued {
    /// The word.
    pub word: Verification,
    /// When the officer may say it again.
    pub until: Timestamp,
    /// What the officer had vouched for that day: so much time,
    pub minutes: Minutes,
    /// and so many points.
    pub points: Points,
    /// What a day allows.
    pub quota: Quota,
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
    Submit(Box<Claim>),
    /// Verify one.
    Verify(Verification),
    /// Reject one.
    Reject(Rejection),
    /// Reverse an award.
    Reverse(Undoing),
    /// Attach files to one that waits.
    Attach(Attaching),
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
        /// The award that it follows from, where another's service is what it is for.
        caused_by: Option<ContributionId>,
    },
    /// An officer verified one.
    Verified(Verification),
    /// An officer rejected one.
    Rejected(Rejection),
    /// Enough officers verified it, and it was awarded.
    Awarded(Box<Award>),
    /// An award was reversed: what it gave was taken back.
    Reversed(Box<Reversal>),
    /// An officer spoke for one beyond what a day allows: it waits.
    Queued(Queued),
    /// A panel found its reversal wrong: what was taken back is given back.
    Restored(Box<Restoration>),
    /// Files were attached to one that waits.
    Attached(Attaching),
}

/// How far a contribution has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Status {
    /// Waiting for verification.
    Pending,
    /// Held by a check of conduct, until somebody has looked at it.
    Held,
    /// Verified, and on public notice, or before a panel.
    OnNotice,
    /// Verified and awarded.
    Awarded,
    /// Rejected.
    Rejected,
    /// Awarded, and the award was reversed.
    Reversed,
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
    /// How hard the last of them found it.
    pub difficulty: Option<Difficulty>,
    /// Who spoke for it beyond a day's quota, and when that officer may speak again.
    pub queued: Option<(OfficerId, Timestamp)>,
    /// What it gave, once it was awarded.
    pub(crate) given: Option<Box<Given>>,
}

/// What a contribution gave, and what became of its points, as far as a reversal needs it. What of
/// an award the claim says is not kept twice: there is one of these for all that was ever awarded.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Given {
    category: Category,
    rules: RuleVersion,
    minutes: Minutes,
    minutes_kind: MinutesKind,
    merit: Merit,
    pub(crate) issue: Option<Issue>,
    counted_minutes: Minutes,
    counted_points: Points,
    repaid: Vec<Repayment>,
    /// What of its points has lapsed.
    pub(crate) lapsed: Points,
    /// What of them came back after a reversal: returned, repaid or forgiven.
    pub(crate) settled: Points,
    /// When a recall became due, while one is.
    pub(crate) recall_at: Option<Timestamp>,
}

impl Given {
    /// What it takes in memory, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let repaid = self.repaid.capacity().saturating_mul(size_of::<Repayment>());
        repaid.saturating_add(size_of::<Self>())
    }
}

impl Contribution {
    /// What it gave, without the lines that explain it, once it was awarded.
    #[must_use]
    pub fn award(&self) -> Option<Award> {
        let Claim { contribution, resident, ref act, grid, happened, estate, .. } = self.claim;
        self.given.as_deref().map(|given| Award {
            contribution,
            resident,
            grid,
            estate,
            act: act.clone(),
            category: given.category,
            happened,
            grade: self.grade,
            rules: given.rules,
            minutes: given.minutes,
            minutes_kind: given.minutes_kind,
            merit: given.merit,
            issue: given.issue,
            counted_minutes: given.counted_minutes,
            counted_points: given.counted_points,
            repaid: given.repaid.clone(),
            lines: Vec::new(),
        })
    }

    /// Does an award say of who, what, where and when just what the claim does?
    fn is_for(&self, award: &Award) -> bool {
        let Claim { resident, ref act, grid, happened, estate, .. } = self.claim;
        let said = (award.resident, &award.act, award.grid, award.happened, award.estate);
        (resident, act, grid, happened, estate) == said && self.grade == award.grade
    }

    pub(crate) fn is_awarded(&self) -> bool {
        self.status == Status::Awarded
    }

    pub(crate) fn is_reversed(&self) -> bool {
        self.status == Status::Reversed
    }
}
