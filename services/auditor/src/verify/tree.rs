//! The tree over the records, beside what is kept of it: tiles, signed checkpoints, cosignatures.
//!
//! It is made anew from the records alone. A tile of leaves that holds another hash than a record
//! has names that record; a tile above the leaves is named itself; a checkpoint with another root
//! names the records after the last one that had the right root.

use std::collections::{BTreeMap, VecDeque};

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::Record;
use linli_log::checkpoint::Checkpoint;
use linli_log::merkle::tile::TILE_HASHES;
use linli_log::merkle::{Hash, Tile};
use linli_log::tiles::{FullTile, Tiler};

use crate::Trust;
use crate::finding::{Finding, Kind, Place};
use crate::source::Kept;

/// How much was compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Seen {
    pub(crate) tiles: u64,
    pub(crate) checkpoints: u64,
    /// Checkpoints whose signature holds; none are asked where no key was given.
    pub(crate) signatures: u64,
    pub(crate) cosignatures: u64,
}

/// Level and index of a tile.
type Spot = (u8, u64);

/// The tree so far, and what of the kept one has not been compared yet.
#[derive(Debug)]
pub(crate) struct Tree {
    tiler: Tiler,
    kept: Kept,
    trust: Trust,
    tiles: BTreeMap<Spot, FullTile>,
    checkpoints: VecDeque<Checkpoint>,
    signed: Signed,
    /// Those that were kept elsewhere and not reached yet, and what they said so far: a log that was written
    /// anew agrees with whatever was signed anew.
    elsewhere: VecDeque<Checkpoint>,
    remembered: Signed,
    seen: Seen,
}

/// What the checkpoints so far said.
#[derive(Clone, Debug, Default, BorshSerialize, BorshDeserialize)]
struct Signed {
    origin: Option<String>,
    /// The largest size whose root was the records'.
    agreed: u64,
    /// Has one had another root? Then all later ones have.
    diverged: bool,
}

/// What goes on of it: what is kept elsewhere is read anew.
#[derive(BorshSerialize, BorshDeserialize)]
pub(super) struct TreeKept {
    size: u64,
    edges: Vec<Vec<[u8; 32]>>,
    signed: Signed,
    seen: Seen,
}

impl Tree {
    pub(super) fn keep(&self) -> TreeKept {
        let bytes = |hashes: &Vec<Hash>| hashes.iter().map(|hash| hash.0).collect();
        TreeKept {
            size: self.tiler.size(),
            edges: self.tiler.edges().iter().map(bytes).collect(),
            signed: self.signed.clone(),
            seen: self.seen,
        }
    }

    pub(super) fn resumed(self, kept: TreeKept) -> Self {
        let TreeKept { size, edges, signed, seen } = kept;
        let hashes = |bytes: Vec<[u8; 32]>| bytes.into_iter().map(Hash).collect();
        let tiler = Tiler::at(size, edges.into_iter().map(hashes).collect());
        Self { tiler, signed, seen, ..self }
    }

    /// The empty tree, to be held against what is kept.
    pub(crate) fn new(kept: Kept, trust: Trust) -> Self {
        let (tiles, checkpoints) = (BTreeMap::new(), VecDeque::new());
        let (signed, remembered, seen) = Default::default();
        // One over no record says nothing of any.
        let elsewhere = trust.seen.iter().filter(|it| it.size > 0).cloned();
        let mut elsewhere: Vec<Checkpoint> = elsewhere.collect();
        elsewhere.sort_by_key(|it| it.size);
        let (tiler, elsewhere) = (Tiler::default(), elsewhere.into());
        Self { tiler, kept, trust, tiles, checkpoints, signed, elsewhere, remembered, seen }
    }

    pub(crate) fn seen(&self) -> Seen {
        self.seen
    }

