//! Receipts: the answer to a command, made of its records alone.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Id, Instant};

/// The answer to an accepted command. Asked again with the same key, it is the same to the byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Receipt<T> {
    /// The position of the command's first record.
    #[schema(example = 48_211)]
    pub first: u64,
    /// The position of its last record; read with `after` this to see your own write.
    #[schema(example = 48_212)]
    pub last: u64,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// What changed.
    pub changed: T,
}

/// Something new, or changed, by its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Named {
    /// The id of what was registered, opened, listed, priced or retired.
    pub id: Id,
}
