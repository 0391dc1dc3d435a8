//! Officers: those who verify.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Id;

/// What an officer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Head of a building, liaison of a micro-grid (楼栋长).
    BuildingHead,
    /// Full-time grid officer (专职网格员).
    FullTimeGridOfficer,
    /// Part-time grid officer (兼职网格员).
    PartTimeGridOfficer,
    /// Staff of a community committee (社区工作者).
    CommunityOfficer,
    /// Staff of a sub-district (街道干部).
    SubDistrictOfficer,
    /// Staff of the district (区级干部).
    DistrictOfficer,
    /// Member of a sub-district's leadership (街道班子成员).
    SubDistrictLeader,
    /// Secretary or director of a sub-district (街道书记、主任).
    SubDistrictChief,
    /// The office of a district's department or unit that whistles call (责任单位).
    UnitOfficer,
}

/// An officer to appoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppointOfficer {
    /// The officer's id, which is of the office, not of the person; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
    /// The duty.
    pub duty: Duty,
    /// The area of the authority; its level is that of the duty.
    pub area: Id,
    /// The resident who holds the office, if one of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<Id>,
}

/// An officer as appointed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Officer {
    /// The officer's id.
    pub officer: Id,
    /// The duty.
    pub duty: Duty,
    /// The area of the authority.
    pub area: Id,
    /// The resident who holds the office, if one of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<Id>,
}
