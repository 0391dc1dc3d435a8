//! The index of keys as a projection of the frames: moved on beside the writer, frame after frame,
//! its rows and its position in one transaction.

use deadpool_postgres::{Client, Pool, PoolError};
use tokio_postgres::error::SqlState;

use super::{FIND, KeyEntry, Mark, in_order, marks};
use crate::district::District;
use crate::row::{RowError, bigint, position};

/// Rows and position, if the position is still the one that was read. Parameters: district, from,
/// to, then the columns of the keys. Answers whether it was.
const ADVANCE: &str = "\
    WITH moved AS (\
        UPDATE log.key_index SET position = $3 WHERE district = $1 AND position = $2 RETURNING 1\
    ), added AS (\
        INSERT INTO log.key (district, mark, body_hash, first, last) \
        SELECT $1, k.* FROM moved CROSS JOIN \
            unnest($4::uuid[], $5::bytea[], $6::bigint[], $7::bigint[]) k\
    ) \
    SELECT count(*) > 0 FROM moved";

/// The rows are made of the log, and are made again when the server loses them with the position
/// in a crash. So the disk is left to the frames.
const SETUP: &str = "SET LOCAL synchronous_commit = off; SET LOCAL ROLE linli_writer";

/// The index of a district's keys. Cheap to clone; takes a connection from the pool for each step.
/// Two that move the same index on are safe: each step names the position before it.
#[derive(Clone, Debug)]
pub struct KeyIndex {
    pool: Pool,
    district: District,
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Advance {
    /// The index has moved on.
    Moved,
    /// It was not at the position that was named: somebody else has moved it on.
    Elsewhere,
}

/// Why the index was not moved on.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// No connection was to be had.
    #[error("no connection to the index of keys was to be had")]
    Pool(#[from] PoolError),
    /// The server refused, or the connection was lost.
    #[error("the index of keys could not be moved on")]
    Postgres(#[from] tokio_postgres::Error),
    /// A row is not as the schema has it.
    #[error("a row of the index of keys is malformed")]
    Row(#[from] RowError),
    /// Two commands have one key: what must never be. Nothing was written.
    #[error("key {key:?} stands for the records from {there} and for those from {here}")]
    Conflict {
        /// The key.
        key: Box<str>,
        /// First position of what the index has under it.
        there: u64,
        /// First position of what it was to have.
        here: u64,
    },
}

impl KeyIndex {
    /// The index of this district's keys.
    #[must_use]
    pub fn new(pool: Pool, district: District) -> Self {
        Self { pool, district }
    }

    /// Up to which position all keys are in it; 0 for a district that has none yet.
    ///
    /// # Errors
    /// [`IndexError`].
    pub async fn position(&self) -> Result<u64, IndexError> {
        let client = self.pool.get().await?;
        let sql = "SELECT position FROM log.key_index WHERE district = $1";
        let statement = client.prepare_cached(sql).await?;
        let row = client.query_opt(&statement, &[&self.district.as_str()]).await?;
        let found = row.map(|row| row.try_get(0)).transpose()?;
        Ok(position(found.unwrap_or_default(), "log.key_index.position")?)
    }

    /// Adds the keys of all records after `from` up to `to`, and moves the position there.
    ///
    /// Keys that the index has already for the very same records are left as they are: a writer of
    /// an older version commits keys with their frames.
    ///
    /// # Errors
    /// [`IndexError`]; nothing was written then.
    pub async fn advance(
        &self,
        from: u64,
        to: u64,
        keys: &[KeyEntry],
    ) -> Result<Advance, IndexError> {
        let mut client = self.pool.get().await?;
        match self.write(&mut client, from, to, keys).await {
            Err(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => {
                let missing = self.missing(&client, keys).await?;
                // Whatever is twice among the rest is refused here.
                let written = self.write(&mut client, from, to, &missing).await;
                written.map_err(|error| twice(&missing, error))
            }
            written => Ok(written?),
        }
    }

    async fn write(
        &self,
        client: &mut Client,
        from: u64,
        to: u64,
        keys: &[KeyEntry],
    ) -> Result<Advance, tokio_postgres::Error> {
        // In the order of the tree, so that a page of it is looked for and written once.
        let mut sorted: Vec<(Mark, &KeyEntry)> =
            keys.iter().map(|entry| (entry.mark(&self.district), entry)).collect();
        sorted.sort_unstable_by_key(|(mark, _)| *mark);
        let marks: Vec<Mark> = sorted.iter().map(|(mark, _)| *mark).collect();
        let hashes: Vec<&[u8]> = sorted.iter().map(|(_, it)| it.body_hash.as_slice()).collect();
        let firsts: Vec<i64> = sorted.iter().map(|(_, it)| bigint(it.first)).collect();
        let lasts: Vec<i64> = sorted.iter().map(|(_, it)| bigint(it.last)).collect();
        let district = self.district.as_str();
        let transaction = client.transaction().await?;
        transaction.batch_execute(SETUP).await?;
        if from == 0 {
            let begin = "INSERT INTO log.key_index (district, position) VALUES ($1, 0) \
                ON CONFLICT DO NOTHING";
            transaction.execute(begin, &[&district]).await?;
        }
        let statement = transaction.prepare_cached(ADVANCE).await?;
        let row = transaction
            .query_one(
                &statement,
                &[&district, &bigint(from), &bigint(to), &marks, &hashes, &firsts, &lasts],
            )
            .await?;
        let moved: bool = row.try_get(0)?;
        transaction.commit().await?;
        Ok(if moved { Advance::Moved } else { Advance::Elsewhere })
    }

    /// The keys that the index does not have.
    async fn missing(
        &self,
        client: &Client,
        keys: &[KeyEntry],
    ) -> Result<Vec<KeyEntry>, IndexError> {
        let asked: Vec<([u8; 16], &str)> =
            keys.iter().map(|entry| (entry.client, &*entry.key)).collect();
        let statement = client.prepare_cached(FIND).await?;
        let rows = client.query(&statement, &[&marks(&self.district, &asked)]).await?;
        let mut missing = Vec::new();
        for (entry, found) in keys.iter().zip(in_order(&rows, &asked)?) {
            match found {
                None => missing.push(entry.clone()),
                Some(found) if found == *entry => {}
                Some(found) => return Err(conflict(entry, found.first)),
            }
        }
        Ok(missing)
    }
}

/// Why keys that the index does not have were refused by it.
fn twice(keys: &[KeyEntry], error: tokio_postgres::Error) -> IndexError {
    let mut sorted: Vec<&KeyEntry> = keys.iter().collect();
    sorted.sort_by(|one, other| {
        (one.client, &one.key, one.first).cmp(&(other.client, &other.key, other.first))
    });
    let twice = sorted.windows(2).find_map(|pair| match pair {
        [one, other] if one.client == other.client && one.key == other.key => Some((one, other)),
        _ => None,
    });
    match twice {
        Some((one, other)) => conflict(other, one.first),
        None => error.into(),
    }
}

fn conflict(entry: &KeyEntry, there: u64) -> IndexError {
    IndexError::Conflict { key: entry.key.clone(), there, here: entry.first }
}
