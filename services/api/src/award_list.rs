//! The public list of all that was awarded in a quarter (季度公示), community by community. It names
//! nobody.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::award::{Category, MinutesKind};
use crate::{Amount, Bilingual, Id, Instant};

/// A quarter whose awards everybody may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ListedQuarter {
    /// Which.
    #[schema(example = "2025-Q1")]
    pub quarter: String,
    /// Its first instant, by the clock on the wall.
    pub from: Instant,
    /// The first instant after it.
    pub until: Instant,
    /// Since when its awards are open to everybody: so many working days after its end.
    pub open_from: Instant,
}

/// What a quarter's awards come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuarterAwards {
    /// The record up to which this is true.
    pub position: u64,
    /// The quarter.
    #[serde(flatten)]
    pub quarter: ListedQuarter,
    /// Each community of the district, in the order of their ids; one where nothing was awarded, too.
    pub communities: Vec<CommunityAwards>,
}

/// What was awarded for what was done in a community, in a quarter. What was taken back since is in the sums.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CommunityAwards {
    /// Which community.
    pub community: Id,
    /// What it is called.
    pub name: Bilingual,
    /// How many awards.
    pub awards: u64,
    /// How many of them were taken back since.
    pub reversed: u64,
    /// Minutes credited, service and honour.
    pub minutes: i64,
    /// Merit credited.
    pub merit: Amount,
    /// Points issued.
    pub points: Amount,
}

/// A page of a community's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AwardList {
    /// The record up to which this is true.
    pub position: u64,
    /// The quarter.
    #[serde(flatten)]
    pub quarter: ListedQuarter,
    /// Whose list it is.
    pub community: Id,
    /// The awards, in the order of their records.
    pub items: Vec<ListedAward>,
    /// The cursor of the next page; none after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// An award, as everybody may see it: not whose, not in which grid, not by whose word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ListedAward {
    /// The contribution.
    pub contribution: Id,
    /// The act.
    #[schema(example = "PA-1")]
    pub act: String,
    /// What it counts as.
    pub category: Category,
    /// When the award was recorded.
    pub awarded_at: Instant,
    /// Minutes credited.
    #[schema(example = 90)]
    pub minutes: u32,
    /// How they are shown.
    pub minutes_kind: MinutesKind,
    /// Merit credited.
    pub merit: Amount,
    /// Points issued.
    pub points: Amount,
    /// The version of the rules that awarded it.
    #[schema(example = 1)]
    pub rules: u32,
    /// When it was taken back, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reversed_at: Option<Instant>,
}