    /// Takes in what is kept about the records that come now.
    pub(crate) fn expect(&mut self, tiles: Vec<FullTile>, checkpoints: Vec<Checkpoint>) {
        self.tiles = tiles.into_iter().map(|it| ((it.tile.level(), it.tile.index()), it)).collect();
        self.checkpoints = checkpoints.into();
    }

    /// Moves on over records, the first of which has this position. Gives the root of the last tile
    /// of leaves that they filled.
    pub(crate) fn take(
        &mut self,
        first: u64,
        leaves: &[Hash],
        records: &[Record],
        findings: &mut Vec<Finding>,
    ) -> Option<Hash> {
        self.look(first, leaves, findings);
        let (mut full, mut root) = (Vec::new(), None);
        for (place, leaf) in leaves.iter().enumerate() {
            self.tiler.push(*leaf, &mut full);
            for tile in full.drain(..) {
                if tile.tile.level() == 0 {
                    root = Some(tile.root);
                }
                self.filled(&tile, findings);
            }
            let size = self.tiler.size();
            while let Some(next) = self.checkpoints.front().filter(|next| next.size <= size) {
                let at_us = records.get(place).map(|record| record.recorded_at.microseconds());
                let next = next.clone();
                self.checkpoints.pop_front();
                self.checkpoint(&next, at_us, findings);
            }
            while let Some(next) = self.elsewhere.front().filter(|next| next.size <= size) {
                let at_us = records.get(place).map(|record| record.recorded_at.microseconds());
                let next = next.clone();
                self.elsewhere.pop_front();
                // What it says is held against the records alone.
                std::mem::swap(&mut self.signed, &mut self.remembered);
                self.checkpoint(&next, at_us, findings);
                std::mem::swap(&mut self.signed, &mut self.remembered);
            }
        }
        root
    }

    /// Holds hashes of records against the tiles of leaves, without moving on.
    pub(crate) fn look(&self, first: u64, leaves: &[Hash], findings: &mut Vec<Finding>) {
        let mut spot = None;
        for (position, leaf) in (first..).zip(leaves) {
            let index = position.saturating_sub(1);
            let tile = match spot {
                Some((at, tile)) if at == index / TILE_HASHES => tile,
                _ => self.tiles.get(&(0, index / TILE_HASHES)),
            };
            spot = Some((index / TILE_HASHES, tile));
            let Some(tile) = tile else { continue };
            let place = usize::try_from(index % TILE_HASHES).unwrap_or_default();
            let held = tile.hashes.get(place);
            if held != Some(leaf) {
                let held = held.map_or("nothing".to_owned(), Hash::to_string);
                let tile = tile.tile;
                let what = format!("it has the hash {leaf}; tile/{tile} holds {held} at {place}");
                findings.push(Finding::at(position, Kind::Tile, what));
            }
        }
    }

    /// Compares a tile that was filled just now.
    fn filled(&mut self, made: &FullTile, findings: &mut Vec<Finding>) {
        let (level, index) = (made.tile.level(), made.tile.index());
        let reach = self.kept.full.get(usize::from(level)).copied().unwrap_or_default();
        if index >= reach {
            // The notary has not come so far.
            return;
        }
        let root = (!self.kept.partial).then_some(made.root);
        self.compare(made.tile, &made.hashes, root, findings);
    }

    /// Compares a tile with the one that is kept; with its root, where that is kept beside it.
    fn compare(
        &mut self,
        tile: Tile,
        hashes: &[Hash],
        root: Option<Hash>,
        into: &mut Vec<Finding>,
    ) {
        self.seen.tiles = self.seen.tiles.saturating_add(1);
        let mut say = |what: String| {
            let place = Place::Tile { tile: format!("tile/{tile}") };
            into.push(Finding::new(place, Kind::Tile, what));
        };
        let Some(kept) = self.tiles.get(&(tile.level(), tile.index())) else {
            return say("missing".to_owned());
        };
        if kept.hashes != hashes {
            let pairs = hashes.iter().zip(&kept.hashes);
            let other = pairs.clone().filter(|(made, kept)| made != kept).count();
            let first = pairs.take_while(|(made, kept)| made == kept).count();
            let (has, should) = (kept.hashes.len(), hashes.len());
            say(format!("{has} hashes of {should}; {other} are others, the first at {first}"));
        } else if let Some(root) = root.filter(|root| *root != kept.root) {
            say(format!("its root is kept as {}, and is {root}", kept.root));
        }
    }

