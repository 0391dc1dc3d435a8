//! Contributions: submitted, verified or rejected.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::award::Award;
use crate::conduct::ConductSign;
use crate::evidence::Grading;
use crate::{Amount, Hash, Id, Instant};

/// How good the evidence is, best first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
pub enum Grade {
    /// Code, place, time and a second person.
    A,
    /// Signed in and out inside the shift and place.
    B,
    /// Declared, with a photograph or a paper sheet.
    C,
    /// Entered afterwards by an administrator (补录).
    D,
}

/// One thing that vouches for a contribution, or weakens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// The rotating code of the station or activity was scanned.
    RotatingCode,
    /// The person signed in and out.
    SignInOut,
    /// The device was at the place.
    Place,
    /// It was inside the shift.
    InsideShift,
    /// The one who was served, or a second person, confirmed it.
    Confirmed,
    /// There is a photograph.
    Photo,
    /// There is a paper sheet.
    PaperSheet,
    /// Enough checkpoints of the patrol were scanned.
    CheckpointsScanned,
    /// An administrator entered it afterwards.
    AdministratorEntry,
    /// Both sides of mutual aid confirmed it. Nobody can send it.
    BothConfirmed,
    /// Its order was closed and checked. Nobody can send it.
    OrderChecked,
    /// Its mediation case has ended. Nobody can send it.
    CaseEnded,
    /// That case ended unsettled. Nobody can send it.
    Unsettled,
    /// The volunteer who was referred has served. Nobody can send it.
    ReferredServed,
}

/// What an attachment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// A photograph.
    Photo,
    /// A scanned sheet of paper.
    Paper,
    /// A certificate or a written agreement.
    Document,
}

/// A file kept elsewhere, by its hash.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// What it is.
    pub kind: AttachmentKind,
    /// SHA-256 of its bytes.
    pub sha256: Hash,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_at: Option<Instant>,
    /// In which area it was made; no closer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_in: Option<Id>,
}

impl Attachment {
    /// One of which nobody says when and where it was made.
    #[must_use]
    pub const fn of(kind: AttachmentKind, sha256: Hash) -> Self {
        Self { kind, sha256, made_at: None, made_in: None }
    }
}

/// What a resident says to have done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitContribution {
    /// The contribution's id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<Id>,
    /// Who served.
    pub resident: Id,
    /// Which act of the rules.
    #[schema(example = "PA-1", pattern = "^[A-Z0-9-]{1,12}$")]
    pub act: String,
    /// The grid where it was done.
    pub grid: Id,
    /// The estate that it was done for, if it was for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<Id>,
    /// When it began.
    pub started_at: Instant,
    /// When it ended; later than it began, not later than now.
    pub ended_at: Instant,
    /// For whom, where the act is for one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beneficiary: Option<Id>,
    /// Was a heat or snow alert in force?
    #[serde(default)]
    pub alert: bool,
    /// What vouches for it.
    #[serde(default)]
    pub signals: Vec<Signal>,
    /// Hashes of photographs and papers, kept elsewhere.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

/// A word for a contribution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyContribution {
    /// For an act whose points are assessed: how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessed: Option<Amount>,
    /// How hard it was, for an act that has levels of difficulty: 1 is the first above the ordinary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 1)]
    pub difficulty: Option<u8>,
}

/// A word for a contribution, in bulk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyOne {
    /// Which contribution.
    pub contribution: Id,
    /// For an act whose points are assessed: how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessed: Option<Amount>,
    /// How hard it was, for an act that has levels of difficulty: 1 is the first above the ordinary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 1)]
    pub difficulty: Option<u8>,
}

/// Why a contribution was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
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

/// A word against a contribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RejectContribution {
    /// Why.
    pub reason: RejectReason,
}

/// Why an award is reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReversalReason {
    /// It didn't take place, or not by this person.
    NotDone,
    /// It was awarded twice under two names.
    Duplicate,
    /// What was agreed wasn't kept, such as a settlement after a mediation.
    Broken,
    /// It was awarded by mistake.
    Mistake,
    /// Another inspection found it unfounded.
    Unfounded,
}

