//! Why ranks were given up.

use linli_domain::Position;
use linli_feed::{FollowError, Unreadable};
use linli_readmodel::{ReadError, is_transient};

use crate::fold::FoldError;
use crate::ladder::Overflow;

/// Why ranks in memory were given up. They are made anew from the rows, after a pause.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error("the rows of rankings could not be read")]
    Rows(#[from] ReadError),
    #[error("the log could not be followed")]
    Follow(#[from] FollowError),
    #[error("a frame could not be read")]
    Frame(#[source] Unreadable),
    #[error("record {position} could not be applied")]
    Record { position: Position, source: FoldError },
    #[error("what happened while a ranking was filled could not be applied")]
    Landing(#[from] Overflow),
}

impl Fault {
    /// Is it one that waiting cures? A server is away, or the projector hasn't begun.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::Rows(ReadError::Query(error)) => is_transient(error),
            Self::Rows(ReadError::Connection(_) | ReadError::NotBuilt(_)) => true,
            Self::Rows(ReadError::Row(_))
            | Self::Follow(_)
            | Self::Frame(_)
            | Self::Record { .. }
            | Self::Landing(_) => false,
        }
    }
}
