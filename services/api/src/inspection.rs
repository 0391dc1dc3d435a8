//! The daily sample of what was vouched for, and what another look finds.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Hash, Id, Instant};

/// What another look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InspectionOutcome {
    /// It is as it was told.
    Upheld,
    /// It took place, and something of it was told wrongly.
    Corrected,
    /// It has no ground: reverse it.
    Unfounded,
}

/// An inspector's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectContribution {
    /// What was found.
    pub outcome: InspectionOutcome,
}

/// A word, and what it did to the verifier's rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Inspected {
    /// The contribution.
    pub contribution: Id,
    /// Who looked again.
    pub officer: Id,
    /// Whose word was in question.
    pub verifier: Id,
    /// What was found.
    pub outcome: InspectionOutcome,
    /// How often that verifier is sampled from now on: parts in ten thousand.
    #[schema(example = 300)]
    pub rate: u16,
}

/// A contribution that waits for another look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ToInspect {
    /// Which.
    pub contribution: Id,
    /// The day of whose awards it was drawn.
    #[schema(example = "2025-03-05")]
    pub day: String,
    /// The grid where it was done.
    pub grid: Id,
    /// Whose word is in question.
    pub verifier: Id,
    /// How often that verifier was sampled: parts in ten thousand.
    pub rate: u16,
    /// When it was drawn.
    pub drawn_at: Instant,
    /// The record of the sample, with all that is needed to draw it again.
    pub position: u64,
}

/// A day's sample. Anybody who holds the log can draw it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sample {
    /// The day whose awards it is drawn from.
    pub day: String,
    /// So many records stood before the frame of this one,
    pub size: u64,
    /// and this was the root of the tree over them.
    pub root: Hash,
    /// How many were awarded that day.
    pub awarded: u32,
    /// What is looked at again, in the order of ids.
    pub drawn: Vec<Drawn>,
}

/// A day's sample, as everybody may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PublicSample {
    /// The log up to which the answer has seen.
    pub position: u64,
    /// The day whose awards it is drawn from.
    #[schema(example = "2025-03-05")]
    pub day: String,
    /// The record that says what was drawn.
    pub record: u64,
    /// So many records stood before its frame,
    pub size: u64,
    /// and this was the root of the tree over them.
    pub root: Hash,
    /// How many were awarded that day.
    pub awarded: u32,
    /// What was drawn, in the order of ids.
    pub drawn: Vec<PublicDrawn>,
}

/// A contribution that was drawn, and what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PublicDrawn {
    /// Which.
    pub contribution: Id,
    /// How often such words are looked at: parts in ten thousand.
    #[schema(example = 300)]
    pub rate: u16,
    /// What another look found; left out as long as nobody has looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<InspectionOutcome>,
    /// When somebody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspected_at: Option<Instant>,
}

/// A contribution that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Drawn {
    /// Which.
    pub contribution: Id,
    /// The grid where it was done.
    pub grid: Id,
    /// Whose word is in question.
    pub verifier: Id,
    /// How often: parts in ten thousand.
    pub rate: u16,
}
