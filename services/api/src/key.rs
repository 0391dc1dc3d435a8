//! API keys.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Id, Instant};

/// Whose hand a key is for. The kind says which scopes it gets unless others are asked for, and
/// what it is bound to.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// A partner's app; bound to nothing.
    Partner,
    /// A service station; bound to a station.
    Station,
    /// An officer; bound to an officer.
    Staff,
    /// An auditor; bound to nothing.
    Auditor,
    /// Who runs the system; bound to nothing.
    Operator,
    /// A supplier; bound to a supplier.
    Supplier,
    /// The sub-district's finance desk; bound to nothing.
    Finance,
    /// A resident, for what is kept about them; bound to the resident.
    Resident,
}

/// A key to mint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MintKey {
    /// Whose hand it is for.
    pub kind: KeyKind,
    /// What people call it, 1 to 80 characters; never a person's name.
    #[schema(example = "Dingshan counter 1", max_length = 80)]
    pub name: String,
    /// The station or the officer that it is bound to, if its kind is bound to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Id>,
    /// Fewer scopes than the kind's own; all of them if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// The owner whose idempotency keys it shares, for a second key of one owner; a new owner if
    /// left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<Id>,
    /// When it stops working; never if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Instant>,
}

/// A key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Key {
    /// Its id.
    pub id: Id,
    /// The owner, by which idempotency keys are told apart.
    pub client: Id,
    /// Whose hand it is for.
    pub kind: KeyKind,
    /// What people call it.
    pub name: String,
    /// The station or the officer that it is bound to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Id>,
    /// What it may do.
    #[schema(example = json!(["redemptions:write", "residents:read"]))]
    pub scopes: Vec<String>,
    /// When it was minted.
    pub created_at: Instant,
    /// When it stops working.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Instant>,
    /// When it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Instant>,
}

/// A new key. The secret is shown this once; only its hash is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MintedKey {
    /// The key without its secret.
    pub key: Key,
    /// What goes behind `Authorization: Bearer`.
    #[schema(example = "linli_live_01JD9Z3K8V6Q2M4T7W5X1Y0ABC_<secret>_<check>")]
    pub secret: String,
}

impl std::fmt::Debug for MintedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MintedKey").field("key", &self.key).field("secret", &"…").finish()
    }
}

/// All keys of the district, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Keys {
    /// The keys.
    pub keys: Vec<Key>,
}
