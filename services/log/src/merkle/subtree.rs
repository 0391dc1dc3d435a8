//! Which subtrees a proof is made of, and their hashes out of tiles.

use std::collections::BTreeMap;
use std::ops::Range;

use super::tile::{TILE_HASHES, TILE_HEIGHT, Tile};
use super::{EMPTY_ROOT, Hash, Root, node_hash, root_of};

/// Leaves of the tree, as the RFCs cut it: a subtree.
type Leaves = Range<u64>;

/// The subtrees whose roots prove leaf `index` (from 0) in a tree of `size` leaves, nearest first
/// (RFC 9162, section 2.1.3.1). `None` where there is no such leaf.
#[must_use]
pub fn inclusion_subtrees(index: u64, size: u64) -> Option<Vec<Leaves>> {
    if index >= size {
        return None;
    }
    let (mut path, mut within) = (Vec::new(), 0..size);
    while let Some(middle) = middle(&within) {
        let (left, right) = (within.start..middle, middle..within.end);
        let (inside, beside) = if index < middle { (left, right) } else { (right, left) };
        path.push(beside);
        within = inside;
    }
    path.reverse();
    Some(path)
}

/// The subtrees whose roots prove that a tree of `new` leaves begins with one of `old` leaves
/// (RFC 9162, section 2.1.4.1); none where nothing needs proof: equal sizes, or the empty tree.
/// `None` where `old` is more than `new`.
#[must_use]
pub fn consistency_subtrees(old: u64, new: u64) -> Option<Vec<Leaves>> {
    if old > new {
        return None;
    }
    let (mut path, mut within, mut is_known) = (Vec::new(), 0..new, true);
    if old == 0 {
        return Some(path);
    }
    while within.end != old
        && let Some(middle) = middle(&within)
    {
        let (left, right) = (within.start..middle, middle..within.end);
        if old <= middle {
            path.push(right);
            within = left;
        } else {
            path.push(left);
            within = right;
            is_known = false;
        }
    }
    if !is_known {
        path.push(within);
    }
    path.reverse();
    Some(path)
}

/// Where a subtree of two or more leaves is cut: at the largest power of two below its size.
fn middle(within: &Leaves) -> Option<u64> {
    let leaves = within.end.checked_sub(within.start).filter(|leaves| *leaves > 1)?;
    within.start.checked_add(leaves.div_ceil(2).checked_next_power_of_two()?)
}

/// A full subtree of 2^`height` leaves, the `index`-th of its height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Node {
    height: u8,
    index: u64,
}

impl Node {
    /// The full subtrees of a subtree, from left to right: from the largest to the smallest.
    fn all_of(leaves: &Leaves) -> Vec<Self> {
        let (mut nodes, mut start) = (Vec::new(), leaves.start);
        while let Some(left) = leaves.end.checked_sub(start).filter(|left| *left > 0) {
            let by_place = if start == 0 { u64::BITS } else { start.trailing_zeros() };
            let height = by_place.min(left.ilog2());
            let node =
                Self { height: height.try_into().unwrap_or_default(), index: start >> height };
            nodes.push(node);
            let Some(next) = start.checked_add(1 << height) else { break };
            start = next;
        }
        nodes
    }

    /// The tile that it is made of in a tree of `size` leaves, and which of the tile's hashes.
    fn place(self, size: u64) -> Option<(Tile, Range<usize>)> {
        let level = self.height / TILE_HEIGHT;
        let width = 1_u64 << (self.height % TILE_HEIGHT);
        let first = self.index.checked_mul(width)?;
        let tile = Tile::of_tree(level, first / TILE_HASHES, size)?;
        let start = usize::try_from(first % TILE_HASHES).ok()?;
        Some((tile, start..start.checked_add(usize::try_from(width).ok()?)?))
    }
}

/// Tiles of one tree, of which hashes are made.
#[derive(Clone, Debug)]
pub struct TileSet {
    size: u64,
    tiles: BTreeMap<Tile, Vec<Hash>>,
}

