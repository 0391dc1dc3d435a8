//! How far a ledger has come, for readiness and for those who follow its log.

use linli_domain::Position;

/// What a district's ledger is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Connecting, or reading its log.
    Starting,
    /// Another process leads the district; this one waits to take over.
    Standby,
    /// Leading: what is committed ends at this position.
    Leading {
        /// The last durable record.
        position: Position,
    },
    /// Over; it will not lead again.
    Stopped,
}

impl Status {
    /// Whether commands are answered here.
    #[must_use]
    pub const fn is_leading(self) -> bool {
        matches!(self, Self::Leading { .. })
    }
}
