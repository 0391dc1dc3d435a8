//! Teams: volunteers who serve together.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Bilingual, Id};

/// A team to form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormTeam {
    /// The team's id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// The grid it is at home in.
    pub grid: Id,
    /// What people call it.
    pub name: Bilingual,
}

/// Who joins a team, or leaves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamMember {
    /// The volunteer.
    pub resident: Id,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Team {
    /// Its id.
    pub team: Id,
    /// The grid it is at home in.
    pub grid: Id,
    /// What people call it.
    pub name: Bilingual,
}

/// All teams.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Teams {
    /// The teams, in the order of their ids.
    pub teams: Vec<Team>,
}

/// Somebody and a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Membership {
    /// Which team.
    pub team: Id,
    /// Who.
    pub resident: Id,
}
