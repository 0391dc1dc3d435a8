//! Households.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Id;

/// A household to register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterHousehold {
    /// Its id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<Id>,
    /// The micro-grid it lives in.
    pub micro_grid: Id,
}

/// A household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Household {
    /// Its id.
    pub household: Id,
    /// The micro-grid it lives in.
    pub micro_grid: Id,
}
