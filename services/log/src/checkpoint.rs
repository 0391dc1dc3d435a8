//! Signed notes about the log, kept for good. What a note says and who signed it is its writer's
//! business.

use deadpool_postgres::{Pool, PoolError};
use tokio_postgres::Row;

use crate::district::District;
use crate::row::{RowError, bigint, position};

/// Most notes that are answered at once.
pub const PAGE_MAX: i64 = 1_000;

/// The witnesses' lines follow the log's own, so that one note says it all.
pub(crate) const SELECT: &str = "SELECT size, note || coalesce((\
         SELECT string_agg(line, '' ORDER BY witness) FROM log.cosignature c \
         WHERE c.district = p.district AND c.size = p.size), '') AS note \
     FROM log.checkpoint p";

/// A signed note over the tree of a size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// How many records the tree had.
    pub size: u64,
    /// The note, in the C2SP signed-note form; with the lines of those who cosigned it, where it
    /// was read.
    pub note: String,
}

/// Why a checkpoint could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// No connection was to be had.
    #[error("no connection for the checkpoint was to be had")]
    Pool(#[from] PoolError),
    /// The server refused, or the connection was lost. There can't be two notes for one size.
    #[error("the checkpoint could not be written or read")]
    Postgres(#[from] tokio_postgres::Error),
    /// A row is not as the schema has it.
    #[error("a checkpoint's row is malformed")]
    Row(#[from] RowError),
}

/// The checkpoints of one district.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    pool: Pool,
    district: District,
}

impl Checkpoints {
    /// The checkpoints of a district over a pool.
    #[must_use]
    pub fn new(pool: Pool, district: District) -> Self {
        Self { pool, district }
    }

    /// Keeps a note.
    ///
    /// # Errors
    /// [`CheckpointError::Postgres`], a unique violation too, when the size has a note already.
    pub async fn put(&self, checkpoint: &Checkpoint) -> Result<(), CheckpointError> {
        let sql = "INSERT INTO log.checkpoint (district, size, note) VALUES ($1, $2, $3)";
        let client = self.pool.get().await?;
        let (district, size) = (self.district.as_str(), bigint(checkpoint.size));
        client.execute(sql, &[&district, &size, &checkpoint.note]).await?;
        Ok(())
    }

    /// The note over the largest tree; `None` when there is none.
    ///
    /// # Errors
    /// [`CheckpointError`].
    pub async fn newest(&self) -> Result<Option<Checkpoint>, CheckpointError> {
        self.first("ORDER BY size DESC LIMIT 1", 0).await
    }

    /// The note over the smallest tree that has at least `size` records; `None` when no tree so
    /// large was signed yet.
    ///
    /// # Errors
    /// [`CheckpointError`].
    pub async fn covering(&self, size: u64) -> Result<Option<Checkpoint>, CheckpointError> {
        self.first("ORDER BY size LIMIT 1", size).await
    }

    /// Keeps what a witness signed over the note of a size; what it signed first stays.
    ///
    /// # Errors
    /// [`CheckpointError`]; a foreign key's violation where the size has no note.
    pub async fn cosigned(
        &self,
        size: u64,
        witness: &str,
        line: &str,
    ) -> Result<(), CheckpointError> {
        let sql = "INSERT INTO log.cosignature (district, size, witness, line) \
            VALUES ($1, $2, $3, $4) ON CONFLICT (district, size, witness) DO NOTHING";
        let client = self.pool.get().await?;
        client.execute(sql, &[&self.district.as_str(), &bigint(size), &witness, &line]).await?;
        Ok(())
    }

    /// The notes over trees of more than `after` and at most `upto` records, smallest first, at
    /// most [`PAGE_MAX`]: ask again after the last one.
    ///
    /// # Errors
    /// [`CheckpointError`].
    pub async fn between(&self, after: u64, upto: u64) -> Result<Vec<Checkpoint>, CheckpointError> {
        let sql = format!(
            "{SELECT} WHERE district = $1 AND size > $2 AND size <= $3 ORDER BY size LIMIT $4"
        );
        let client = self.pool.get().await?;
        let statement = client.prepare_cached(&sql).await?;
        let (after, upto) = (bigint(after), bigint(upto));
        let district = self.district.as_str();
        let rows = client.query(&statement, &[&district, &after, &upto, &PAGE_MAX]).await?;
        rows.iter().map(checkpoint).collect()
    }

    async fn first(
        &self,
        tail: &str,
        at_least: u64,
    ) -> Result<Option<Checkpoint>, CheckpointError> {
        let sql = format!("{SELECT} WHERE district = $1 AND size >= $2 {tail}");
        let client = self.pool.get().await?;
        let statement = client.prepare_cached(&sql).await?;
        let row =
            client.query_opt(&statement, &[&self.district.as_str(), &bigint(at_least)]).await?;
        row.as_ref().map(checkpoint).transpose()
    }
}

fn checkpoint(row: &Row) -> Result<Checkpoint, CheckpointError> {
    let size = position(row.try_get(0)?, "log.checkpoint.size")?;
    Ok(Checkpoint { size, note: row.try_get(1)? })
}
