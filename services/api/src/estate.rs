//! Estates (小区) without property management, their committees, and how they are managed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Bilingual, Id, Instant};

/// How an estate is managed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ManagementForm {
    /// By a red management committee of those who live there (红色管委会).
    RedCommittee,
    /// By the community, in trust (社区托管).
    CommunityTrusteeship,
    /// By its owners themselves (业主自管).
    HomeownerSelfRule,
    /// By a property firm, on the community's behalf (物业代管).
    PropertyEntrusted,
}

impl ManagementForm {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::RedCommittee,
        Self::CommunityTrusteeship,
        Self::HomeownerSelfRule,
        Self::PropertyEntrusted,
    ];

    /// As it stands in a query.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RedCommittee => "red_committee",
            Self::CommunityTrusteeship => "community_trusteeship",
            Self::HomeownerSelfRule => "homeowner_self_rule",
            Self::PropertyEntrusted => "property_entrusted",
        }
    }
}

/// An estate to register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterEstate {
    /// Its id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<Id>,
    /// Where it is: a grid, a community or a sub-district.
    pub area: Id,
    /// What people call it.
    pub name: Bilingual,
    /// How it is managed.
    pub form: ManagementForm,
}

/// How an estate is managed from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetForm {
    /// How.
    pub form: ManagementForm,
}

/// Who sits on a committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CommitteeMember {
    /// Somebody registered: a building's head, a party member, a resident.
    Resident(Id),
    /// An officer, such as one of the community.
    Officer(Id),
}

/// A committee to elect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ElectCommittee {
    /// Its id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee: Option<Id>,
    /// Who sits on it; the first leads it.
    pub members: Vec<CommitteeMember>,
    /// When its term ends, by itself.
    pub until: Instant,
}

/// A member to leave a committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveCommittee {
    /// Who.
    pub member: CommitteeMember,
}

/// An estate as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Estate {
    /// Its id.
    pub estate: Id,
    /// Where it is.
    pub area: Id,
    /// What people call it.
    pub name: Bilingual,
    /// How it is managed.
    pub form: ManagementForm,
    /// Its committee, while the term runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee: Option<Id>,
    /// When that ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// A place on a committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CommitteeSeat {
    /// The place, from 1; the first leads.
    pub place: u8,
    /// Who.
    pub member: CommitteeMember,
    /// When that one left, if before the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_at: Option<Instant>,
}

/// An estate with the committee of today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EstateFile {
    /// The estate.
    #[serde(flatten)]
    pub estate: Estate,
    /// Who sits on its committee.
    pub members: Vec<CommitteeSeat>,
}

/// An estate is managed otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EstateFormSet {
    /// Which.
    pub estate: Id,
    /// How.
    pub form: ManagementForm,
}

/// A committee was elected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CommitteeElected {
    /// Of which estate.
    pub estate: Id,
    /// Which committee.
    pub committee: Id,
    /// Who sits on it.
    pub members: Vec<CommitteeMember>,
    /// Until when.
    pub until: Instant,
}

/// A committee's term ended, or a member left it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfCommittee {
    /// Of which estate.
    pub estate: Id,
    /// Which committee.
    pub committee: Id,
    /// Who left, if somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<CommitteeMember>,
}
