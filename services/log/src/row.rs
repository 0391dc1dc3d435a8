//! From SQL's types to ours and back.

use bytes::Bytes;
use tokio_postgres::Row;

use crate::frame::Frame;
use crate::merkle::Hash;

/// A row that the schema does not allow, or that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum RowError {
    /// The driver could not give the column.
    #[error("a column could not be read")]
    Column(#[from] tokio_postgres::Error),
    /// The value is of a length or sign that it can't have.
    #[error("{0} has a value that it can't have")]
    Shape(&'static str),
}

/// The columns that [`frame`] reads, in its order.
pub(crate) const FRAME_COLUMNS: &str = "first, last, recorded_at_us, previous_root, root, body";

/// A position as a `bigint`. Positions above 2^63 do not occur: as a bound, the largest stands
/// for "none".
pub(crate) fn bigint(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}

/// A `bigint` as a position.
pub(crate) fn position(value: i64, column: &'static str) -> Result<u64, RowError> {
    u64::try_from(value).map_err(|_| RowError::Shape(column))
}

/// A `bytea` of 32 bytes.
pub(crate) fn bytes_32(value: &[u8], column: &'static str) -> Result<[u8; 32], RowError> {
    value.try_into().map_err(|_| RowError::Shape(column))
}

/// Reads [`FRAME_COLUMNS`].
pub(crate) fn frame(row: &Row) -> Result<Frame, RowError> {
    Ok(Frame {
        first: position(row.try_get(0)?, "log.frame.first")?,
        last: position(row.try_get(1)?, "log.frame.last")?,
        recorded_at: row.try_get(2)?,
        previous_root: Hash(bytes_32(row.try_get(3)?, "log.frame.previous_root")?),
        root: Hash(bytes_32(row.try_get(4)?, "log.frame.root")?),
        body: Bytes::copy_from_slice(row.try_get(5)?),
    })
}

/// Where a log, or a frame of it, ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Position of the last record.
    pub last: u64,
    /// Root over all records up to it.
    pub root: Hash,
    /// When its frame was recorded, in microseconds since 1970 (UTC).
    pub recorded_at: i64,
}

/// The last frame of a district. Parameter: district. Read by [`head`].
pub(crate) const HEAD: &str = "SELECT last, root, recorded_at_us FROM log.frame \
    WHERE district = $1 ORDER BY last DESC LIMIT 1";

/// Reads a row of [`HEAD`].
pub(crate) fn head(row: &Row) -> Result<Head, RowError> {
    Ok(Head {
        last: position(row.try_get(0)?, "log.frame.last")?,
        root: Hash(bytes_32(row.try_get(1)?, "log.frame.root")?),
        recorded_at: row.try_get(2)?,
    })
}
