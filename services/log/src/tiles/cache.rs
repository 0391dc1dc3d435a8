//! Tiles that were asked for lately. A tile of a certain width never changes.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use crate::merkle::{Hash, Tile};

/// Tiles that are kept: 8 kB each, so 8 MB.
const TILES_MAX: usize = 1_024;

#[derive(Debug, Default)]
struct Kept {
    tiles: HashMap<Tile, Arc<[Hash]>>,
    order: VecDeque<Tile>,
}

/// The tiles kept; the oldest one goes first.
#[derive(Clone, Debug, Default)]
pub(super) struct Cache(Arc<Mutex<Kept>>);

impl Cache {
    pub(super) fn get(&self, tile: &Tile) -> Option<Arc<[Hash]>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).tiles.get(tile).cloned()
    }

    pub(super) fn put(&self, tile: Tile, hashes: Arc<[Hash]>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.tiles.insert(tile, hashes).is_none() {
            kept.order.push_back(tile);
        }
        if kept.order.len() > TILES_MAX
            && let Some(oldest) = kept.order.pop_front()
        {
            kept.tiles.remove(&oldest);
        }
    }
}
