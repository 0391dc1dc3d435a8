//! Tampering by the hundred: whatever a hand with every right does to what is stored, an audit finds
//! it and names the place.
//!
//! A seed tells what is done, and where. The same small log lies in a database with its read models,
//! and in a folder as an export; each seed changes one of them, has it audited, looks whether the
//! place is named, and puts it back.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "each file does some of the deeds, and one that nobody does fails its seed by name"
)]

mod files;
mod place;
mod rows;
mod scene;
mod store;
mod stream;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

pub use place::{Audited, Expected};
pub use scene::Scene;

use crate::Chance;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "they say what is done, and to what")]
pub enum Deed {
    FlipBit,
    ScrambleRecord,
    FlipRoot,
    DropFrame,
    SwapFrames,
    InsertFrame,
    TruncateLog,
    ForgeChain,
    ForgeChainAndKeys,
    FlipStoredTile,
    DropStoredTile,
    FlipStoredCheckpoint,
    RestoreBackup,
    FlipEntry,
    SwapEntries,
    InsertEntry,
    DropEntry,
    TruncateBundle,
    FlipTile,
    TruncateTile,
    DropFile,
    FlipCheckpoint,
    ForgeExport,
    RollBackExport,
    ChangeRow,
    DropRow,
    SwapRows,
    InsertRow,
    TruncateRows,
    FlipCarried,
    ForgeCarried,
    DropCarried,
    SwapCarried,
    DoubleCarried,
    InsertCarried,
    TruncateCarried,
    ForgeCarriedChain,
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 37] = [
        Self::FlipBit,
        Self::ScrambleRecord,
        Self::FlipRoot,
        Self::DropFrame,
        Self::SwapFrames,
        Self::InsertFrame,
        Self::TruncateLog,
        Self::ForgeChain,
        Self::ForgeChainAndKeys,
        Self::FlipStoredTile,
        Self::DropStoredTile,
        Self::FlipStoredCheckpoint,
        Self::RestoreBackup,
        Self::FlipEntry,
        Self::SwapEntries,
        Self::InsertEntry,
        Self::DropEntry,
        Self::TruncateBundle,
        Self::FlipTile,
        Self::TruncateTile,
        Self::DropFile,
        Self::FlipCheckpoint,
        Self::ForgeExport,
        Self::RollBackExport,
        Self::ChangeRow,
        Self::DropRow,
        Self::SwapRows,
        Self::InsertRow,
        Self::TruncateRows,
        Self::FlipCarried,
        Self::ForgeCarried,
        Self::DropCarried,
        Self::SwapCarried,
        Self::DoubleCarried,
        Self::InsertCarried,
        Self::TruncateCarried,
        Self::ForgeCarriedChain,
    ];

    /// The deed of a seed: each has its turn.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        let turn = usize::try_from(seed).unwrap_or_default() % Self::ALL.len();
        Self::ALL[turn]
    }
}

/// What came of some seeds.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// How often each was done, and found with its place.
    pub named: BTreeMap<Deed, u64>,
    /// What was not found, or not where it was done.
    pub missed: Vec<String>,
}

impl Tally {
    /// How many were found and named.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.named.values().sum()
    }
}

/// Does what these seeds tell, one after the other.
///
/// # Errors
///
/// If something could not be done, or the scene is not as it was after it was put back.
pub async fn run(scene: &Scene, seeds: RangeInclusive<u64>) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    for seed in seeds {
        let (deed, mut chance) = (Deed::of(seed), Chance::of(seed));
        let (what, expected, audited) = one(scene, deed, &mut chance).await?;
        if expected.is_named_by(&audited) {
            *tally.named.entry(deed).or_default() += 1;
        } else {
            tally
                .missed
                .push(format!("seed {seed}, {deed:?}: {what}; {expected:?}\n{}", audited.told));
        }
    }
    scene.untouched().await?;
    Ok(tally)
}

async fn one(
    scene: &Scene,
    deed: Deed,
    chance: &mut Chance,
) -> anyhow::Result<(String, Expected, Audited)> {
    match deed {
        Deed::FlipBit
        | Deed::ScrambleRecord
        | Deed::FlipRoot
        | Deed::DropFrame
        | Deed::SwapFrames
        | Deed::InsertFrame
        | Deed::TruncateLog
        | Deed::ForgeChain
        | Deed::ForgeChainAndKeys
        | Deed::FlipStoredTile
        | Deed::DropStoredTile
        | Deed::FlipStoredCheckpoint
        | Deed::RestoreBackup => store::tamper(scene, deed, chance).await,
        Deed::FlipEntry
        | Deed::SwapEntries
        | Deed::InsertEntry
        | Deed::DropEntry
        | Deed::TruncateBundle
        | Deed::FlipTile
        | Deed::TruncateTile
        | Deed::DropFile
        | Deed::FlipCheckpoint
        | Deed::ForgeExport
        | Deed::RollBackExport => files::tamper(scene, deed, chance).await,
        Deed::ChangeRow | Deed::DropRow | Deed::SwapRows | Deed::InsertRow | Deed::TruncateRows => {
            rows::tamper(scene, deed, chance).await
        }
        Deed::FlipCarried
        | Deed::ForgeCarried
        | Deed::DropCarried
        | Deed::SwapCarried
        | Deed::DoubleCarried
        | Deed::InsertCarried
        | Deed::TruncateCarried
        | Deed::ForgeCarriedChain => stream::tamper(scene, deed, chance).await,
    }
}
