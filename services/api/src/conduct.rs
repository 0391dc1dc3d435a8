//! Conduct checks (行为核查): what they hold, why, and what somebody says who has looked.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::award::Award;
use crate::contribution::{ContributionStatus, RejectReason};
use crate::{Amount, Id, Instant};

/// What looks odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignKind {
    /// The one served was serving somewhere else at that time.
    ServedElsewhere,
    /// Too little time to get there from another grid, or on to it.
    Travel,
    /// Many claims of one person were entered late within a short time.
    LateEntries,
    /// A photograph or paper of another claim, which was at another time.
    EvidenceUsed,
    /// One person is served by the same other one very often.
    Pair,
    /// Everybody in a ring serves the next, often, and the last the first.
    Ring,
    /// In the paid hours of an office that the person holds.
    StaffHours,
}

/// A sign, with its figures in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConductSign {
    /// What.
    pub kind: SignKind,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The other contribution, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<Id>,
    /// The others in a pair or a ring.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub residents: Vec<Id>,
    /// The office, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
}

/// A claim that is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hold {
    /// The contribution.
    pub contribution: Id,
    /// Whose.
    pub resident: Id,
    /// The grid where it was done.
    pub grid: Id,
    /// Since when.
    pub held_at: Instant,
    /// Why.
    pub signs: Vec<ConductSign>,
}

/// What is to become of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "verdict", rename_all = "snake_case", deny_unknown_fields)]
pub enum ReviewContribution {
    /// There is nothing in it: it goes on where it was stopped.
    Release {},
    /// It is rejected.
    Reject {
        /// Why.
        reason: RejectReason,
    },
}

/// What a review changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reviewed {
    /// The contribution.
    pub contribution: Id,
    /// Who looked.
    pub officer: Id,
    /// `pending` where an officer has to verify it, `rejected`, `awarded`, or `on_notice`.
    pub status: ContributionStatus,
    /// Why, if rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RejectReason>,
    /// What it gave, if that followed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<Award>,
    /// What the resident can spend after it, if points were issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<Amount>,
}

/// That a claim is held, as the log tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConductHeld {
    /// The contribution.
    pub contribution: Id,
    /// Whose.
    pub resident: Id,
    /// The grid where it was done.
    pub grid: Id,
    /// Why.
    pub signs: Vec<ConductSign>,
    /// Has everybody vouched for it who has to?
    pub complete: bool,
}

/// What was said of it, as the log tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConductReviewed {
    /// The contribution.
    pub contribution: Id,
    /// Who looked.
    pub officer: Id,
    /// Why it was rejected; released if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected: Option<RejectReason>,
}
