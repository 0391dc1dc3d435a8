//! Open Badges 3.0: stars, medals and certificates to show elsewhere.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::honour::Distinction;
use crate::{Id, Instant};

/// A badge that can be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BadgeRow {
    /// Its number: the position of the record that granted or issued it.
    #[schema(example = 417)]
    pub badge: u64,
    /// The title, if it is of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distinction: Option<Distinction>,
    /// Of which year the title is; none: of all time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// The certificate, if it is of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Id>,
    /// Since when.
    pub valid_from: Instant,
    /// Did the title fall since, or is the certificate void? Then the issuer's status list says so.
    pub void: bool,
}

/// A resident's badges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Badges {
    /// Oldest first.
    pub badges: Vec<BadgeRow>,
}

/// A signed document: JSON-LD, to be handed on as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = Object)]
pub struct SignedDocument(pub serde_json::Value);
