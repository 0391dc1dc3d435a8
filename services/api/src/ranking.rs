//! Rankings by merit; opt-in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Amount, Bilingual, Id};

/// The stretch of the calendar that a ranking counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RankingWindow {
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// January to March, and so on.
    Quarter,
    /// A season of the rules in force.
    Season,
    /// A calendar year.
    Year,
    /// All time.
    #[default]
    All,
}

impl RankingWindow {
    /// As it stands in a query.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Season => "season",
            Self::Year => "year",
            Self::All => "all",
        }
    }
}

/// A place in a ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Placing {
    /// The rank, from 1.
    #[schema(example = 3)]
    pub rank: u64,
    /// Who. What people are shown is the pseudonym, or that there is none: never a name.
    pub resident: Id,
    /// What the resident chose to be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pseudonym: Option<Bilingual>,
    /// The merit of the period.
    pub merit: Amount,
}

/// A resident's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rank {
    /// In which area.
    pub area: Id,
    /// Over what stretch.
    pub window: RankingWindow,
    /// Which one: `2025-W10`, `2025-03`, `2025-Q1`, `2025-S1`, `2025`, `all`.
    #[schema(example = "2025-03")]
    pub period: String,
    /// The place; none for someone who isn't shown, or has no merit there and then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Placing>,
}

/// A resident's place and those around it, best first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Neighbours {
    /// In which area.
    pub area: Id,
    /// Over what stretch.
    pub window: RankingWindow,
    /// Which one.
    #[schema(example = "2025-03")]
    pub period: String,
    /// The places, the resident's own among them; empty for someone who has none.
    pub places: Vec<Placing>,
}

/// A page of a ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ranking {
    /// In which area.
    pub area: Id,
    /// Over what stretch.
    pub window: RankingWindow,
    /// Which one.
    #[schema(example = "2025-03")]
    pub period: String,
    /// The places, best first.
    pub places: Vec<Placing>,
    /// Where the next page begins; none after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// What kind of groups a ranking is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// Households: the merit of those in it who are shown.
    Household,
    /// Teams: the merit of their members of now who are shown.
    Team,
    /// Micro-grids: the merit of those who live there.
    MicroGrid,
    /// Grids: the merit that was earned there.
    Grid,
    /// Communities: the merit that was earned there.
    Community,
    /// Sub-districts: the merit that was earned there.
    SubDistrict,
    /// Estates: the merit of what was done for them.
    Estate,
}

impl GroupKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Household,
        Self::Team,
        Self::MicroGrid,
        Self::Grid,
        Self::Community,
        Self::SubDistrict,
        Self::Estate,
    ];

    /// As it stands in a query.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Household => "household",
            Self::Team => "team",
            Self::MicroGrid => "micro_grid",
            Self::Grid => "grid",
            Self::Community => "community",
            Self::SubDistrict => "sub_district",
            Self::Estate => "estate",
        }
    }
}

/// What groups are ranked by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupOrder {
    /// Their merit.
    #[default]
    Merit,
    /// Their merit per thousand residents.
    PerThousand,
}

impl GroupOrder {
    /// As it stands in a query.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Merit => "merit",
            Self::PerThousand => "per_thousand",
        }
    }
}

/// A group's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GroupPlacing {
    /// The rank, from 1.
    #[schema(example = 3)]
    pub rank: u64,
    /// The household, the team, the area or the estate.
    pub group: Id,
    /// The merit of the period.
    pub merit: Amount,
    /// How many live there, or are members, now.
    pub residents: u32,
    /// The merit per thousand residents; none where nobody lives, and of estates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_thousand: Option<Amount>,
}

/// A ranking of groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GroupRanking {
    /// In which area.
    pub area: Id,
    /// Of what groups.
    pub by: GroupKind,
    /// By what.
    pub order: GroupOrder,
    /// Over what stretch.
    pub window: RankingWindow,
    /// Which one.
    #[schema(example = "2025-03")]
    pub period: String,
    /// The places, best first.
    pub places: Vec<GroupPlacing>,
}