impl TileSet {
    /// The tiles that the roots of these subtrees are made of, in a tree of `size` leaves.
    #[must_use]
    pub fn needed(subtrees: &[Leaves], size: u64) -> Vec<Tile> {
        let nodes = subtrees.iter().flat_map(Node::all_of);
        let mut tiles: Vec<Tile> = nodes.filter_map(|node| Some(node.place(size)?.0)).collect();
        tiles.sort_unstable();
        tiles.dedup();
        tiles
    }

    /// No tiles yet, of a tree of `size` leaves.
    #[must_use]
    pub fn new(size: u64) -> Self {
        Self { size, tiles: BTreeMap::new() }
    }

    /// Adds a tile's hashes.
    pub fn insert(&mut self, tile: Tile, hashes: Vec<Hash>) {
        self.tiles.insert(tile, hashes);
    }

    /// The root of a subtree; `None` if a tile is missing or too short.
    #[must_use]
    pub fn root(&self, subtree: &Leaves) -> Option<Root> {
        let nodes: Option<Vec<Hash>> =
            Node::all_of(subtree).into_iter().map(|node| self.node(node)).collect();
        let mut nodes = nodes?.into_iter().rev();
        let Some(smallest) = nodes.next() else { return Some(EMPTY_ROOT) };
        Some(nodes.fold(smallest, |right, left| node_hash(&left, &right)))
    }

    /// The roots of subtrees: a proof. `None` if a tile is missing or too short.
    #[must_use]
    pub fn roots(&self, subtrees: &[Leaves]) -> Option<Vec<Root>> {
        subtrees.iter().map(|subtree| self.root(subtree)).collect()
    }

    fn node(&self, node: Node) -> Option<Hash> {
        let (tile, hashes) = node.place(self.size)?;
        Some(root_of(self.tiles.get(&tile)?.get(hashes)?))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tile::hashes_at;
    use super::super::{consistency_proof, inclusion_proof, leaf_hash};
    use super::*;
    use proptest::prelude::*;

    fn leaves(count: u64) -> Vec<Hash> {
        (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
    }

    /// All tiles of a tree, by what the specification says each hash of them is.
    fn all_tiles(leaves: &[Hash]) -> TileSet {
        let size = leaves.len() as u64;
        let mut set = TileSet::new(size);
        for level in 0..3 {
            let span = 256_usize.pow(level.into());
            let hashes: Vec<Hash> = (0..hashes_at(level, size).unwrap() as usize)
                .map(|n| root_of(&leaves[n * span..(n + 1) * span]))
                .collect();
            for (index, hashes) in (0..).zip(hashes.chunks(256)) {
                set.insert(Tile::of_tree(level, index, size).unwrap(), hashes.to_vec());
            }
        }
        set
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn proofs_out_of_tiles_are_those_over_all_leaves(
            size in prop_oneof![1..600_u64, 65_000..67_000_u64, 1..70_000_u64],
            places in prop::collection::vec(any::<prop::sample::Index>(), 3),
        ) {
            let leaves = leaves(size);
            let tiles = all_tiles(&leaves);
            prop_assert_eq!(tiles.root(&(0..size)), Some(root_of(&leaves)));
            for place in places {
                let index = place.index(leaves.len());
                let subtrees = inclusion_subtrees(index as u64, size).unwrap();
                prop_assert_eq!(tiles.roots(&subtrees), inclusion_proof(&leaves, index));
                let needed = TileSet::needed(&subtrees, size);
                prop_assert!(needed.iter().all(|tile| tiles.tiles.contains_key(tile)));
                let old = index + 1;
                let subtrees = consistency_subtrees(old as u64, size).unwrap();
                prop_assert_eq!(tiles.roots(&subtrees), consistency_proof(&leaves, old));
            }
        }
    }

    #[test]
    fn what_does_not_exist_has_no_proof() {
        assert_eq!(inclusion_subtrees(5, 5), None);
        assert_eq!(consistency_subtrees(6, 5), None);
        assert_eq!(consistency_subtrees(0, 5), Some(vec![]));
        assert_eq!(consistency_subtrees(5, 5), Some(vec![]));
        assert_eq!(TileSet::new(5).root(&(0..5)), None);
    }
}
