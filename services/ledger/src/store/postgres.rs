//! The log in PostgreSQL: appended over the connection that holds the lock, read over others.

use std::sync::Arc;

use futures::FutureExt;
use linli_log::fresh::Fill;
use linli_log::{AppendError, Frame, KeyEntry, KeyIndex, LogReader, LogWriter};

use crate::keys::Indexer;

use super::{Appending, Reading, Store, StoreError};

/// The log of a district in PostgreSQL, while its lock is held.
#[derive(Debug)]
pub struct Postgres {
    writer: LogWriter,
    reader: LogReader,
    /// Where readers in this process find what was just committed.
    fill: Option<Arc<Fill>>,
}

impl Postgres {
    /// Appends by `writer`; reads what is no longer remembered by `reader`.
    #[must_use]
    pub fn new(writer: LogWriter, reader: LogReader) -> Self {
        let end = writer.head().map_or(0, |head| head.last);
        let fill = reader.fresh().map(|fresh| Arc::new(fresh.begin(writer.district(), end)));
        Self { writer, reader, fill }
    }

    /// The writer.
    #[must_use]
    pub fn writer(&self) -> &LogWriter {
        &self.writer
    }

    /// Gives the lock back and closes the connection: for a hand-over.
    pub async fn close(self) {
        self.writer.close().await;
    }
}

impl Store for Postgres {
    fn append(&self, frame: Frame) -> Appending {
        let append = self.writer.append(&frame);
        let fill = self.fill.clone();
        append
            .map(move |outcome| {
                outcome.map_err(StoreError::from)?;
                if let Some(fill) = fill {
                    fill.push(frame);
                }
                Ok(())
            })
            .boxed()
    }

    fn confirm(&self) -> Appending {
        let word = self.writer.confirm();
        // Nothing was sent that could be done or not.
        word.map(|outcome| outcome.map_err(|error| StoreError::Refused(error.into()))).boxed()
    }

    async fn find_keys(
        &self,
        keys: &[([u8; 16], &str)],
    ) -> Result<Vec<Option<KeyEntry>>, StoreError> {
        self.writer.find_keys(keys).await.map_err(|error| StoreError::Unknown(error.into()))
    }

    fn indexer(&self, from: u64) -> Option<Indexer> {
        let (reader, district) = (self.reader.clone(), self.writer.district().clone());
        let index = KeyIndex::new(reader.pool().clone(), district.clone());
        Some(Indexer::start(index, reader, district, from))
    }

    fn records(&self, first: u64, last: u64) -> Reading {
        let (reader, district) = (self.reader.clone(), self.writer.district().clone());
        async move {
            let found = reader.records(&district, first, last).await;
            found.map_err(|error| StoreError::Refused(error.into()))
        }
        .boxed()
    }

    async fn lost(&self) {
        self.writer.lost().await;
    }
}

impl From<AppendError> for StoreError {
    fn from(error: AppendError) -> Self {
        match &error {
            AppendError::Refused(_) => Self::Refused(error.into()),
            AppendError::Conflict(_) => Self::Conflict(error.into()),
            AppendError::Unknown(_) => Self::Unknown(error.into()),
        }
    }
}
