//! The index of idempotency keys: which command became which records.

mod index;

use crate::row::{RowError, bytes_32, position};

pub use index::{Advance, IndexError, KeyIndex};

/// Longest key, in characters.
pub const KEY_CHARS_MAX: usize = 128;

/// A command that is in the log, by the key that its sender gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyEntry {
    /// Who sent it.
    pub client: [u8; 16],
    /// The sender's key: 1 to 128 characters, none of them NUL (PostgreSQL's `text` has none).
    pub key: Box<str>,
    /// SHA-256 of the command's body, to tell a repeat from another command under the same key.
    pub body_hash: [u8; 32],
    /// Position of the first record that it became.
    pub first: u64,
    /// Position of the last record that it became.
    pub last: u64,
}

/// Looks up many keys at once, one index probe each (a lateral limit leaves the planner no other
/// way, whatever it believes about the table). Parameters: district, clients, keys. Answers the
/// ordinal of the question (from 1), then what [`from_row`] reads.
pub(crate) const FIND: &str = "\
    SELECT q.n, k.client, k.key, k.body_hash, k.first, k.last \
    FROM unnest($2::bytea[], $3::text[]) WITH ORDINALITY AS q(client, key, n) \
    CROSS JOIN LATERAL (\
        SELECT * FROM log.key k \
        WHERE k.district = $1 AND k.client = q.client AND k.key = q.key LIMIT 1\
    ) k";

/// Reads an entry, from column `at` on.
pub(crate) fn from_row(row: &tokio_postgres::Row, at: usize) -> Result<KeyEntry, RowError> {
    let column = |offset: usize| at.saturating_add(offset);
    let client: &[u8] = row.try_get(column(0))?;
    Ok(KeyEntry {
        client: client.try_into().map_err(|_| RowError::Shape("log.key.client"))?,
        key: row.try_get::<_, &str>(column(1))?.into(),
        body_hash: bytes_32(row.try_get(column(2))?, "log.key.body_hash")?,
        first: position(row.try_get(column(3))?, "log.key.first")?,
        last: position(row.try_get(column(4))?, "log.key.last")?,
    })
}

/// Puts the rows that [`FIND`] answered in the order of the questions; `None` for a key that is
/// not in the log.
pub(crate) fn in_order(
    rows: &[tokio_postgres::Row],
    questions: usize,
) -> Result<Vec<Option<KeyEntry>>, RowError> {
    let mut found = vec![None; questions];
    for row in rows {
        let ordinal: i64 = row.try_get(0)?;
        let place = usize::try_from(ordinal.saturating_sub(1)).ok();
        let slot = place.and_then(|place| found.get_mut(place));
        *slot.ok_or(RowError::Shape("ordinal of a key"))? = Some(from_row(row, 1)?);
    }
    Ok(found)
}
