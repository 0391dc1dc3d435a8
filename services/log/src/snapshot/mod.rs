//! Snapshots: a state written down so that a start need not replay the whole log. Disposable;
//! the log knows their bytes, not what they mean.
//!
//! A snapshot is a row of parts, each with its digest, under a head with the digest of those
//! digests: so it can be written and read a part at a time, and checked on several cores.

mod part;
mod verify;

use bytes::Bytes;
use deadpool_postgres::{ClientWrapper, Object, Pool, PoolError};
use futures::{Stream, StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};
use tokio_postgres::types::ToSql;

use crate::district::District;
use crate::lock::{self, Purpose};
use crate::row::{RowError, bigint, position};

pub use part::{DamagedPart, Part};

/// Longest part of a snapshot, in bytes. A part is a message and a value, held whole on both
/// sides: some megabytes keep both small, and the number of round trips too.
pub const SNAPSHOT_PART_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Most snapshots that are listed: more than are ever kept.
const LIST_MAX: i64 = 8;

/// A snapshot without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The state is that after the record at this position.
    pub position: u64,
    /// Version of the body's form; a snapshot of another form is not read.
    pub format: i32,
    /// SHA-256 over the digests of its parts.
    pub digest: Vec<u8>,
    /// Length of all parts, in bytes.
    pub bytes: u64,
}

