//! Making receipts, and proofs that a log grew.

use std::ops::Range;

use linli_log::checkpoint::{Checkpoint, CheckpointError, Checkpoints};
use linli_log::merkle::{Hash, Root, consistency_subtrees, inclusion_subtrees};
use linli_log::{District, LogReader, Sealed, TileError, Tiles};

use crate::receipt::Receipt;

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
pub enum ProveError {
    /// A tile, or the record and its checkpoint, could not be read.
    #[error("the tiles or the record could not be read")]
    Tiles(#[from] TileError),
    /// The checkpoints could not be read.
    #[error("the checkpoints could not be read")]
    Checkpoint(#[from] CheckpointError),
}

/// Proves what a district's log holds, out of its tiles and its signed checkpoints. Cheap to
/// clone.
#[derive(Clone, Debug)]
pub struct Prover {
    tiles: Tiles,
    checkpoints: Checkpoints,
}

impl Prover {
    /// A prover by a reader of the log.
    #[must_use]
    pub fn new(log: LogReader, district: District) -> Self {
        let checkpoints = Checkpoints::new(log.pool().clone(), district.clone());
        Self { tiles: Tiles::new(log, district), checkpoints }
    }

    /// The tiles.
    #[must_use]
    pub fn tiles(&self) -> &Tiles {
        &self.tiles
    }

    /// The newest signed checkpoint; `None` before the first.
    ///
    /// # Errors
    /// [`ProveError`].
    pub async fn newest(&self) -> Result<Option<Checkpoint>, ProveError> {
        Ok(self.checkpoints.newest().await?)
    }

    /// The receipt of the record at a position, from the first checkpoint that covers it. `None`
    /// where there is none yet: ask again in a second.
    ///
    /// # Errors
    /// [`ProveError`].
    pub async fn receipt(&self, position: u64) -> Result<Option<Receipt>, ProveError> {
        let Some(index) = position.checked_sub(1) else { return Ok(None) };
        let Some(Sealed { record, checkpoint }) = self.tiles.sealed(position).await? else {
            return Ok(None);
        };
        let Some(subtrees) = inclusion_subtrees(index, checkpoint.size) else { return Ok(None) };
        // The tile of the leaf has come with the record, and those above are few and soon known.
        let path = self.tiles.prove(&subtrees, checkpoint.size).await?;
        Ok(Some(Receipt { record: record.to_vec(), index, path, checkpoint: checkpoint.note }))
    }

    /// The root of the tree whose last leaf is the record at a position, by which all of the log
    /// up to it is sealed. `None` where the tree is not there yet: ask again in a second.
    ///
    /// # Errors
    /// [`ProveError`].
    pub async fn root(&self, position: u64) -> Result<Option<Root>, ProveError> {
        let whole = Range { start: 0, end: position };
        match self.tiles.prove(&[whole], position).await {
            Ok(roots) => Ok(roots.first().copied()),
            Err(TileError::Missing { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The proof that the log of `new` records began with the `old` ones. `None` where `old` is
    /// more than `new`.
    ///
    /// # Errors
    /// [`ProveError`]; tiles are missing where the log has not so many records.
    pub async fn growth(&self, old: u64, new: u64) -> Result<Option<Vec<Hash>>, ProveError> {
        match consistency_subtrees(old, new) {
            Some(subtrees) => Ok(Some(self.tiles.prove(&subtrees, new).await?)),
            None => Ok(None),
        }
    }
}
