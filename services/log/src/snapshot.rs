//! Snapshots: a state written down so that a start need not replay the whole log. Disposable;
//! the log knows their bytes, not what they mean.

use bytes::Bytes;
use deadpool_postgres::{Pool, PoolError};
use futures::{Stream, TryStreamExt};

use crate::district::District;
use crate::row::{RowError, bigint, position};

/// Longest part of a snapshot, in bytes. A part is a message and a value, held whole on both
/// sides: some megabytes keep both small, and the number of round trips too.
pub const SNAPSHOT_PART_BYTES_MAX: usize = 4 * 1024 * 1024;

/// A snapshot without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The state is that after the record at this position.
    pub position: u64,
    /// Version of the body's form; a snapshot of another form is not read.
    pub format: i32,
    /// The owner's digest of the state, to check what was read.
    pub digest: Vec<u8>,
    /// Length of the body, in bytes.
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
}

/// The snapshots of one district. Uses the pool, so that the writer's connection is never in its
/// way.
#[derive(Clone, Debug)]
pub struct Snapshots {
    pool: Pool,
    district: District,
}

impl Snapshots {
    /// The snapshots of a district over a pool whose login may write.
    #[must_use]
    pub fn new(pool: Pool, district: District) -> Self {
        Self { pool, district }
    }

    /// Writes a snapshot whole, in one transaction; takes the place of one with the same position
    /// and format. `parts` is the body in pieces of at most [`SNAPSHOT_PART_BYTES_MAX`] each; one
    /// is asked for when the one before it is written, so the body need never be there whole.
    /// Answers the length of the body in bytes.
    ///
    /// # Errors
    /// [`SnapshotError`]; there is then no new snapshot.
    pub async fn put(
        &self,
        at: u64,
        format: i32,
        digest: &[u8],
        parts: impl IntoIterator<Item = Bytes>,
    ) -> Result<u64, SnapshotError> {
        let (district, at) = (self.district.as_str(), bigint(at));
        let mut client = self.pool.get().await?;
        let work = client.transaction().await?;
        let delete =
            "DELETE FROM log.snapshot WHERE district = $1 AND format = $2 AND position = $3";
        work.execute(delete, &[&district, &format, &at]).await?;
        let insert = work
            .prepare(
                "INSERT INTO log.snapshot_part (district, format, position, part, body) \
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .await?;
        let mut bytes = 0_u64;
        for (part, piece) in (0_i32..).zip(parts) {
            if piece.len() > SNAPSHOT_PART_BYTES_MAX {
                return Err(SnapshotError::PartTooLong { bytes: piece.len() });
            }
            work.execute(&insert, &[&district, &format, &at, &part, &&*piece]).await?;
            bytes = bytes.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        }
        let insert = "INSERT INTO log.snapshot (district, format, position, digest, bytes) \
             VALUES ($1, $2, $3, $4, $5)";
        work.execute(insert, &[&district, &format, &at, &digest, &bigint(bytes)]).await?;
        work.commit().await?;
        Ok(bytes)
    }

    /// The newest snapshot of a format; `None` when there is none.
    ///
    /// # Errors
    /// [`SnapshotError`].
    pub async fn newest(&self, format: i32) -> Result<Option<Snapshot>, SnapshotError> {
        let sql = "SELECT position, digest, bytes FROM log.snapshot \
             WHERE district = $1 AND format = $2 ORDER BY position DESC LIMIT 1";
        let client = self.pool.get().await?;
        let Some(row) = client.query_opt(sql, &[&self.district.as_str(), &format]).await? else {
            return Ok(None);
        };
        Ok(Some(Snapshot {
            position: position(row.try_get(0)?, "log.snapshot.position")?,
            format,
            digest: row.try_get(1)?,
            bytes: position(row.try_get(2)?, "log.snapshot.bytes")?,
        }))
    }

    /// The body of a snapshot, part by part as it was put. Ends early where the snapshot was
    /// pruned meanwhile: hold the sum of the lengths against [`Snapshot::bytes`].
    ///
    /// # Errors
    /// [`SnapshotError`], for the question and for each part.
    pub async fn parts(
        &self,
        snapshot: &Snapshot,
    ) -> Result<impl Stream<Item = Result<Bytes, SnapshotError>> + Send + use<>, SnapshotError>
    {
        let sql = "SELECT body FROM log.snapshot_part \
             WHERE district = $1 AND format = $2 AND position = $3 ORDER BY part";
        let client = self.pool.get().await?;
        // As long as it takes: a body of some hundred megabytes is read in one go.
        client.batch_execute("SET statement_timeout = 0").await?;
        let district = self.district.as_str();
        let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 3] =
            [&district, &snapshot.format, &bigint(snapshot.position)];
        let rows = client.query_raw(sql, parameters).await?;
        // Not back to the pool: its statements are bounded there, and the rest may be unread.
        let client = deadpool_postgres::Object::take(client);
        Ok(rows.map_err(SnapshotError::from).and_then(move |row| {
            let _open = &client;
            std::future::ready(
                row.try_get::<_, &[u8]>(0).map(Bytes::copy_from_slice).map_err(SnapshotError::from),
            )
        }))
    }

    /// The body of a snapshot in one piece.
    ///
    /// # Errors
    /// [`SnapshotError`].
    pub async fn body(&self, snapshot: &Snapshot) -> Result<Vec<u8>, SnapshotError> {
        let capacity = usize::try_from(snapshot.bytes).unwrap_or_default();
        let mut body = Vec::with_capacity(capacity);
        let mut parts = std::pin::pin!(self.parts(snapshot).await?);
        while let Some(part) = parts.try_next().await? {
            body.extend_from_slice(&part);
        }
        Ok(body)
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
