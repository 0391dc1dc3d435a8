//! Areas: district, sub-district, community, grid, micro-grid.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Bilingual, Id};

/// The five levels, smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A building or a stairwell (微网格).
    MicroGrid,
    /// A grid (网格).
    Grid,
    /// A community (社区).
    Community,
    /// A sub-district (街道).
    SubDistrict,
    /// A district (区).
    District,
}

/// What a grid is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GridKind {
    /// Where people live (综合网格).
    Comprehensive,
    /// An institution, a mall, an office, a school (专属网格).
    Dedicated,
}

/// An area to found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FoundArea {
    /// Its id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Id>,
    /// Its level.
    pub level: Level,
    /// For a grid, its kind; for any other level, none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grid_kind: Option<GridKind>,
    /// The area it lies in; none for the district alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// What people call it.
    pub name: Bilingual,
}

/// An area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Area {
    /// Its id.
    pub area: Id,
    /// Its level.
    pub level: Level,
    /// For a grid, its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grid_kind: Option<GridKind>,
    /// The area it lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// What people call it.
    pub name: Bilingual,
}

/// All areas, in the order of their ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Areas {
    /// The areas.
    pub areas: Vec<Area>,
}
