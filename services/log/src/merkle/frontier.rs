//! The growing edge of the tree: all that is needed to append and to tell the root.

use super::{EMPTY_ROOT, HASH_BYTES, Hash, Root, node_hash};

/// Bytes of the size at the head of a written frontier.
const SIZE_BYTES: usize = 8;

/// The tree over the first `size` leaves, as the roots of its full subtrees ("peaks") from the
/// largest to the smallest: at most 64 hashes, however long the log is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

/// Why bytes are not a frontier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedFrontier {
    /// Shorter than the size at its head.
    #[error("a frontier begins with its size in 8 bytes")]
    NoSize,
    /// The number of hashes is not that of a tree of this size.
    #[error("a frontier of size {size} has {expected} peaks in 32 bytes each")]
    Peaks {
        /// The size that the bytes name.
        size: u64,
        /// How many peaks a tree of that size has.
        expected: u32,
    },
}

impl Frontier {
    /// The frontier of the empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many leaves the tree has: the position of the last record.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the full subtrees, largest first; one for each bit that is set in `size`.
    #[must_use]
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Appends a leaf by its hash (see [`leaf_hash`](super::leaf_hash)).
    pub fn push(&mut self, leaf_hash: Hash) {
        self.push_full(0, leaf_hash);
    }

    /// Appends a full subtree of 2^`height` leaves by its root. The size has to be a multiple of so
    /// many: otherwise they are not one subtree, and nothing is appended.
    pub fn push_full(&mut self, height: u8, root: Hash) {
        let Some(leaves) = 1_u64.checked_shl(height.into()) else { return };
        if !self.size.is_multiple_of(leaves) {
            return;
        }
        let mut hash = root;
        // Each one-bit above the height is a full subtree that the new one completes.
        for _ in 0..(self.size >> height).trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.peaks.push(hash);
        self.size = self.size.saturating_add(leaves);
    }

    /// The root over all leaves so far; [`EMPTY_ROOT`] when there is none.
    #[must_use]
    pub fn root(&self) -> Root {
        let mut peaks = self.peaks.iter().rev();
        let Some(smallest) = peaks.next() else { return EMPTY_ROOT };
        peaks.fold(*smallest, |right, left| node_hash(left, &right))
    }

    /// The frontier as bytes: the size (8 bytes, big endian), then the peaks (32 bytes each).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        self.peaks.iter().for_each(|peak| bytes.extend_from_slice(peak.as_bytes()));
        bytes
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    /// [`MalformedFrontier`] when the length does not fit the size.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MalformedFrontier> {
        let (size, rest) =
            bytes.split_first_chunk::<SIZE_BYTES>().ok_or(MalformedFrontier::NoSize)?;
        let size = u64::from_be_bytes(*size);
        let (peaks, odd) = rest.as_chunks::<HASH_BYTES>();
        let expected = size.count_ones();
        if !odd.is_empty() || u32::try_from(peaks.len()) != Ok(expected) {
            return Err(MalformedFrontier::Peaks { size, expected });
        }
        Ok(Self { size, peaks: peaks.iter().copied().map(Hash).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{leaf_hash, root_of};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_frontier_has_the_root_of_the_whole_tree(
            records in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..20), 0..200),
        ) {
            let leaves: Vec<Hash> = records.iter().map(|record| leaf_hash(record)).collect();
            let mut frontier = Frontier::new();
            for (size, leaf) in leaves.iter().enumerate() {
                prop_assert_eq!(frontier.root(), root_of(&leaves[..size]));
                frontier.push(*leaf);
            }
            prop_assert_eq!(frontier.root(), root_of(&leaves));
            prop_assert_eq!(frontier.size(), leaves.len() as u64);
            let mut by_fours = Frontier::new();
            for four in leaves.chunks(4) {
                match four {
                    [_, _, _, _] => by_fours.push_full(2, root_of(four)),
                    rest => rest.iter().for_each(|leaf| by_fours.push(*leaf)),
                }
            }
            if !leaves.len().is_multiple_of(4) {
                let before = by_fours.clone();
                by_fours.push_full(2, EMPTY_ROOT);
                prop_assert_eq!(&by_fours, &before, "no subtree begins here");
            }
            prop_assert_eq!(&by_fours, &frontier);
            prop_assert_eq!(Frontier::from_bytes(&frontier.to_bytes()), Ok(frontier));
        }

        #[test]
        fn other_bytes_are_refused_or_are_a_frontier(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(frontier) = Frontier::from_bytes(&bytes) {
                prop_assert_eq!(frontier.to_bytes(), bytes);
            }
        }
    }
}
