//! What ends a term of leading, and what ends a ledger.

use linli_domain::{ClientId, IdempotencyKey};
use linli_log::OpenError;
use linli_log::reader::PoolConfigError;

use crate::desk::{Outcome, Stuck};
use crate::image::RestoreError;
use crate::keys::IndexFault;
use crate::store::StoreError;

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
    /// The log holds a key twice, or a frame whose keys can't be read.
    #[error("the index of keys can't follow this log")]
    Keys(#[from] IndexFault),
    /// The connections to read by can't be configured.
    #[error("the ledger's connections can't be configured")]
    Pool(#[from] PoolConfigError),
}

/// Why a term ended. The state is thrown away and made anew from the log.
#[derive(Debug, thiserror::Error)]
pub enum Fall {
    /// A frame was not committed, or nobody knows.
    #[error("a frame was not known to be committed")]
    Append(#[source] StoreError),
    /// Nothing can be appended any more.
    #[error("the connection that writes was lost")]
    Lost,
    /// The index of keys could not be asked.
    #[error("the index of keys could not be asked")]
    Lookup(#[source] StoreError),
    /// The index of keys can't be moved on.
    #[error("the index of keys can't follow the log")]
    Index(#[from] IndexFault),
    /// The desk can't go on.
    #[error(transparent)]
    Stuck(#[from] Stuck),
}

impl Fall {
    /// The command without which there would be no fall, and with which there always will be one.
    pub(crate) fn poison(&self) -> Option<&(ClientId, IdempotencyKey)> {
        match self {
            Self::Stuck(stuck) => stuck.poison(),
            Self::Append(_) | Self::Lost | Self::Lookup(_) | Self::Index(_) => None,
        }
    }

    /// What is known of the frames under way.
    pub(crate) fn outcome(&self) -> Outcome {
        match self {
            Self::Append(StoreError::Refused(_)) => Outcome::Refused,
            Self::Append(_) | Self::Lost | Self::Lookup(_) | Self::Index(_) | Self::Stuck(_) => {
                Outcome::Unknown
            }
        }
    }
}

/// An error as tracing takes it, with its sources.
pub(crate) fn told<E: std::error::Error + 'static>(
    error: &E,
) -> &(dyn std::error::Error + 'static) {
    error
}