/// Why a snapshot could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// No connection was to be had.
    #[error("no connection for the snapshot was to be had")]
    Pool(#[from] PoolError),
    /// The server refused, or the connection was lost.
    #[error("the snapshot could not be written or read")]
    Postgres(#[from] tokio_postgres::Error),
    /// A row is not as the schema has it.
    #[error("a snapshot's row is malformed")]
    Row(#[from] RowError),
    /// A part is longer than [`SNAPSHOT_PART_BYTES_MAX`].
    #[error("a part of {bytes} bytes is too long for a snapshot")]
    PartTooLong {
        /// Its length.
        bytes: usize,
    },
    /// Whoever made the parts gave up.
    #[error("the writing of the snapshot was called off")]
    CalledOff,
    /// The parts are not those that were written: one is missing or another.
    #[error("the snapshot's parts are not those that were written")]
    Parts,
}

/// The snapshots of one district. Uses the pool, so that the writer's connection is never in its
/// way.
#[derive(Clone, Debug)]
pub struct Snapshots {
    pool: Pool,
    district: District,
}

/// The right to make the district's next snapshot, lest two processes do it at once. Nothing
/// breaks without it: it only saves work. Ends when it is dropped, with its connection.
#[derive(Debug)]
pub struct Claim {
    _connection: ClientWrapper,
}

impl Snapshots {
    /// The snapshots of a district over a pool whose login may write.
    #[must_use]
    pub fn new(pool: Pool, district: District) -> Self {
        Self { pool, district }
    }

    /// Claims the making of the next snapshot; `None` while somebody else has it.
    ///
    /// # Errors
    /// [`SnapshotError`].
    pub async fn claim(&self) -> Result<Option<Claim>, SnapshotError> {
        let client = self.pool.get().await?;
        let key = lock::key(Purpose::Snapshot, self.district.as_str());
        let row = client.query_one("SELECT pg_try_advisory_lock($1)", &[&key]).await?;
        let is_free: bool = row.try_get(0)?;
        Ok(is_free.then(|| Claim { _connection: Object::take(client) }))
    }

    /// Writes a snapshot whole, in one transaction; takes the place of one with the same position
    /// and format. A part of at most [`SNAPSHOT_PART_BYTES_MAX`] is asked for when the one before
    /// it is written, so the body need never be there whole; `None` among them calls it off.
    /// Answers the snapshot.
    ///
    /// # Errors
    /// [`SnapshotError`]; there is then no new snapshot.
    pub async fn put(
        &self,
        at: u64,
        format: i32,
        parts: impl Stream<Item = Option<Part>>,
    ) -> Result<Snapshot, SnapshotError> {
        let (district, first) = (self.district.as_str(), bigint(at));
        let mut client = self.pool.get().await?;
        let work = client.transaction().await?;
        let delete =
            "DELETE FROM log.snapshot WHERE district = $1 AND format = $2 AND position = $3";
        work.execute(delete, &[&district, &format, &first]).await?;
        let insert = work
            .prepare(
                "INSERT INTO log.snapshot_part (district, format, position, part, body) \
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .await?;
        let (mut bytes, mut digests) = (0_u64, Sha256::new());
        let mut parts = std::pin::pin!(parts.enumerate());
        while let Some((number, part)) = parts.next().await {
            let part = part.ok_or(SnapshotError::CalledOff)?;
            if part.len_bytes() > SNAPSHOT_PART_BYTES_MAX {
                return Err(SnapshotError::PartTooLong { bytes: part.len_bytes() });
            }
            let number = i32::try_from(number).unwrap_or(i32::MAX);
            work.execute(&insert, &[&district, &format, &first, &number, &&*part.0]).await?;
            digests.update(part.digest());
            bytes = bytes.saturating_add(u64::try_from(part.len_bytes()).unwrap_or(u64::MAX));
        }
        let digest = digests.finalize().to_vec();
        let insert = "INSERT INTO log.snapshot (district, format, position, digest, bytes) \
             VALUES ($1, $2, $3, $4, $5)";
        work.execute(insert, &[&district, &format, &first, &digest, &bigint(bytes)]).await?;
        work.commit().await?;
        Ok(Snapshot { position: at, format, digest, bytes })
    }

    /// The snapshots of a format, newest first.
    ///
    /// # Errors
    /// [`SnapshotError`].
    pub async fn list(&self, format: i32) -> Result<Vec<Snapshot>, SnapshotError> {
        let sql = "SELECT position, digest, bytes FROM log.snapshot \
             WHERE district = $1 AND format = $2 ORDER BY position DESC LIMIT $3";
        let client = self.pool.get().await?;
        let rows = client.query(sql, &[&self.district.as_str(), &format, &LIST_MAX]).await?;
        let snapshot = |row: &tokio_postgres::Row| {
            Ok(Snapshot {
                position: position(row.try_get(0)?, "log.snapshot.position")?,
                format,
                digest: row.try_get(1)?,
                bytes: position(row.try_get(2)?, "log.snapshot.bytes")?,
            })
        };
        rows.iter().map(snapshot).collect()
    }

    /// The newest snapshot of a format; `None` when there is none.
    ///
    /// # Errors
    /// [`SnapshotError`].
    pub async fn newest(&self, format: i32) -> Result<Option<Snapshot>, SnapshotError> {
        Ok(self.list(format).await?.into_iter().next())
    }

    /// The parts of a snapshot as they were put, ending with [`SnapshotError::Parts`] where they
    /// are not all there, as when the snapshot was pruned meanwhile. What is *in* a part is
    /// checked by [`Part::open`], on whatever core has the time.
    ///
    /// # Errors
    /// [`SnapshotError`], for the question and for each part.
    pub async fn parts(
        &self,
        snapshot: &Snapshot,
    ) -> Result<impl Stream<Item = Result<Part, SnapshotError>> + Send + use<>, SnapshotError> {
        let sql = "SELECT body FROM log.snapshot_part \
             WHERE district = $1 AND format = $2 AND position = $3 ORDER BY part";
        let client = self.pool.get().await?;
        // As long as it takes: a body of some hundred megabytes is read in one go.
        client.batch_execute("SET statement_timeout = 0").await?;
        let district = self.district.as_str();
        let parameters: [&(dyn ToSql + Sync); 3] =
            [&district, &snapshot.format, &bigint(snapshot.position)];
        let rows = client.query_raw(sql, parameters).await?;
        // Not back to the pool: its statements are bounded there, and the rest may be unread.
        let client = Object::take(client);
        let expected = snapshot.digest.clone();
        let state = Some((Box::pin(rows), client, Sha256::new()));
        Ok(futures::stream::try_unfold(state, move |state| {
            let expected = expected.clone();
            async move {
                let Some((mut rows, client, mut digests)) = state else { return Ok(None) };
                let Some(row) = rows.try_next().await? else {
                    let is_whole = digests.finalize().as_slice() == expected;
                    return if is_whole { Ok(None) } else { Err(SnapshotError::Parts) };
                };
                let part = Part(Bytes::copy_from_slice(row.try_get(0)?));
                digests.update(part.digest());
                Ok(Some((part, Some((rows, client, digests)))))
            }
        }))
    }

    /// Deletes all but the `keep` newest snapshots, of any format. Answers how many went.
    ///
    /// # Errors
    /// [`SnapshotError`].
    pub async fn prune(&self, keep: u32) -> Result<u64, SnapshotError> {
        let sql = "DELETE FROM log.snapshot WHERE (district, format, position) IN (\
                 SELECT district, format, position FROM log.snapshot WHERE district = $1 \
                 ORDER BY position DESC, format DESC OFFSET $2)";
        let client = self.pool.get().await?;
        Ok(client.execute(sql, &[&self.district.as_str(), &i64::from(keep)]).await?)
    }
}
