//! What a desk can't get over.

use linli_domain::{ClientId, Contradiction, IdempotencyKey};
use linli_log::frame::PushError;

/// A step that can't be taken: a bug in this program. The desk is of no more use.
#[derive(Debug, thiserror::Error)]
pub enum Stuck {
    /// What was decided breaks a law of the domain.
    #[error("a decision contradicts the state")]
    Contradiction {
        /// Whose command it was; none for a deadline.
        command: Option<(ClientId, IdempotencyKey)>,
        /// The law.
        #[source]
        source: Contradiction,
    },
    /// What was decided is longer than a record may be.
    #[error("a record does not fit a frame")]
    Record {
        /// Whose command it was; none for a deadline.
        command: Option<(ClientId, IdempotencyKey)>,
        /// By how much.
        #[source]
        source: PushError,
    },
}

impl Stuck {
    /// The command without which there would be no fault, and with which there always will be one.
    #[must_use]
    pub fn poison(&self) -> Option<&(ClientId, IdempotencyKey)> {
        match self {
            Self::Contradiction { command, .. } | Self::Record { command, .. } => command.as_ref(),
        }
    }
}
