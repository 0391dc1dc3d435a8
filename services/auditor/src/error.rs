//! Why an audit could not run.

use linli_log::ReadError;
use thiserror::Error;

use crate::source::FetchError;

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
    /// The tiles could not be read.
    #[error("the tiles could not be read")]
    Tiles(#[from] linli_log::TileError),
    /// The checkpoints could not be read.
    #[error("the checkpoints could not be read")]
    Checkpoints(#[from] linli_log::checkpoint::CheckpointError),
    /// The stream could not be read.
    #[error("the stream could not be read; without --nats-url it is left out")]
    Stream(#[from] linli_log::stream::WalkError),
    /// There is no file `checkpoint`, or it is none.
    #[error("there is no checkpoint in that place")]
    NoCheckpoint,
    /// A file could not be read or written.
    #[error("{} could not be read or written", path.display())]
    File {
        /// Which.
        path: std::path::PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// What the audit has to remember could not be read again.
    #[error("what was written into the system's temporary folder could not be read again")]
    Remembered(#[source] std::io::Error),
    /// There are no certificates that could be believed.
    #[error("{} has no certificates to believe", path.display())]
    Certificates {
        /// Where they were sought.
        path: std::path::PathBuf,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A file could not be fetched.
    #[error("{url} could not be fetched")]
    Http {
        /// Which.
        url: String,
        /// Why.
        #[source]
        source: FetchError,
    },
    /// Only the database that holds the log has read models.
    #[error("read models are compared in the database alone; --log-only audits the log")]
    NotThere,
    /// What an earlier audit kept can't be gone on from.
    #[error("{} can't be gone on from; without it the audit begins at the first record", path.display())]
    Unresumable {
        /// The file.
        path: std::path::PathBuf,
        /// Why.
        #[source]
        source: crate::Unresumable,
    },
    /// No audit has kept anything there.
    #[error("no audit has kept anything in {}; linli audit verify --resume does", .0.display())]
    NothingKept(std::path::PathBuf),
    /// A record can't be read or followed.
    #[error("record {position} can't be followed: {what}")]
    Unfollowed {
        /// Where.
        position: u64,
        /// Why.
        what: String,
    },
    /// The source is not whole.
    #[error("{0}")]
    Broken(String),
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
