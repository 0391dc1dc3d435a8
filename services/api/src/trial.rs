//! Trials of draft rules.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::award::Category;
use crate::{Amount, Id, Instant};

/// A draft to try on a period of the past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TryRules {
    /// The text of the profile.
    pub profile: String,
    /// Contributions that ended at or after this are awarded by it.
    pub from: Instant,
    /// The period ends before this.
    pub until: Instant,
    /// Groups to tell of besides categories and grids, such as age bands, by resident. The log
    /// knows no ages, so whoever asks brings them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bands: BTreeMap<String, String>,
}

/// What awards came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrialSums {
    /// How many.
    pub awards: u64,
    /// Points issued.
    pub points: Amount,
    /// Merit credited.
    pub merit: Amount,
}

/// A group as it was and as it would have been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrialChange {
    /// As it was.
    pub real: TrialSums,
    /// As it would have been.
    pub draft: TrialSums,
    /// Residents who would have earned more points.
    pub gain: u64,
    /// Residents who would have earned fewer.
    pub lose: u64,
}

/// A category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrialCategory {
    /// Which.
    pub category: Category,
    /// What became of it.
    pub change: TrialChange,
}

/// A grid, or a band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrialGroup {
    /// The grid's id, or the band's name.
    pub group: String,
    /// What became of it.
    pub change: TrialChange,
}

/// A pool at the end of the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrialPoolSide {
    /// What it still had to give.
    pub left: Amount,
    /// What the rules gave and it could not: how far the budget is overrun.
    pub short: Amount,
    /// When it first could not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_since: Option<Instant>,
}

/// A pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrialPool {
    /// Which.
    pub pool: Id,
    /// The name by which rules draw on it.
    #[schema(example = "street")]
    pub code: String,
    /// As it was.
    pub real: TrialPoolSide,
    /// As it would have been.
    pub draft: TrialPoolSide,
}

/// Somebody who would have earned otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrialPerson {
    /// Who.
    pub resident: Id,
    /// Points earned.
    pub real: Amount,
    /// Points that would have been.
    pub draft: Amount,
}

/// Wishes that were granted and would have been refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrialRefused {
    /// Why.
    pub reason: String,
    /// How often.
    pub times: u64,
}

/// Points that residents could spend at the end, against what is in the pools.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrialOutstanding {
    /// As it was.
    pub real: Amount,
    /// As it would have been.
    pub draft: Amount,
}

/// What a trial came to. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Trial {
    /// The last position of the period.
    pub position: u64,
    /// Over all.
    pub all: TrialChange,
    /// By category.
    pub categories: Vec<TrialCategory>,
    /// By the grid where it was done.
    pub grids: Vec<TrialGroup>,
    /// By band, of those who are in one.
    pub bands: Vec<TrialGroup>,
    /// The pools.
    pub pools: Vec<TrialPool>,
    /// Points outstanding.
    pub outstanding: TrialOutstanding,
    /// Up to twenty who would gain or lose most.
    pub people: Vec<TrialPerson>,
    /// What would have been refused, by reason.
    pub refused: Vec<TrialRefused>,
}
