//! Pages of a list.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many stand on a page unless the request says otherwise.
pub const PAGE_ITEMS_DEFAULT: u32 = 50;

/// The most on a page: one screen of a busy desk, and an answer that stays small.
pub const PAGE_ITEMS_MAX: u32 = 200;

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    /// What stands on it.
    pub items: Vec<T>,
    /// The cursor of the next page; none after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
