//! Many commands in one request, each with its own key and its own answer.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::receipt::Receipt;

/// The most items in one request: a frame holds them all, and 1,000 answers stay below a megabyte.
pub const BULK_ITEMS_MAX: usize = 1_000;

/// Many commands of one kind. One that is refused doesn't touch the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Bulk<T> {
    /// One to 1,000 commands.
    #[schema(min_items = 1, max_items = 1_000)]
    pub items: Vec<BulkItem<T>>,
}

/// One of many commands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkItem<T> {
    /// Its own idempotency key: 1 to 128 visible ASCII characters.
    #[schema(example = "shift-8841-check-out", min_length = 1, max_length = 128)]
    pub key: String,
    /// What would be the body of a request of its own.
    pub body: T,
}

/// The answers, in the order of the items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BulkAnswer<T> {
    /// How many were accepted, repeats included.
    pub accepted: u32,
    /// How many were refused.
    pub refused: u32,
    /// One for each item.
    pub answers: Vec<ItemAnswer<T>>,
}

/// The answer to one of many commands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum ItemAnswer<T> {
    /// It was done, now or before.
    Accepted {
        /// The item's key.
        key: String,
        /// Was it done before?
        repeated: bool,
        /// The receipt.
        receipt: Receipt<T>,
    },
    /// It was refused, or its outcome isn't known (then ask again with the same key).
    Refused {
        /// The item's key.
        key: String,
        /// Why.
        problem: Problem,
    },
}
