//! A frame whose records were read.

use linli_domain::{Position, Record};
use linli_log::{Frame, MalformedBody, Root};
use linli_proto::Malformed;

/// A frame with its records, shared by all who fold it.
#[derive(Debug)]
pub struct Decoded {
    /// Position of the first record.
    pub first: u64,
    /// Position of the last record; at least `first`.
    pub last: u64,
    /// When the frame was recorded, in microseconds since 1970 (UTC).
    pub recorded_at: i64,
    /// Root of the tree over all records before `first`.
    pub previous_root: Root,
    /// Root of the tree over all records up to `last`.
    pub root: Root,
    body_bytes: usize,
    records: Result<Vec<Record>, Unreadable>,
}

/// Why a frame's records can't be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The body could not be cut into records.
    #[error("the frame at {first} can't be cut into records")]
    Body {
        /// The frame's first record.
        first: u64,
        /// Why.
        source: MalformedBody,
    },
    /// A record could not be read.
    #[error("record {position} can't be read")]
    Record {
        /// Where.
        position: u64,
        /// Why.
        source: Malformed,
    },
    /// A record names another place than its own, or there are not as many as the frame says.
    #[error("at position {expected} of the log stands {found}")]
    Misplaced {
        /// The place.
        expected: Position,
        /// What stands there.
        found: Position,
    },
}

impl Decoded {
    /// Reads a frame's records.
    #[must_use]
    pub fn of(frame: &Frame) -> Self {
        Self {
            first: frame.first,
            last: frame.last,
            recorded_at: frame.recorded_at,
            previous_root: frame.previous_root,
            root: frame.root,
            body_bytes: frame.body.len(),
            records: decode(frame),
        }
    }

    /// The records, in order; the first is at position [`first`](Self::first).
    ///
    /// # Errors
    /// [`Unreadable`]: the first thing that is wrong with them. No record of the frame may then be
    /// applied.
    pub fn records(&self) -> Result<&[Record], &Unreadable> {
        self.records.as_deref()
    }

    /// How many records the frame says that it has.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.last.saturating_sub(self.first).saturating_add(1)
    }

    /// Never: a frame has one record at least.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of its body.
    #[must_use]
    pub fn body_bytes(&self) -> usize {
        self.body_bytes
    }

    /// About how much memory it takes: what the records point to is no longer than their bytes.
    #[must_use]
    pub fn weight_bytes(&self) -> usize {
        let records = self.records.as_ref().map_or(0, Vec::capacity);
        size_of::<Self>()
            .saturating_add(self.body_bytes)
            .saturating_add(records.saturating_mul(size_of::<Record>()))
    }

    /// Does it begin right after `position`, on `root`?
    #[must_use]
    pub fn follows(&self, position: u64, root: Root) -> bool {
        Some(self.first) == position.checked_add(1) && self.previous_root == root
    }
}

fn decode(frame: &Frame) -> Result<Vec<Record>, Unreadable> {
    let count = frame.last.saturating_sub(frame.first).saturating_add(1);
    // A frame that says more than its body can hold is found out below.
    let mut records = Vec::with_capacity(usize::try_from(count).unwrap_or(0).min(frame.body.len()));
    let mut expected = Position(frame.first);
    for bytes in frame.records() {
        let bytes = bytes.map_err(|source| Unreadable::Body { first: frame.first, source })?;
        let record = linli_proto::decode_record(bytes)
            .map_err(|source| Unreadable::Record { position: expected.0, source })?;
        if record.position != expected || expected.0 > frame.last {
            return Err(Unreadable::Misplaced { expected, found: record.position });
        }
        expected = expected.next();
        records.push(record);
    }
    match Position(frame.last).next() {
        end if end == expected => Ok(records),
        _ => Err(Unreadable::Misplaced { expected, found: Position(frame.last) }),
    }
}
