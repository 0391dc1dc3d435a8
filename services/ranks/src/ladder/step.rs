//! What a record does to a ladder.

use linli_domain::Position;
use linli_domain::id::ResidentId;
use linli_domain::quantity::Merit;

/// What a record does to one resident on a ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which record.
    pub position: Position,
    /// Whom it is about.
    pub resident: ResidentId,
    /// What it does.
    pub deed: Deed,
}

/// What can be done to a resident on a ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Merit came.
    Gained {
        /// How much; below zero for a reversal.
        merit: Merit,
        /// Does the resident wish to be shown at this time?
        shown: bool,
    },
    /// The resident wishes to be shown from now on.
    Joined,
    /// The resident wishes to be shown no longer.
    Left,
}
