//! A log as plain files: its checkpoint, entry bundles and tiles of hashes (C2SP tlog-tiles).

use bytes::Bytes;
use linli_log::checkpoint::Checkpoint;
use linli_log::merkle::tile::{TILE_HASHES, TILE_LEVELS_MAX, hashes_at};
use linli_log::merkle::{EMPTY_ROOT, HASH_BYTES, Hash, Tile};
use linli_log::tiles::FullTile;
use linli_notary::TreeHead;
use tokio::sync::mpsc::Sender;

use super::bundle::Bundle;
use super::place::TilesAt;
use super::{Batch, End, Kept, Page};
use crate::AuditError;
use crate::finding::{Finding, Kind, Place};

/// Bundles in a page: some 2,000 records, half a megabyte as records usually are, and at the very
/// most 128 MB.
const BUNDLES_MAX: u64 = 8;

/// A command that leads to more records than this is none that anybody sends.
const COMMAND_RECORDS: u64 = TILE_HASHES / 2;

/// A log whose checkpoint was read.
#[derive(Debug)]
pub(super) struct Tiles {
    at: TilesAt,
    note: String,
    head: TreeHead,
}

/// A bundle, and the tile that holds its hashes.
type Leaves = (Tile, Option<Bytes>, Option<FullTile>);

impl Tiles {
    pub(super) async fn open(at: TilesAt) -> Result<Self, AuditError> {
        let note = at.file("checkpoint").await?.ok_or(AuditError::NoCheckpoint)?;
        let note = String::from_utf8(note.into()).map_err(|_| AuditError::NoCheckpoint)?;
        let head = linli_notary::told_by(&note).ok_or(AuditError::NoCheckpoint)?;
        Ok(Self { at, note, head })
    }

    pub(super) fn name(&self) -> String {
        self.head.origin.clone()
    }

    pub(super) fn head(&self) -> u64 {
        self.head.size
    }

    pub(super) fn kept(&self) -> Kept {
        let full = |level| hashes_at(level, self.head.size).unwrap_or_default() / TILE_HASHES;
        let full = (0..TILE_LEVELS_MAX).map(full).collect();
        Kept { full, partial: true, signed: self.head.size }
    }

    /// Pages of whole bundles; see [`Opened::feed`](super::Opened::feed).
    pub(super) async fn feed(
        self,
        after: u64,
        end: End,
        pages: Sender<Page>,
    ) -> Result<Vec<Finding>, AuditError> {
        let mut next = after / TILE_HASHES;
        let mut reached = after;
        // So much more that the command of the last position is there to its end.
        let wanted = match end {
            End::Head(head) => head,
            End::Within(position) => position.saturating_add(COMMAND_RECORDS).min(self.head.size),
        };
        while reached < wanted {
            // Pages end where tiles above the leaves do.
            let until = (next / BUNDLES_MAX).saturating_add(1).saturating_mul(BUNDLES_MAX);
            let began = next.saturating_mul(TILE_HASHES);
            let tiles = (next..until).map_while(|index| Tile::of_tree(0, index, self.head.size));
            let leaves = self.leaves(tiles.collect()).await?;
            let mut page = Page::default();
            let mut fault = None;
            for (tile, bundle, hashes) in leaves {
                page.tiles.extend(hashes);
                match cut(tile, bundle) {
                    Ok(batch) => page.batches.push(batch),
                    Err(finding) => {
                        fault = Some(finding);
                        break;
                    }
                }
                next = tile.index().saturating_add(1);
                reached = tile.first_hash().saturating_add(tile.width().into());
                if reached >= wanted {
                    break;
                }
            }
            page.tiles.extend(self.above(began, reached).await?);
            if reached == self.head.size {
                let (size, note) = (reached, self.note.clone());
                page.checkpoints.push(Checkpoint { size, note });
            }
            if pages.send(page).await.is_err() {
                return Ok(Vec::new());
            }
            if let Some(finding) = fault {
                return Ok(vec![finding]);
            }
        }
        let empty = self.head.size == 0 && self.head.root != EMPTY_ROOT;
        let place = Place::Checkpoint { size: 0 };
        Ok(Vec::from_iter(
            empty.then(|| {
                Finding::new(place, Kind::Checkpoint, "the root is not that of no record")
            }),
        ))
    }

    async fn leaves(&self, tiles: Vec<Tile>) -> Result<Vec<Leaves>, AuditError> {
        let bundle = |tile: &Tile| format!("tile/entries/{}", tile.index_path());
        let names = tiles.iter().flat_map(|tile| [bundle(tile), hashes_name(*tile)]).collect();
        let files = self.at.files(names).await?;
        let pairs = tiles.into_iter().zip(files.as_chunks().0);
        let leaves = |(tile, [bundle, hashes]): (Tile, &[Option<Bytes>; 2])| {
            let hashes = hashes.as_ref().map(|bytes| full_tile(tile, bytes));
            (tile, bundle.clone(), hashes)
        };
        Ok(pairs.map(leaves).collect())
    }

    /// The tiles above the leaves that were filled by the records after `began` up to `reached`,
    /// and where the tree ends those at its edge.
    async fn above(&self, began: u64, reached: u64) -> Result<Vec<FullTile>, AuditError> {
        let mut found = Vec::new();
        for level in 1..TILE_LEVELS_MAX {
            let Some(hashes) = hashes_at(level, reached).filter(|hashes| *hashes > 0) else {
                break;
            };
            let last = hashes.saturating_sub(1) / TILE_HASHES;
            let Some(tile) = Tile::of_tree(level, last, reached) else { break };
            let is_new = hashes_at(level, began) != Some(hashes);
            if (tile.is_full() && is_new) || reached == self.head.size {
                found.extend(self.hashes(tile).await?);
            }
        }
        Ok(found)
    }

    /// A tile of hashes as it is kept: with as many as can be cut out of it.
    async fn hashes(&self, tile: Tile) -> Result<Option<FullTile>, AuditError> {
        let bytes = self.at.file(&hashes_name(tile)).await?;
        Ok(bytes.map(|bytes| full_tile(tile, &bytes)))
    }
}

fn hashes_name(tile: Tile) -> String {
    format!("tile/{tile}")
}

fn full_tile(tile: Tile, bytes: &[u8]) -> FullTile {
    let (hashes, odd) = bytes.as_chunks::<HASH_BYTES>();
    let mut hashes: Vec<Hash> = hashes.iter().copied().map(Hash).collect();
    if !odd.is_empty() {
        // Longer than its hashes: of no use to anybody, so none of it is.
        hashes.clear();
    }
    // A tile as a file has no root beside it.
    FullTile { tile, hashes, root: EMPTY_ROOT }
}

fn cut(tile: Tile, bundle: Option<Bytes>) -> Result<Batch, Finding> {
    let first = tile.first_hash().saturating_add(1);
    let last = tile.first_hash().saturating_add(tile.width().into());
    let name = format!("tile/entries/{}", tile.index_path());
    let Some(bytes) = bundle else {
        return Err(Finding::among(first, last, Kind::Tile, format!("{name} is missing")));
    };
    let bundle = Bundle::new(bytes, tile.width()).ok_or_else(|| {
        let what = format!("{name} can't be cut into {} records", tile.width());
        Finding::among(first, last, Kind::Tile, what)
    })?;
    Ok(Batch::Bundle { first, bundle })
}