    fn checkpoint(&mut self, it: &Checkpoint, at_us: Option<i64>, findings: &mut Vec<Finding>) {
        self.seen.checkpoints = self.seen.checkpoints.saturating_add(1);
        let size = it.size;
        let mut say = |kind, what: String| {
            findings.push(Finding::new(Place::Checkpoint { size }, kind, what));
        };
        let Some(head) = linli_notary::told_by(&it.note) else {
            return say(Kind::Checkpoint, "it is no checkpoint".to_owned());
        };
        if let Some(log) = &self.trust.log {
            match log.open(&it.note, at_us) {
                Ok(_) => self.seen.signatures = self.seen.signatures.saturating_add(1),
                Err(why) => say(Kind::Signature, why),
            }
        }
        match self.trust.witnesses.signed(&it.note) {
            Ok(signed) => {
                let signed = u64::try_from(signed).unwrap_or_default();
                self.seen.cosignatures = self.seen.cosignatures.saturating_add(signed);
            }
            Err(error) => say(Kind::Cosignature, error.to_string()),
        }
        let origin = self.signed.origin.get_or_insert_with(|| head.origin.clone());
        if *origin != head.origin {
            say(Kind::Checkpoint, format!("it is of {}, earlier ones of {origin}", head.origin));
        }
        if head.size != size || size != self.tiler.size() {
            return say(Kind::Checkpoint, format!("it says that it is over {} records", head.size));
        }
        self.root(size, head.root, findings);
    }

    fn root(&mut self, size: u64, signed: Hash, findings: &mut Vec<Finding>) {
        let found = self.tiler.root();
        if found == signed {
            self.signed.agreed = size;
        } else if !self.signed.diverged {
            self.signed.diverged = true;
            let agreed = self.signed.agreed;
            let what = format!(
                "the checkpoint over {size} records was signed with the root {signed}, and they \
                 have {found}; up to {agreed} they are what was signed"
            );
            let first = agreed.saturating_add(1);
            findings.push(Finding::among(first, size, Kind::Checkpoint, what));
        }
    }

    /// The log ends here, so what was kept elsewhere over more records than there are names those that are gone.
    fn gone(&mut self, findings: &mut Vec<Finding>) {
        let head = self.tiler.size();
        for it in std::mem::take(&mut self.elsewhere) {
            let size = it.size;
            if let Some(Err(why)) = self.trust.log.as_ref().map(|log| log.open(&it.note, None)) {
                findings.push(Finding::new(Place::Checkpoint { size }, Kind::Signature, why));
                continue;
            }
            let what = format!(
                "a checkpoint over {size} records was seen, and the log ends at {head}: it was put \
                 back to an older state, or cut off"
            );
            let first = head.saturating_add(1);
            findings.push(Finding::among(first, size, Kind::Checkpoint, what));
        }
    }

    /// Holds the edge against the partial tiles, where they are kept, and against what was kept elsewhere if
    /// the log, which ends at `head`, was followed to there.
    pub(crate) fn end(&mut self, head: u64, findings: &mut Vec<Finding>) {
        if self.tiler.size() >= head {
            self.gone(findings);
        }
        if !self.kept.partial || self.tiler.size() != self.kept.signed {
            return;
        }
        let partial: Vec<(Tile, Vec<Hash>)> =
            self.tiler.partial().map(|(tile, hashes)| (tile, hashes.to_vec())).collect();
        for (tile, hashes) in partial {
            self.compare(tile, &hashes, None, findings);
        }
    }
}
