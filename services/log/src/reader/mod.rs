//! Reading the log: by anyone, from anywhere, without a lock.

mod pool;

use bytes::Bytes;
use deadpool_postgres::{Object, Pool, PoolError};
use futures::Stream;
use tokio_postgres::types::ToSql;

use crate::district::District;
use crate::frame::{Frame, MalformedBody};
use crate::fresh::Fresh;
use crate::key::{self, KeyEntry};
use crate::row::{self, FRAME_COLUMNS, Head, RowError, bigint};

pub use pool::{PoolConfigError, READ_STATEMENT_MAX, pool, pool_within};

/// Most frames in a page: enough to fold some tens of thousands of records at once, small enough
/// that the answer comes in tens of milliseconds.
pub const PAGE_FRAMES_MAX: usize = 256;

/// Most bytes of bodies in a page, past the first frame: bounds what a reader holds to about twice
/// this. Eight of the longest frames.
pub const PAGE_BYTES_MAX: usize = 6 * 1024 * 1024;

/// Most records that [`LogReader::records`] answers at once: a page for a person or an auditor.
pub const RECORDS_MAX: usize = 1_000;

/// Why the log could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// No connection was to be had.
    #[error("no connection to the log was to be had")]
    Pool(#[from] PoolError),
    /// The server refused the question, or the connection was lost.
    #[error("the log could not be read")]
    Postgres(#[from] tokio_postgres::Error),
    /// A row is not as the schema has it.
    #[error("a row of the log is malformed")]
    Row(#[from] RowError),
    /// A frame can't be cut into its records.
    #[error("the frame that begins at {first} can't be cut into records")]
    Body {
        /// The frame's first position.
        first: u64,
        /// Where and why.
        #[source]
        source: MalformedBody,
    },
}

/// Reads any district's log. Cheap to clone; takes a connection from the pool for each question.
#[derive(Clone, Debug)]
pub struct LogReader {
    pool: Pool,
    fresh: Option<Fresh>,
}

impl LogReader {
    /// A reader over a pool; [`pool`] makes one with bounded waits.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self { pool, fresh: None }
    }

    /// Takes frames that a writer in this process has just committed from `fresh` instead of
    /// reading them back.
    #[must_use]
    pub fn with_fresh(self, fresh: Fresh) -> Self {
        Self { fresh: Some(fresh), ..self }
    }

    /// The newest frames of those who write in this process, if they are handed on to this reader.
    #[must_use]
    pub fn fresh(&self) -> Option<&Fresh> {
        self.fresh.as_ref()
    }

    /// The pool, for those who keep something beside the log.
    #[must_use]
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Where the log ends; `None` when it has no frame.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn head(&self, district: &District) -> Result<Option<Head>, ReadError> {
        let rows = self.ask(row::HEAD, &[&district.as_str()]).await?;
        Ok(rows.first().map(row::head).transpose()?)
    }

    /// The root at `position`, if a frame ends there.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn frame_end(
        &self,
        district: &District,
        position: u64,
    ) -> Result<Option<Head>, ReadError> {
        let sql = "SELECT last, root, recorded_at_us FROM log.frame \
            WHERE district = $1 AND last = $2";
        let rows = self.ask(sql, &[&district.as_str(), &bigint(position)]).await?;
        Ok(rows.first().map(row::head).transpose()?)
    }

    /// A page of the frames whose last position is after `position`, in order: at most
    /// [`PAGE_FRAMES_MAX`] of them and [`PAGE_BYTES_MAX`] bytes, but one at least where there is
    /// one. Empty when the log ends at `position`. If `position` is inside a frame, that frame is
    /// the first.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn frames_after(
        &self,
        district: &District,
        position: u64,
    ) -> Result<Vec<Frame>, ReadError> {
        self.frames_within(district, position, PAGE_BYTES_MAX).await
    }

    /// As [`frames_after`](Self::frames_after), a page of fewer bytes: for those who keep several.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn frames_within(
        &self,
        district: &District,
        position: u64,
        bytes_max: usize,
    ) -> Result<Vec<Frame>, ReadError> {
        self.page(district, position, PAGE_FRAMES_MAX, bytes_max).await
    }

    async fn page(
        &self,
        district: &District,
        position: u64,
        frames_max: usize,
        bytes_max: usize,
    ) -> Result<Vec<Frame>, ReadError> {
        let fresh = self.fresh.as_ref();
        let here = fresh.and_then(|fresh| fresh.after(district, position, frames_max, bytes_max));
        if let Some(page) = here {
            return Ok(page);
        }
        let sql = page_sql();
        let frames_max = i64::try_from(frames_max.min(PAGE_FRAMES_MAX)).unwrap_or(i64::MAX);
        let bytes_max = i64::try_from(bytes_max.min(PAGE_BYTES_MAX)).unwrap_or(i64::MAX);
        let rows = self
            .ask(&sql, &[&district.as_str(), &bigint(position), &frames_max, &bytes_max])
            .await?;
        Ok(rows.iter().map(row::frame).collect::<Result<_, _>>()?)
    }

    /// All frames after `position` up to where the log ends when the stream gets there, page by
    /// page in constant memory. Ends after the first error.
    pub fn stream(
        &self,
        district: &District,
        position: u64,
    ) -> impl Stream<Item = Result<Frame, ReadError>> + Send + 'static {
        let (reader, district) = (self.clone(), district.clone());
        let pages = futures::stream::try_unfold(position, move |position| {
            let (reader, district) = (reader.clone(), district.clone());
            async move {
                let page = reader.frames_after(&district, position).await?;
                let next = page.last().map(|frame| frame.last);
                Ok::<_, ReadError>(next.map(|next| (page, next)))
            }
        });
        futures::TryStreamExt::try_flatten(futures::TryStreamExt::map_ok(pages, |page| {
            futures::stream::iter(page.into_iter().map(Ok))
        }))
    }

    /// The records at the positions `first..=last` with their positions, in order; at most
    /// [`RECORDS_MAX`], so ask again after the last one. Fewer where the log ends before.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn records(
        &self,
        district: &District,
        first: u64,
        last: u64,
    ) -> Result<Vec<(u64, Bytes)>, ReadError> {
        let mut found = Vec::new();
        let mut position = first.max(1).saturating_sub(1);
        while position < last && found.len() < RECORDS_MAX {
            // Each frame holds a record at least, so more frames than records are of no use.
            let frames_max = usize::try_from(last.saturating_sub(position)).unwrap_or(usize::MAX);
            let page = self.page(district, position, frames_max, PAGE_BYTES_MAX).await?;
            let Some(end) = page.last().map(|frame| frame.last) else { break };
            for frame in &page {
                cut(frame, first..=last, &mut found)?;
            }
            position = end;
        }
        found.truncate(RECORDS_MAX);
        Ok(found)
    }

    /// Looks up commands by client and key, all in one round trip, in the order asked; `None` for
    /// a key that is not in the log.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn find_keys(
        &self,
        district: &District,
        keys: &[([u8; 16], &str)],
    ) -> Result<Vec<Option<KeyEntry>>, ReadError> {
        let rows = self.ask(key::FIND, &[&key::marks(district, keys)]).await?;
        Ok(key::in_order(&rows, keys)?)
    }

    async fn ask(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<tokio_postgres::Row>, ReadError> {
        let client: Object = self.pool.get().await?;
        let statement = client.prepare_cached(sql).await?;
        Ok(client.query(&statement, parameters).await?)
    }
}

/// Adds the records of `frame` that are in `wanted`, without copying.
fn cut(
    frame: &Frame,
    wanted: std::ops::RangeInclusive<u64>,
    found: &mut Vec<(u64, Bytes)>,
) -> Result<(), ReadError> {
    for (position, record) in (frame.first..).zip(frame.records()) {
        let record = record.map_err(|source| ReadError::Body { first: frame.first, source })?;
        if wanted.contains(&position) {
            found.push((position, frame.body.slice_ref(record)));
        }
    }
    Ok(())
}

/// A page of frames. Parameters: district, position, most frames, most bytes. The bodies are
/// pointers until the outer query sends them: the sum reads their lengths alone.
fn page_sql() -> String {
    format!(
        "SELECT {FRAME_COLUMNS} FROM (\
             SELECT {FRAME_COLUMNS}, sum(octet_length(body)) OVER (ORDER BY last) AS bytes, \
                 row_number() OVER (ORDER BY last) AS n \
             FROM (SELECT {FRAME_COLUMNS} FROM log.frame WHERE district = $1 AND last > $2 \
                 ORDER BY last LIMIT $3) page\
         ) page WHERE n = 1 OR bytes <= $4 ORDER BY last"
    )
}
