//! Pseudonyms: what a resident is called where rankings and notices are read.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Bilingual, Id};

/// A word that pseudonyms are made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PseudonymWord {
    /// As a request names it.
    #[schema(example = "heron")]
    pub word: String,
    /// As people read it.
    pub name: Bilingual,
}

/// The words that pseudonyms are made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PseudonymWords {
    /// What kind of one.
    pub first: Vec<PseudonymWord>,
    /// What.
    pub second: Vec<PseudonymWord>,
}

/// Choose a pseudonym. Without words it is drawn by chance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChoosePseudonym {
    /// What kind of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "quiet")]
    pub first: Option<String>,
    /// What.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "heron")]
    pub second: Option<String>,
}

/// Why an officer withdraws a pseudonym.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawalReason {
    /// The two words together offend.
    Offensive,
    /// People take it for somebody else.
    TakenForAnother,
}

/// Withdraw a pseudonym.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawPseudonym {
    /// Why.
    pub reason: WithdrawalReason,
}

/// What became of a pseudonym.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PseudonymChanged {
    /// Whose.
    pub resident: Id,
    /// Which.
    pub pseudonym: Bilingual,
    /// Is the resident called so now? If not, it was given up, or withdrawn.
    pub chosen: bool,
    /// The officer who withdrew it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<WithdrawalReason>,
}
