//! Residents: known by an id and a card, never by a name.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Amount, Bilingual, Card, Id, Instant};

/// A resident to register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterResident {
    /// The resident's id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<Id>,
    /// The household.
    pub household: Id,
    /// The code on the resident's card.
    pub card: Card,
    /// Does the household receive assistance?
    #[serde(default)]
    pub assisted: bool,
}

/// A move to another household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveResident {
    /// To which household.
    pub household: Id,
    /// Does that household receive assistance?
    #[serde(default)]
    pub assisted: bool,
}

/// Which resident, for requests in bulk that concern a resident alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhichResident {
    /// The resident.
    pub resident: Id,
}

/// Enrol a resident as a volunteer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolVolunteer {
    /// The volunteer of another household who referred this one, if anybody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referred_by: Option<Id>,
}

/// A resident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Resident {
    /// The resident's id.
    pub resident: Id,
    /// The household.
    pub household: Id,
    /// The code on the card.
    pub card: Card,
    /// Is that card blocked?
    #[serde(default)]
    pub card_blocked: bool,
    /// Does the household receive assistance?
    pub assisted: bool,
    /// Enrolled as a volunteer?
    pub volunteer: bool,
    /// Shown in the rankings?
    pub ranked: bool,
    /// What the resident is called there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pseudonym: Option<Bilingual>,
    /// The team that the resident is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// Stars for the service minutes, by the rules in force.
    pub stars: u8,
    /// When the account was closed for good, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<Instant>,
}

/// What a resident has served and earned, beside points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Merit {
    /// The resident.
    pub resident: Id,
    /// Merit (功勋值) of all time.
    pub merit: Amount,
    /// Verified service minutes (信用时数).
    #[schema(example = 5400)]
    pub minutes: u64,
    /// Minutes entered afterwards (荣誉时数), shown apart.
    #[schema(example = 0)]
    pub honour_minutes: u64,
    /// Stars for the service minutes, by the rules in force.
    #[schema(example = 1)]
    pub stars: u8,
}

/// What a resident was registered with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ResidentRegistered {
    /// Who.
    pub resident: Id,
    /// The household.
    pub household: Id,
    /// The card's code.
    pub card: Card,
    /// Does the household receive assistance?
    pub assisted: bool,
}

/// A resident who enrolled and whom another volunteer had brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VolunteerReferred {
    /// Who enrolled.
    pub resident: Id,
    /// Who referred this one.
    pub by: Id,
}

/// Which resident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfResident {
    /// Who.
    pub resident: Id,
}
