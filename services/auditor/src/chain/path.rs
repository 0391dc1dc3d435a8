//! The way from one leaf to the root, while all other leaves stay as they are.

use linli_log::Frontier;
use linli_log::merkle::{Hash, node_hash};

/// The node that a leaf's branch meets on its way up.
#[derive(Clone, Copy, Debug)]
enum Sibling {
    Left(Hash),
    Right(Hash),
}

/// A node, or `None` where the branch of the leaf runs that is left open.
type Node = Option<Hash>;

/// What a leaf's hash meets on the way to the root, bottom up.
#[derive(Clone, Debug, Default)]
pub(super) struct Path(Vec<Sibling>);

impl Path {
    /// The way of the leaf at `open` among `leaves`, which come after `frontier`.
    pub(super) fn new(frontier: &Frontier, leaves: &[Hash], open: usize) -> Self {
        let mut path = Self::default();
        let mut stack: Vec<Node> = frontier.peaks().iter().copied().map(Some).collect();
        let mut size = frontier.size();
        for (index, leaf) in leaves.iter().enumerate() {
            let mut node = (index != open).then_some(*leaf);
            for _ in 0..size.trailing_ones() {
                if let Some(left) = stack.pop() {
                    node = path.join(left, node);
                }
            }
            stack.push(node);
            size = size.saturating_add(1);
        }
        let smallest = stack.pop().flatten();
        stack.into_iter().rev().fold(smallest, |right, left| path.join(left, right));
        path
    }

    fn join(&mut self, left: Node, right: Node) -> Node {
        match (left, right) {
            (Some(left), Some(right)) => return Some(node_hash(&left, &right)),
            (None, Some(right)) => self.0.push(Sibling::Right(right)),
            (Some(left), None) => self.0.push(Sibling::Left(left)),
            (None, None) => {}
        }
        None
    }

    /// The root if the leaf has this hash.
    pub(super) fn root(&self, leaf: Hash) -> Hash {
        self.0.iter().fold(leaf, |node, sibling| match sibling {
            Sibling::Left(left) => node_hash(left, &node),
            Sibling::Right(right) => node_hash(&node, right),
        })
    }

    /// How many hashes it takes.
    pub(super) fn hashes(&self) -> u64 {
        u64::try_from(self.0.len()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linli_log::merkle::leaf_hash;

    #[test]
    fn every_leaf_finds_its_root() {
        for before in 0..9_u8 {
            for count in 1..9_u8 {
                let mut frontier = Frontier::new();
                (0..before).for_each(|n| frontier.push(leaf_hash(&[n])));
                let leaves: Vec<Hash> = (0..count).map(|n| leaf_hash(&[n, n])).collect();
                let mut whole = frontier.clone();
                leaves.iter().for_each(|leaf| whole.push(*leaf));
                for (open, leaf) in leaves.iter().enumerate() {
                    let path = Path::new(&frontier, &leaves, open);
                    assert_eq!(path.root(*leaf), whole.root(), "{before} {count} {open}");
                    assert_ne!(path.root(leaf_hash(b"other")), whole.root());
                }
            }
        }
    }
}
