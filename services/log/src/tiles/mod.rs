//! The tree's tiles, kept beside the log: full ones as rows, partial ones made when they are
//! asked for.

mod cache;
mod store;
mod tiler;

pub use store::{Sealed, TileError, Tiles};
pub use tiler::{FullTile, Tiler};
