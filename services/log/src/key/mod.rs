//! The index of idempotency keys: which command became which records.

mod index;
mod mark;

use crate::district::District;
use crate::row::{RowError, bytes_32, position};

pub use index::{Advance, IndexError, KeyIndex};
pub use mark::Mark;

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

impl KeyEntry {
    /// By what it is found in a district's index.
    #[must_use]
    pub fn mark(&self, district: &District) -> Mark {
        Mark::of(district.as_str(), &self.client, &self.key)
    }
}

/// Looks up many marks at once, one index probe each (a lateral limit leaves the planner no other
/// way, whatever it believes about the table). Parameter: the marks. Answers the ordinal of the
/// question (from 1), then what [`in_order`] reads.
pub(crate) const FIND: &str = "\
    SELECT q.n, k.body_hash, k.first, k.last \
    FROM unnest($1::uuid[]) WITH ORDINALITY AS q(mark, n) \
    CROSS JOIN LATERAL (SELECT * FROM log.key k WHERE k.mark = q.mark LIMIT 1) k";

/// What [`FIND`] is asked for keys.
pub(crate) fn marks(district: &District, keys: &[([u8; 16], &str)]) -> Vec<Mark> {
    keys.iter().map(|(client, key)| Mark::of(district.as_str(), client, key)).collect()
}

/// Puts the rows that [`FIND`] answered in the order of the questions; `None` for a key that is
/// not in the log.
pub(crate) fn in_order(
    rows: &[tokio_postgres::Row],
    keys: &[([u8; 16], &str)],
) -> Result<Vec<Option<KeyEntry>>, RowError> {
    let mut found = vec![None; keys.len()];
    for row in rows {
        let ordinal: i64 = row.try_get(0)?;
        let place = usize::try_from(ordinal.saturating_sub(1)).ok();
        let question = place.and_then(|place| found.get_mut(place).zip(keys.get(place)));
        let (slot, (client, key)) = question.ok_or(RowError::Shape("ordinal of a key"))?;
        *slot = Some(KeyEntry {
            client: *client,
            key: (*key).into(),
            body_hash: bytes_32(row.try_get(1)?, "log.key.body_hash")?,
            first: position(row.try_get(2)?, "log.key.first")?,
            last: position(row.try_get(3)?, "log.key.last")?,
        });
    }
    Ok(found)
}
