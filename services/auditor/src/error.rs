//! Why an audit could not run.

use linli_log::ReadError;
use thiserror::Error;

/// Why an audit could not run to its end. What is *wrong* is a [`Finding`](crate::Finding); this
/// says that nobody knows.
#[derive(Debug, Error)]
pub enum AuditError {
    /// The log could not be read.
    #[error("the log could not be read")]
    Log(#[from] ReadError),
    /// The read models could not be read.
    #[error("the read models could not be read; --log-only audits the log without them")]
    ReadModels(#[from] linli_readmodel::ReadError),
    /// No projector has ever made a read model here.
    #[error("there are no read models to compare; --log-only audits the log without them")]
    NoReadModels,
    /// The district's name is not one.
    #[error("the district's name is not one")]
    District,
    /// The index of keys could not be read.
    #[error("the index of keys could not be read")]
    Keys(#[source] tokio_postgres::Error),
    /// No connection was to be had.
    #[error("no connection to the log was to be had")]
    Connection(#[from] deadpool_postgres::PoolError),
    /// A part of the audit ended by itself: a fault of this program.
    #[error("a part of the audit ended by itself")]
    Ended(#[from] tokio::task::JoinError),
}
