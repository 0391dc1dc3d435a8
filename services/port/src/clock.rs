//! Moving a test clock, through the same port as everything that reaches the writer.

use linli_domain::time::Timestamp;

use crate::Rejected;

/// Why the writer's clock was not moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockRefused {
    /// The writer goes by the system's clock, which nobody moves.
    #[error("the ledger runs on the system's clock")]
    SystemClock,
    /// Time does not go back.
    #[error("the ledger's clock has passed that time")]
    Backwards {
        /// What the clock shows.
        now: Timestamp,
    },
    /// Moved or not, nobody here knows. Asking again is safe.
    #[error("whether the clock was moved is unknown; ask again")]
    Unknown,
    /// No writer is there, or too much waits. Nothing was done.
    #[error("the ledger can't answer now; come again in {retry_after_ms} ms")]
    Unavailable {
        /// When to come again, in milliseconds.
        retry_after_ms: u32,
    },
}

impl From<Rejected> for ClockRefused {
    /// What a rejection of a command means for a wish to move the clock.
    fn from(rejected: Rejected) -> Self {
        match rejected {
            Rejected::Overloaded { retry_after_ms } | Rejected::Unavailable { retry_after_ms } => {
                Self::Unavailable { retry_after_ms }
            }
            Rejected::Refused(_) | Rejected::KeyReused | Rejected::Unknown => Self::Unknown,
        }
    }
}
