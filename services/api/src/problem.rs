//! Problems: why something was refused or failed (RFC 9457).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A problem document, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Which problem it is: `/problems/` and its name, the same for ever. The page under it
    /// explains it.
    #[serde(rename = "type")]
    #[schema(example = "/problems/insufficient-points")]
    pub kind: String,
    /// The problem in a few words, in the language asked for.
    #[schema(example = "Not enough points")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 409)]
    pub status: u16,
    /// A sentence for the person in front of it, in the language asked for.
    #[schema(example = "Available 12.50 points, needed 44.00.")]
    pub detail: String,
    /// The same in Chinese.
    #[schema(example = "可用积分 12.50,需要 44.00。")]
    pub detail_zh: String,
    /// The same in English.
    #[schema(example = "Available 12.50 points, needed 44.00.")]
    pub detail_en: String,
    /// The request's trace id, for whoever looks into it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "01JD9Z3K8V6Q2M4T7W5X1Y0ABC")]
    pub trace: Option<String>,
    /// The figures: what was needed, what was found, which field, which item.
    #[serde(flatten)]
    pub figures: BTreeMap<String, Value>,
}

impl Problem {
    /// Its name: the last part of its type, `insufficient-points`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.kind.rsplit('/').next().unwrap_or_default()
    }
}
