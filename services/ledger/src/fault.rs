//! What ends a term of leading, and what ends a ledger.

use linli_domain::{ClientId, Contradiction, IdempotencyKey};
use linli_log::frame::PushError;
use linli_log::reader::PoolConfigError;
use linli_log::writer::LookupError;
use linli_log::{AppendError, OpenError};

use crate::image::RestoreError;

/// Why a ledger is over before it was told to stop. Starting it again without a change would end
/// the same way.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The log can't be written as it must be: the server would lose commits, or its tables are
    /// not there.
    #[error("the ledger can't write this log")]
    Open(#[from] OpenError),
    /// The log can't be followed from its beginning to its end.
    #[error("the ledger can't follow this log")]
    Restore(#[from] RestoreError),
    /// The connections to read by can't be configured.
    #[error("the ledger's connections can't be configured")]
    Pool(#[from] PoolConfigError),
}

/// Why a term ended. The state is thrown away and made anew from the log.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fall {
    #[error("a frame was not known to be committed")]
    Append(#[from] AppendError),
    #[error("the connection that writes was lost")]
    Lost,
    #[error("the index of keys could not be asked")]
    Lookup(#[from] LookupError),
    #[error("a decision contradicts the state")]
    Contradiction {
        /// Whose command it was; none for a deadline.
        command: Option<(ClientId, IdempotencyKey)>,
        #[source]
        source: Contradiction,
    },
    #[error("a record does not fit a frame")]
    Record {
        /// Whose command it was; none for a deadline.
        command: Option<(ClientId, IdempotencyKey)>,
        #[source]
        source: PushError,
    },
}

impl Fall {
    /// The command without which there would be no fall, and with which there always will be one.
    pub(crate) fn poison(&self) -> Option<&(ClientId, IdempotencyKey)> {
        match self {
            Self::Contradiction { command, .. } | Self::Record { command, .. } => command.as_ref(),
            Self::Append(_) | Self::Lost | Self::Lookup(_) => None,
        }
    }

    /// Whether the server said that nothing was written.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(self, Self::Append(AppendError::Refused(_)))
    }
}

/// An error as tracing takes it, with its sources.
pub(crate) fn told<E: std::error::Error + 'static>(
    error: &E,
) -> &(dyn std::error::Error + 'static) {
    error
}