/// A word that takes an award back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReverseContribution {
    /// Why.
    pub reason: ReversalReason,
}

/// What a reversal took back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reversed {
    /// The contribution.
    pub contribution: Id,
    /// Whose award it was.
    pub resident: Id,
    /// Who reversed it.
    pub officer: Id,
    /// Why.
    pub reason: ReversalReason,
    /// The merit that fell.
    pub merit: Amount,
    /// The minutes that fell.
    pub minutes: u32,
    /// The points that the award had issued.
    pub points: Amount,
    /// What of them went back to the pool at once.
    pub returned: Amount,
    /// What of them had been spent, and is owed: half of later awards at the most repays it. What
    /// is held follows when its hold ends.
    pub owed: Amount,
    /// What the resident owes in all after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receivable: Option<Amount>,
}

/// That an award was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReversalOf {
    /// Who reversed it.
    pub officer: Id,
    /// Why.
    pub reason: ReversalReason,
    /// When.
    pub reversed_at: Instant,
    /// The record.
    pub position: u64,
}

/// A word that waits: the officer has vouched for as much as a day allows. An officer of a higher
/// level may speak at once, the same one on the next day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Queued {
    /// Whose word waits.
    pub officer: Id,
    /// When that officer may say it again.
    pub until: Instant,
}

/// What stands on public notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OnNotice {
    /// What it would give today. What it gives is found when the notice is over.
    pub expected: Amount,
    /// Until when anybody may object.
    pub until: Instant,
}

/// How far a contribution has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContributionStatus {
    /// Waiting for verification, or for a second one.
    Pending,
    /// Held by a check of conduct, until somebody has looked at it.
    Held,
    /// Verified, and on public notice, or before a panel.
    OnNotice,
    /// Verified and awarded.
    Awarded,
    /// Rejected.
    Rejected,
    /// Awarded, and the award was taken back.
    Reversed,
}

/// What a submission changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Submitted {
    /// The contribution's id.
    pub contribution: Id,
    /// `pending`, or `held` where something looks odd.
    pub status: ContributionStatus,
    /// The grade of its evidence.
    pub grade: Grade,
    /// Why it is held until somebody has looked at it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<ConductSign>,
}

/// What an officer's word changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Decided {
    /// The contribution.
    pub contribution: Id,
    /// The officer.
    pub officer: Id,
    /// `pending` if a second level has to verify as well, or if the word waits; `on_notice` if it is
    /// awarded when nobody has objected.
    pub status: ContributionStatus,
    /// It stands on notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<OnNotice>,
    /// The word waits, for the officer has vouched for as much as a day allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queued: Option<Queued>,
    /// Why, if rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RejectReason>,
    /// What it gave, once awarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<Award>,
    /// What the resident can spend after it, if points were issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<Amount>,
}

/// A contribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Contribution {
    /// Its id.
    pub contribution: Id,
    /// Who served.
    pub resident: Id,
    /// Which act.
    #[schema(example = "PA-1")]
    pub act: String,
    /// The grid where it was done.
    pub grid: Id,
    /// The estate that it was done for, if it was for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<Id>,
    /// When it began.
    pub started_at: Instant,
    /// When it ended.
    pub ended_at: Instant,
    /// For whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beneficiary: Option<Id>,
    /// Was a heat or snow alert in force?
    pub alert: bool,
    /// What vouches for it.
    pub signals: Vec<Signal>,
    /// The grade of its evidence.
    pub grade: Grade,
    /// What gave it that grade, and what the next better one lacked; in lists left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grading: Option<Grading>,
    /// The files that are attached; in lists left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The award that it follows from, if it is for another's service; in a list of many never told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caused_by: Option<Id>,
    /// How far it has come.
    pub status: ContributionStatus,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// How many officers have verified it.
    pub verifications: u32,
    /// An officer's word for it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queued: Option<Queued>,
    /// Why, if rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RejectReason>,
    /// When it was awarded or rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Instant>,
    /// That its award was taken back, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reversal: Option<ReversalOf>,
    /// What it gave and why, once awarded; in lists left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<Award>,
}
