//! The test clock: the ledger's time, moved forward by an operator where the server allows it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Instant;

/// The time that it is to be, or now is, for the ledger. It ticks on from there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestClock {
    /// The time; never earlier than it was.
    pub now: Instant,
}
