//! From leaves to tiles.

use crate::merkle::tile::{TILE_HASHES, TILE_LEVELS_MAX, hashes_at};
use crate::merkle::{EMPTY_ROOT, Hash, Root, Tile, node_hash, root_of};

/// A tile that will not change any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullTile {
    /// Its place.
    pub tile: Tile,
    /// Its 256 hashes.
    pub hashes: Vec<Hash>,
    /// The root over them.
    pub root: Hash,
}

/// The tiles at the tree's right edge: takes leaves, and gives each tile when it is full.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tiler {
    size: u64,
    /// For each level the hashes of its last tile, fewer than 256.
    edges: Vec<Vec<Hash>>,
}

impl Tiler {
    /// One that goes on after `size` leaves, whose last tiles hold these hashes by level.
    #[must_use]
    pub fn at(size: u64, edges: Vec<Vec<Hash>>) -> Self {
        Self { size, edges }
    }

    /// The hashes of the last tile of each level from the leaves up, fewer than 256 of each.
    #[must_use]
    pub fn edges(&self) -> &[Vec<Hash>] {
        &self.edges
    }

    /// The tiles at the edge that are not full, with what they hold so far.
    pub fn partial(&self) -> impl Iterator<Item = (Tile, &[Hash])> {
        (0_u8..).zip(&self.edges).filter(|(_, hashes)| !hashes.is_empty()).filter_map(
            |(level, hashes)| {
                let spanned = hashes_at(level, self.size)?;
                let tile = Tile::of_tree(level, spanned / TILE_HASHES, self.size)?;
                Some((tile, hashes.as_slice()))
            },
        )
    }

    /// How many leaves it has taken.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root over all leaves so far. Some hundreds of hashes: for once a checkpoint, not once a
    /// leaf.
    #[must_use]
    pub fn root(&self) -> Root {
        let mut peaks = Vec::new();
        for edge in self.edges.iter().rev() {
            let mut rest = edge.as_slice();
            while let Some(largest) = rest.len().checked_ilog2() {
                let (full, after) = rest.split_at(1 << largest);
                peaks.push(root_of(full));
                rest = after;
            }
        }
        let mut peaks = peaks.into_iter().rev();
        let Some(smallest) = peaks.next() else { return EMPTY_ROOT };
        peaks.fold(smallest, |right, left| node_hash(&left, &right))
    }

    /// Takes the hash of the next leaf, and adds the tiles that it fills to `full`, from the
    /// leaves up.
    pub fn push(&mut self, leaf: Hash, full: &mut Vec<FullTile>) {
        self.size = self.size.saturating_add(1);
        let mut hash = leaf;
        for level in 0..TILE_LEVELS_MAX {
            let place = usize::from(level);
            if self.edges.len() <= place {
                self.edges.push(Vec::new());
            }
            let Some(edge) = self.edges.get_mut(place) else { return };
            edge.push(hash);
            if u64::try_from(edge.len()) != Ok(TILE_HASHES) {
                return;
            }
            let hashes = std::mem::take(edge);
            let spanned = self.size >> u32::from(level).saturating_mul(8);
            let index = (spanned / TILE_HASHES).saturating_sub(1);
            let Some(tile) = Tile::of_tree(level, index, self.size) else { return };
            let root = root_of(&hashes);
            full.push(FullTile { tile, hashes, root });
            hash = root;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::leaf_hash;

    #[test]
    fn a_tile_is_given_once_when_it_is_full() {
        let leaves: Vec<Hash> =
            (0..65_536 + 300_u32).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        let (mut tiler, mut full) = (Tiler::default(), Vec::new());
        for leaf in &leaves {
            if tiler.size() % 1_009 == 0 {
                let before = &leaves[..usize::try_from(tiler.size()).unwrap()];
                assert_eq!(tiler.root(), root_of(before));
            }
            tiler.push(*leaf, &mut full);
        }
        assert_eq!(tiler.root(), root_of(&leaves));
        let places: Vec<String> = full.iter().map(|full| full.tile.to_string()).collect();
        assert_eq!(full.len(), 257 + 1);
        assert_eq!(places[..2], ["0/000", "0/001"]);
        assert_eq!(places[255..], ["0/255", "1/000", "0/256"]);
        assert_eq!(full[256].root, root_of(&leaves[..65_536]));
        assert_eq!(full[257].hashes, leaves[65_536..65_536 + 256]);
        assert_eq!(tiler.size(), 65_836);
        assert_eq!(tiler.edges[0], leaves[65_792..]);
        assert_eq!(tiler.edges[1], [full[257].root]);
        let partial: Vec<String> = tiler.partial().map(|(tile, _)| tile.to_string()).collect();
        assert_eq!(partial, ["0/257.p/44", "1/001.p/1", "2/000.p/1"]);
        let on = Tiler::at(tiler.size(), tiler.edges().to_vec());
        assert_eq!(on, tiler);
    }
}
