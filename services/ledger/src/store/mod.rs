//! What a writer asks of the place that keeps its log.
//!
//! [`Postgres`] is the one that ledgers run on. Others stand in its place to be measured against
//! or to be simulated: a file, nothing at all, a model.

mod postgres;

use bytes::Bytes;
use futures::future::BoxFuture;
use linli_log::{Frame, KeyEntry};

use crate::keys::Indexer;

pub use postgres::Postgres;

/// Why a store has not done what it was asked, as far as it knows.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Not done: it said so, and may do it another time.
    #[error("the store refused")]
    Refused(#[source] Source),
    /// Not done: the frame does not follow what is there.
    #[error("the frame conflicts with the log")]
    Conflict(#[source] Source),
    /// Done or not, nobody here knows.
    #[error("whether it was done is not known")]
    Unknown(#[source] Source),
}

/// What is behind a [`StoreError`].
pub type Source = Box<dyn std::error::Error + Send + Sync>;

/// The outcome of an append. It goes on whether or not it is polled; dropping it does not undo it.
/// The answer to whatever is asked after it may wait until it is taken.
pub type Appending = BoxFuture<'static, Result<(), StoreError>>;

/// Records with their positions, as they are being read.
pub type Reading = BoxFuture<'static, Result<Vec<(u64, Bytes)>, StoreError>>;

/// The place that keeps a district's log, as its one writer sees it.
pub trait Store: Send + Sync {
    /// Commits a frame durably. Frames are committed in the order of the calls; one that fails
    /// makes those after it fail. It is on its way when this returns.
    fn append(&self, frame: Frame) -> Appending;

    /// Waits for the store's word that nobody else can have appended by the time that this was
    /// called. It is on its way when this returns. Fails as [`append`](Self::append) does where
    /// somebody can have, though nothing is written.
    fn confirm(&self) -> Appending;

    /// Looks up commands by client and key, in the order asked; `None` for a key that the index
    /// does not have.
    ///
    /// # Errors
    /// [`StoreError`] when the index could not be asked.
    fn find_keys(
        &self,
        keys: &[([u8; 16], &str)],
    ) -> impl Future<Output = Result<Vec<Option<KeyEntry>>, StoreError>> + Send;

    /// Begins to move the index of keys on behind the frames, from a position; none where the index
    /// has all keys as soon as the store has their frame.
    fn indexer(&self, from: u64) -> Option<Indexer> {
        let _from = from;
        None
    }

    /// Reads the durable records from `first` to `last`, as many of them as there are.
    fn records(&self, first: u64, last: u64) -> Reading;

    /// Waits until it is sure that nothing can be appended any more.
    fn lost(&self) -> impl Future<Output = ()> + Send;
}
