//! What can go wrong on the way from a frame to rows.

use linli_domain::Position;
use linli_domain::rules::RuleVersion;
use linli_feed::Unreadable;
use linli_log::FollowError;
use linli_readmodel::{ReadError, WriteError, is_transient};

/// A record that contradicts what a fold knows. The writer never makes one; what is at fault is
/// the log or this program.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FoldError {
    /// A sum ran past the range of an amount.
    #[error("a sum past its range")]
    Range,
    /// An award by rules that no record published.
    #[error("rule set {0} was never published")]
    UnknownRules(RuleVersion),
    /// A fact of something that no record opened, or that was over.
    #[error("{0} that was never opened, or is over")]
    Unopened(&'static str),
    /// A posting to a resident by a fact that moves no points.
    #[error("a posting to a resident without a cause")]
    Unexplained,
}

/// Why a projection could not be moved on.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// No connection could be had.
    #[error("no connection to the read models")]
    Connection(#[from] deadpool_postgres::PoolError),
    /// A transaction could not be begun or committed.
    #[error("a transaction could not be begun or committed")]
    Transaction(#[from] tokio_postgres::Error),
    /// The checkpoint, or what the fold remembers, could not be read.
    #[error("the read model could not be read")]
    Read(#[from] ReadError),
    /// Rows could not be written.
    #[error("frames {first} to {last} could not be applied")]
    Write {
        /// The first record of the batch; of a single frame, once the fault is found.
        first: u64,
        /// The last one.
        last: u64,
        /// Why.
        source: WriteError,
    },
    /// The log can't be followed.
    #[error("the log can't be followed")]
    Follow(#[from] FollowError),
    /// The log could not be read.
    #[error("the log could not be read")]
    Log(#[from] linli_log::ReadError),
    /// The records of a frame can't be had.
    #[error(transparent)]
    Frame(#[from] Unreadable),
    /// Frames with a gap between, or a log that ends too early.
    #[error("at position {expected} of the log stands {found}")]
    Misplaced {
        /// The place.
        expected: Position,
        /// What it says.
        found: Position,
    },
    /// A record could not be folded.
    #[error("record {position} can't be applied")]
    Fold {
        /// Where.
        position: Position,
        /// Why.
        source: FoldError,
    },
    /// The table of generations is not as it should be.
    #[error("the generations of {0} could not be listed or begun")]
    Generation(&'static str, #[source] WriteError),
}

impl Fault {
    /// Will it pass by itself? Then it is tried again, for ever; else the projection stops.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Connection(_) => true,
            Self::Transaction(error) => is_transient(error),
            Self::Read(error) => match error {
                ReadError::Connection(_) => true,
                ReadError::Query(error) => is_transient(error),
                ReadError::Row(_) | ReadError::NotBuilt(_) => false,
            },
            Self::Write { source, .. } | Self::Generation(_, source) => source.is_transient(),
            Self::Log(error) => match error {
                linli_log::ReadError::Pool(_) => true,
                linli_log::ReadError::Postgres(error) => is_transient(error),
                linli_log::ReadError::Row(_) | linli_log::ReadError::Body { .. } => false,
            },
            // Ended: after an error that was told before.
            Self::Follow(FollowError::Ended) => true,
            Self::Follow(
                FollowError::NoSuccessor { .. }
                | FollowError::Ahead { .. }
                | FollowError::OtherHistory { .. },
            )
            | Self::Frame(_)
            | Self::Misplaced { .. }
            | Self::Fold { .. } => false,
        }
    }

    /// The error and what led to it, in one line.
    #[must_use]
    pub fn told(&self) -> String {
        let mut told = self.to_string();
        let mut source = std::error::Error::source(self);
        while let Some(error) = source {
            told.push_str(": ");
            told.push_str(&error.to_string());
            source = error.source();
        }
        told
    }
}
