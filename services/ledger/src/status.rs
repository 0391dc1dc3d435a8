//! How far a ledger has come, for readiness and for those who follow its log.

use linli_domain::Position;

/// What a district's ledger is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Connecting, or reading its log.
    Starting,
    /// Another process leads the district; this one follows its log and waits to take over.
    Standby {
        /// Its state is that after this record.
        position: Position,
    },
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

    /// Whether another process leads and this one could take over at once.
    #[must_use]
    pub const fn is_standby(self) -> bool {
        matches!(self, Self::Standby { .. })
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Starting => f.write_str("starting"),
            Self::Standby { position } => {
                write!(f, "standing by, warm to position {position}")
            }
            Self::Leading { position } => write!(f, "leading at position {position}"),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}
