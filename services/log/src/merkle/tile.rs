//! Tiles: the tree's hashes in the shape of C2SP `tlog-tiles`, in which anybody fetches and caches
//! them.
//!
//! A tile of level `l` holds up to 256 neighbouring hashes, each the root of a full subtree of
//! 256^l leaves. A full tile's own root is one hash of a tile one level up.

use std::fmt;
use std::str::FromStr;

/// Hashes of a full tile.
pub const TILE_HASHES: u64 = 256;

/// Levels of the tree's own nodes that a tile spans: 2^8 hashes.
pub const TILE_HEIGHT: u8 = 8;

/// Levels of tiles that a tree of 64-bit size can have.
pub const TILE_LEVELS_MAX: u8 = 8;

/// The place of a tile, and how much of it is there.
///
/// Shown as its path, `<level>/<index>[.p/<width>]`, the index in groups of three digits of which
/// all but the last begin with an `x`: `0/x001/x234/067.p/12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    level: u8,
    index: u64,
    width: u16,
}

/// A text that is no tile's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a tile is named <level>/<index>[.p/<width>], the index as x001/x234/067")]
pub struct InvalidTile;

impl Tile {
    /// The tile at a level and an index of a tree of `size` leaves, as wide as it is there; `None`
    /// where such a tree has no hash of this tile.
    #[must_use]
    pub fn of_tree(level: u8, index: u64, size: u64) -> Option<Self> {
        let hashes = hashes_at(level, size)?;
        let width = hashes.checked_sub(index.checked_mul(TILE_HASHES)?)?.min(TILE_HASHES);
        let width = u16::try_from(width).ok().filter(|width| *width > 0)?;
        Some(Self { level, index, width })
    }

    /// The full tile at a level and an index; `None` for a level that no tree has.
    #[must_use]
    pub fn full(level: u8, index: u64) -> Option<Self> {
        let width = u16::try_from(TILE_HASHES).ok()?;
        (level < TILE_LEVELS_MAX).then_some(Self { level, index, width })
    }

    /// From 0, that of the leaves, up.
    #[must_use]
    pub fn level(&self) -> u8 {
        self.level
    }

    /// From 0 within the level.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// How many hashes of it are meant, 1 to 256.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Whether all of it is meant.
    #[must_use]
    pub fn is_full(&self) -> bool {
        u64::from(self.width) == TILE_HASHES
    }

    /// Whether a tree of `size` leaves has all hashes of it.
    #[must_use]
    pub fn is_in(&self, size: u64) -> bool {
        Self::of_tree(self.level, self.index, size).is_some_and(|there| self.width <= there.width)
    }

    /// The index, within the level, of its first hash.
    #[must_use]
    pub fn first_hash(&self) -> u64 {
        self.index.saturating_mul(TILE_HASHES)
    }

    /// The index and the width as they stand in a path.
    #[must_use]
    pub fn index_path(&self) -> String {
        let mut groups = vec![format!("{:03}", self.index % 1_000)];
        let mut rest = self.index / 1_000;
        while rest > 0 {
            groups.push(format!("x{:03}", rest % 1_000));
            rest /= 1_000;
        }
        groups.reverse();
        let index = groups.join("/");
        if self.is_full() { index } else { format!("{index}.p/{}", self.width) }
    }

    /// Reads an index with its width, as in [`index_path`](Self::index_path).
    ///
    /// # Errors
    /// [`InvalidTile`]; there is one way to write each.
    pub fn from_index_path(level: u8, path: &str) -> Result<Self, InvalidTile> {
        let (groups, width) = match path.split_once(".p/") {
            None => (path, TILE_HASHES),
            Some((groups, width)) => (groups, width.parse().map_err(|_| InvalidTile)?),
        };
        let mut index = 0_u64;
        for group in groups.split('/') {
            let digits = group.strip_prefix('x').unwrap_or(group);
            if digits.len() != 3 {
                return Err(InvalidTile);
            }
            let number: u64 = digits.parse().map_err(|_| InvalidTile)?;
            index = index
                .checked_mul(1_000)
                .and_then(|index| index.checked_add(number))
                .ok_or(InvalidTile)?;
        }
        let width = u16::try_from(width).map_err(|_| InvalidTile)?;
        let tile = Self { level, index, width };
        // The way back is the one way: no leading zeros, no sign, an `x` where it belongs.
        let is_sound = level < TILE_LEVELS_MAX && width > 0 && tile.index_path() == path;
        is_sound.then_some(tile).ok_or(InvalidTile)
    }
}

/// How many hashes of a level a tree of `size` leaves has; `None` for a level that no tree has.
#[must_use]
pub fn hashes_at(level: u8, size: u64) -> Option<u64> {
    (level < TILE_LEVELS_MAX)
        .then(|| size.checked_shr(u32::from(level).saturating_mul(TILE_HEIGHT.into())))?
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.level, self.index_path())
    }
}

impl FromStr for Tile {
    type Err = InvalidTile;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (level, index) = text.split_once('/').ok_or(InvalidTile)?;
        let number: u8 = level.parse().map_err(|_| InvalidTile)?;
        if number.to_string() != level {
            return Err(InvalidTile);
        }
        Self::from_index_path(number, index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(path: &str, level: u8, index: u64, width: u16) {
        let tile = Tile { level, index, width };
        assert_eq!(tile.to_string(), path);
        assert_eq!(path.parse(), Ok(tile), "{path}");
    }

    #[test]
    fn a_tile_is_named_as_the_specification_names_it() {
        check("0/000", 0, 0, 256);
        check("2/x001/x234/067", 2, 1_234_067, 256);
        check("0/273.p/112", 0, 273, 112);
        check("0/x001/000.p/1", 0, 1_000, 1);
    }

    #[test]
    fn there_is_one_way_to_write_each() {
        for path in [
            "",
            "0",
            "0/",
            "0/0",
            "0/0000",
            "00/000",
            "+0/000",
            "8/000",
            "0/x000/001",
            "0/000/001",
            "0/x001/x000",
            "0/000.p/0",
            "0/000.p/256",
            "0/000.p/01",
            "0/000.p/",
            "0/-01",
            "0/000/",
            "0/x999/x999/x999/x999/x999/x999/999",
        ] {
            assert_eq!(path.parse::<Tile>(), Err(InvalidTile), "{path}");
        }
    }

    #[test]
    fn a_tree_of_70_000_has_the_tiles_of_the_specifications_example() {
        let width = |level, index| Tile::of_tree(level, index, 70_000).map(|tile| tile.width);
        assert_eq!((width(0, 272), width(0, 273), width(0, 274)), (Some(256), Some(112), None));
        assert_eq!((width(1, 0), width(1, 1), width(1, 2)), (Some(256), Some(17), None));
        assert_eq!((width(2, 0), width(2, 1), width(3, 0)), (Some(1), None, None));
        assert_eq!(Tile::of_tree(0, 0, 0), None);
    }

    proptest! {
        #[test]
        fn every_tile_is_read_back(level in 0..TILE_LEVELS_MAX, index: u64, width in 1..=256_u16) {
            let tile = Tile { level, index, width };
            prop_assert_eq!(tile.to_string().parse(), Ok(tile));
        }
    }
}
