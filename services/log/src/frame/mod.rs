//! A frame: the records of one commit, and the unit of everything. What is committed, published,
//! applied and audited are the same bytes.

mod body;

use bytes::Bytes;

use crate::merkle::{Frontier, Root, leaf_hash};

pub use body::{BodyBuilder, MalformedBody, PushError, Records, records};

/// Longest record, in bytes: a tile entry of the C2SP transparency log has a 16-bit length.
pub const RECORD_BYTES_MAX: usize = 65_535;

/// Longest body of a frame, in bytes. A frame always fits one NATS message, whose limit is 1 MiB
/// by default with its headers; the rest is headroom for headers and for servers set lower.
pub const FRAME_BYTES_MAX: usize = 768 * 1024;

/// The records at the positions `first..=last`, committed together.
///
/// Cheap to clone: the body is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Position of the first record. Positions start at 1 and have no gap.
    pub first: u64,
    /// Position of the last record; at least `first`.
    pub last: u64,
    /// When the frame was recorded, in microseconds since 1970 (UTC). Never goes back.
    pub recorded_at: i64,
    /// Root of the tree over all records before `first`.
    pub previous_root: Root,
    /// Root of the tree over all records up to `last`.
    pub root: Root,
    /// The records in the wire format of [`records`].
    pub body: Bytes,
}

/// Why a frame is not what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameFault {
    /// It does not begin where the tree ends.
    #[error("the frame begins at {found}, but the tree ends at {size}")]
    Place {
        /// Size of the tree that the frame was held against.
        size: u64,
        /// The frame's first position.
        found: u64,
    },
    /// It was made on top of another history.
    #[error("the frame's previous root {found} is not the tree's root {expected}")]
    PreviousRoot {
        /// The tree's root.
        expected: Root,
        /// What the frame says.
        found: Root,
    },
    /// Its body can't be cut into records.
    #[error("the frame's body is malformed")]
    Body(#[from] MalformedBody),
    /// It has more or fewer records than positions.
    #[error("the frame's records end at {found}, not at {expected}")]
    Count {
        /// The frame's last position.
        expected: u64,
        /// Where its records end.
        found: u64,
    },
    /// Its records have another root than it says.
    #[error("the frame's records have the root {expected}, but it says {found}")]
    Root {
        /// What was computed from the records.
        expected: Root,
        /// What the frame says.
        found: Root,
    },
}

impl Frame {
    /// Makes the frame that follows `frontier`, and moves `frontier` on over its records.
    ///
    /// # Errors
    /// [`MalformedBody`] when `body` can't be cut into records or has none; `frontier` is then as
    /// it was.
    pub fn seal(
        frontier: &mut Frontier,
        recorded_at: i64,
        body: Bytes,
    ) -> Result<Self, MalformedBody> {
        let mut next = frontier.clone();
        for record in records(&body) {
            next.push(leaf_hash(record?));
        }
        if next.size() == frontier.size() {
            return Err(MalformedBody { offset: 0, reason: "there is no record" });
        }
        let frame = Self {
            first: frontier.size().saturating_add(1),
            last: next.size(),
            recorded_at,
            previous_root: frontier.root(),
            root: next.root(),
            body,
        };
        *frontier = next;
        Ok(frame)
    }

    /// The records, in order; the first is at position [`first`](Self::first).
    #[must_use]
    pub fn records(&self) -> Records<'_> {
        records(&self.body)
    }

    /// Checks everything that a frame says about itself against the tree before it: place, both
    /// roots, count; and answers the tree after it.
    ///
    /// # Errors
    /// [`FrameFault`]: the first thing that is not so.
    pub fn verify(&self, frontier: &Frontier) -> Result<Frontier, FrameFault> {
        if Some(self.first) != frontier.size().checked_add(1) {
            return Err(FrameFault::Place { size: frontier.size(), found: self.first });
        }
        let expected = frontier.root();
        if self.previous_root != expected {
            return Err(FrameFault::PreviousRoot { expected, found: self.previous_root });
        }
        let mut next = frontier.clone();
        for record in self.records() {
            next.push(leaf_hash(record?));
        }
        if next.size() != self.last {
            return Err(FrameFault::Count { expected: self.last, found: next.size() });
        }
        let expected = next.root();
        if self.root != expected {
            return Err(FrameFault::Root { expected, found: self.root });
        }
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::EMPTY_ROOT;

    fn body(records: &[&[u8]]) -> Bytes {
        let mut builder = BodyBuilder::new();
        records.iter().for_each(|record| builder.push(record).unwrap());
        builder.take()
    }

    #[test]
    fn sealed_frames_verify_and_damaged_ones_do_not() {
        let mut frontier = Frontier::new();
        let one = Frame::seal(&mut frontier, 1, body(&[b"a", b"b"])).unwrap();
        let two = Frame::seal(&mut frontier, 2, body(&[b"c"])).unwrap();
        assert_eq!((one.first, one.last, one.previous_root), (1, 2, EMPTY_ROOT));
        assert_eq!((two.first, two.last, two.previous_root), (3, 3, one.root));

        let after_one = one.verify(&Frontier::new()).unwrap();
        assert_eq!(two.verify(&after_one), Ok(frontier));

        let fault = |frame: Frame| frame.verify(&after_one).unwrap_err();
        assert!(matches!(fault(one.clone()), FrameFault::Place { .. }));
        let other = Frame { previous_root: EMPTY_ROOT, ..two.clone() };
        assert!(matches!(fault(other), FrameFault::PreviousRoot { .. }));
        let other = Frame { body: body(&[b"d"]), ..two.clone() };
        assert!(matches!(fault(other), FrameFault::Root { .. }));
        let other = Frame { body: body(&[b"c", b"c"]), ..two.clone() };
        assert!(matches!(fault(other), FrameFault::Count { .. }));
        let other = Frame { body: Bytes::from_static(b"\x0a\x09"), ..two };
        assert!(matches!(fault(other), FrameFault::Body(_)));
    }

    #[test]
    fn an_empty_body_is_no_frame() {
        let mut frontier = Frontier::new();
        assert!(Frame::seal(&mut frontier, 1, Bytes::new()).is_err());
        assert!(Frame::seal(&mut frontier, 1, Bytes::from_static(b"\x0a\x01a\x0b")).is_err());
        assert_eq!(frontier, Frontier::new());
    }
}
