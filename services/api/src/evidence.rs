//! Evidence: what comes after the claim, why it has its grade, and what a better one would have taken.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Id;
use crate::conduct::ConductSign;
use crate::contribution::{Attachment, ContributionStatus, Grade, Signal};

/// Files for a contribution that waits for a word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachEvidence {
    /// Whose contribution it is.
    pub resident: Id,
    /// Hashes of photographs and papers, kept elsewhere: one at the least, none of them attached
    /// before, and at most 16 with those that are.
    pub attachments: Vec<Attachment>,
}

/// What evidence that came later changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EvidenceAttached {
    /// The contribution's id.
    pub contribution: Id,
    /// `pending`, or `held` where a file shows another moment.
    pub status: ContributionStatus,
    /// Why it is held until somebody has looked at it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<ConductSign>,
}

/// Why evidence has its grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Grading {
    /// The rules that graded it: those in force when the service ended.
    pub rules_version: u32,
    /// The rule that fitted; left out where none did, which is grade D.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<GradeRule>,
    /// What the next better grade lacked: each a way to it.
    pub better: Vec<BetterGrade>,
}

/// A rule that gives a grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GradeRule {
    /// All of these are there,
    pub all: Vec<Signal>,
    /// and one of these, if there are any,
    pub any: Vec<Signal>,
    /// and none of these.
    pub none: Vec<Signal>,
}

/// What a rule of a better grade lacked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BetterGrade {
    /// The grade that it would have given.
    pub grade: Grade,
    /// All of these would have been needed as well,
    pub all: Vec<Signal>,
    /// and one of these, if there are any.
    pub any: Vec<Signal>,
    /// These were there and stood against it.
    pub against: Vec<Signal>,
}
