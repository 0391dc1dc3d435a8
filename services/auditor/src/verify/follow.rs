//! The third stage: are the batches one chain, is the tree over them the one that was kept and
//! signed, and does each key stand for one command?

use std::collections::VecDeque;
use std::io;

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::inspection::Head;
use linli_domain::{Origin, Record};
use linli_log::merkle::tile::TILE_HASHES;
use linli_log::merkle::{EMPTY_ROOT, Hash};
use linli_log::{Frame, Frontier, Root};
use linli_proto::{decode_record_strict, encode_record};
use tokio::sync::mpsc::{Receiver, Sender};

use super::commands::{Command, Commands, CommandsKept};
use super::prepare::{self, Prepared, PreparedPage, Read};
use super::sample::{sampled, steered};
use super::saved::Unresumable;
use super::tree::{Seen, Tree, TreeKept};
use crate::chain::{Chain, Checked, Standing};
use crate::finding::{Finding, Kind};
use crate::source::{Batch, Sum, Summing};

/// Bundles that are remembered: as many as the records of the longest frame can fill.
const RECENT_MAX: usize = 96;

/// A batch as far as it could be read.
#[derive(Debug)]
pub(super) struct ReadBatch {
    pub(super) last: u64,
    pub(super) root: Root,
    /// Its records, up to the first that can't be read.
    pub(super) records: Vec<Record>,
    /// Are the records what was committed?
    pub(super) proven: bool,
    /// Can the replay go on after it?
    pub(super) whole: bool,
    pub(super) findings: Vec<Finding>,
}

/// What the batches so far were held against.
#[derive(Clone, Copy, Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Held {
    pub(super) commands: u64,
    /// Of how many commands the index of keys was asked; none if there is none.
    pub(super) keys: Option<u64>,
    pub(super) tree: Seen,
}

/// Batches in their order.
#[derive(Debug)]
pub(super) struct ReadPage {
    pub(super) batches: Vec<ReadBatch>,
    pub(super) held: Held,
    /// What was followed so far, where it is to be kept.
    pub(super) followed: Option<FollowedTo>,
}

/// What was followed up to a position; the fold may be a command behind, whose end is not known.
#[derive(Debug)]
pub(super) struct FollowedTo {
    pub(super) position: u64,
    pub(super) bytes: Vec<u8>,
}

/// What is known when all was followed.
#[derive(Debug)]
pub(super) struct FollowedAll {
    /// The keys that were used twice.
    pub(super) repeats: Vec<Finding>,
    /// What the commands sum up to; none where the index is not summed.
    pub(super) sum: Option<Sum>,
    /// Is there nothing to be learned from the sum? Then not all was followed.
    pub(super) is_unsummable: bool,
}

/// Reads page after page until there are no more, or until one breaks the chain for good, or until
/// a sum of the commands is known to be of no use.
pub(super) fn run(
    mut pages: Receiver<PreparedPage>,
    read: &Sender<ReadPage>,
    mut following: Following,
) -> io::Result<FollowedAll> {
    let mut is_whole = true;
    while is_whole && let Some(page) = pages.blocking_recv() {
        let mut page = following.page(page);
        is_whole = page.batches.iter().all(|batch| batch.whole);
        if is_whole {
            page.followed = following.due()?;
        }
        // Nobody listens any more only where the fold has found its own end.
        if following.commands.is_unsummable() || read.blocking_send(page).is_err() {
            return following.all();
        }
    }
    if is_whole {
        let mut page = following.end();
        page.followed = following.due_at_end()?;
        drop(read.blocking_send(page));
    }
    following.all()
}

/// The chain, the tree and the keys as far as they were followed.
#[derive(Debug, Default)]
pub(super) struct Following {
    chain: Chain,
    commands: Commands,
    /// None where there is nothing to hold it against.
    tree: Option<Tree>,
    /// The last command of a bundle, which may go on in the next one.
    open: Vec<Record>,
    /// The bundles before, with the edge that each began at.
    recent: VecDeque<(Frontier, Vec<Hash>)>,
    /// Where the log ends, which may be long after what is followed.
    head: u64,
    /// After how many records more it is kept; none if it is not.
    keep_every: Option<u64>,
    /// Where it was kept last.
    kept_at: u64,
}

/// What goes on of what was followed; the commands are behind it.
#[derive(BorshSerialize, BorshDeserialize)]
struct Followed {
    edge: Vec<u8>,
    tree: Option<TreeKept>,
    open: Vec<Vec<u8>>,
    recent: Vec<(Vec<u8>, Vec<[u8; 32]>)>,
}

impl Following {
    /// From the beginning of a log of this name that ends at `head`, with a tree where there is anything
    /// to hold it against.
    pub(super) fn new(log: &str, head: u64, tree: Option<Tree>, keep_every: Option<u64>) -> Self {
        Self { commands: Commands::of(log), head, tree, keep_every, ..Self::default() }
    }

    /// Goes on from what was kept.
    pub(super) fn resumed(self, followed: &[u8]) -> Result<Self, Unresumable> {
        let mut followed = followed;
        let Followed { edge, tree, open, recent } = Followed::deserialize(&mut followed)?;
        let commands: CommandsKept = borsh::from_slice(followed)?;
        let frontier = Frontier::from_bytes(&edge)?;
        let record = |bytes: &Vec<u8>| decode_record_strict(bytes);
        let open = open.iter().map(record).collect::<Result<_, _>>()?;
        let before = |(edge, leaves): (Vec<u8>, Vec<[u8; 32]>)| {
            Ok((Frontier::from_bytes(&edge)?, leaves.into_iter().map(Hash).collect()))
        };
        let recent: Result<_, Unresumable> = recent.into_iter().map(before).collect();
        // A tree that nothing was held against before can't be from here on.
        let tree = self.tree.zip(tree).map(|(fresh, kept)| fresh.resumed(kept));
        Ok(Self {
            kept_at: frontier.size(),
            chain: Chain::resumed(frontier),
            commands: self.commands.resumed(commands),
            tree,
            open,
            recent: recent?,
            head: self.head,
            keep_every: self.keep_every,
        })
    }

    /// What was followed so far, if it is time to keep it. A bundle that is not full comes again
    /// from its first record, so nothing is kept within one.
    fn due(&mut self) -> io::Result<Option<FollowedTo>> {
        let (Some(every), end) = (self.keep_every, self.chain.end()) else { return Ok(None) };
        let is_cut = self.recent.is_empty() || end.is_multiple_of(TILE_HASHES);
        if end.saturating_sub(self.kept_at) < every || !is_cut {
            return Ok(None);
        }
        self.followed()
    }

    /// What was followed so far, at the log's end, if nothing has been kept yet: of a log that is shorter
    /// than what is kept at once, all of it is.
    fn due_at_end(&mut self) -> io::Result<Option<FollowedTo>> {
        let is_first = self.keep_every.is_some() && self.kept_at == 0;
        let is_all = self.chain.end() > 0 && self.chain.end() == self.head;
        if is_first && is_all && self.recent.is_empty() { self.followed() } else { Ok(None) }
    }

    /// What was followed so far, unless a key was used twice.
    fn followed(&mut self) -> io::Result<Option<FollowedTo>> {
        let end = self.chain.end();
        self.kept_at = end;
        let bytes = |hashes: &Vec<Hash>| hashes.iter().map(|hash| hash.0).collect();
        let recent = self.recent.iter().map(|(edge, leaves)| (edge.to_bytes(), bytes(leaves)));
        let mut followed = borsh::to_vec(&Followed {
            edge: self.chain.frontier().to_bytes(),
            tree: self.tree.as_ref().map(Tree::keep),
            open: self.open.iter().map(encode_record).collect(),
            recent: recent.collect(),
        })?;
        let is_true = self.commands.write(&mut followed)?;
        Ok(is_true.then_some(FollowedTo { position: end, bytes: followed }))
    }

    fn page(&mut self, page: PreparedPage) -> ReadPage {
        let PreparedPage { batches, keys, tiles, checkpoints } = page;
        self.commands.expect(keys);
        if let Some(tree) = &mut self.tree {
            tree.expect(tiles, checkpoints);
        }
        let mut read = Vec::with_capacity(batches.len());
        for prepared in batches {
            let batch = match prepared.batch {
                Batch::Frame(_) => self.frame(prepared),
                Batch::Bundle { .. } => self.bundle(prepared),
            };
            let is_whole = batch.whole;
            read.push(batch);
            if !is_whole {
                break;
            }
        }
        if let Some(last) = read.last_mut().filter(|last| last.whole) {
            self.commands.superfluous(last.last, &mut last.findings);
        }
        ReadPage { batches: read, held: self.held(), followed: None }
    }

    /// What was held back, and what is wrong with the tree's edge. Before the log's end nobody knows
    /// whether a command goes on after the last bundle, so it is left out.
    fn end(&mut self) -> ReadPage {
        let mut records = std::mem::take(&mut self.open);
        let (mut last, mut root) = (self.chain.end(), self.chain.root());
        if let Some(open) = records.first().filter(|_| last < self.head) {
            last = open.position.0.saturating_sub(1);
            root = self.root_at(last).unwrap_or(root);
            records.clear();
        }
        let mut findings = Vec::new();
        self.commands(&records, &mut findings);
        if let Some(tree) = &mut self.tree {
            tree.end(self.head, &mut findings);
        }
        let batch = ReadBatch { last, root, records, proven: true, whole: true, findings };
        ReadPage { batches: vec![batch], held: self.held(), followed: None }
    }

    fn all(&mut self) -> io::Result<FollowedAll> {
        let repeats = self.commands.repeats()?;
        let (sum, is_unsummable) = (self.commands.sum(), self.commands.is_unsummable());
        Ok(FollowedAll { repeats, sum, is_unsummable })
    }

    /// Sums commands in this way, where the index of keys is summed.
    pub(super) fn summing(mut self, summing: Summing) -> Self {
        self.commands.sum_by(summing);
        self
    }

    fn held(&self) -> Held {
        let tree = self.tree.as_ref().map(Tree::seen).unwrap_or_default();
        Held { commands: self.commands.count(), keys: self.commands.compared(), tree }
    }

    fn frame(&mut self, prepared: Prepared) -> ReadBatch {
        let Prepared { batch, leaves, read } = prepared;
        let Batch::Frame(frame) = batch else { return nothing() };
        let first = self.chain.end().saturating_add(1);
        let Checked { frame, leaves, standing, mut findings, is_mended } =
            self.chain.check(frame, leaves);
        let proven = standing == Standing::Proven;
        let read = match standing {
            Standing::Misplaced => Read::default(),
            // The body was put right, so it says something else.
            Standing::Proven if is_mended => prepare::frame(&frame),
            Standing::Proven | Standing::Doubtful => read,
        };
        let Read { records, fault } = read;
        let whole = proven && fault.is_none();
        findings.extend(fault);
        match &mut self.tree {
            Some(tree) if proven => {
                tree.take(first, &leaves, &records, &mut findings);
            }
            Some(tree) if standing == Standing::Doubtful => {
                tree.look(first, &leaves, &mut findings);
            }
            Some(_) | None => {}
        }
        if whole {
            frame_time(&frame, &records, &mut findings);
            findings.extend(records.iter().filter_map(|record| steered(&frame, record)));
            self.commands(&records, &mut findings);
        }
        ReadBatch { last: frame.last, root: frame.root, records, proven, whole, findings }
    }

    fn bundle(&mut self, prepared: Prepared) -> ReadBatch {
        let Prepared { batch: _, leaves, read: Read { records, fault } } = prepared;
        let first = self.chain.end().saturating_add(1);
        let mut findings = Vec::new();
        // A bundle can be cut, or it is none.
        let leaves = leaves.unwrap_or_default();
        let tile = match &mut self.tree {
            Some(tree) => tree.take(first, &leaves, &records, &mut findings),
            None => None,
        };
        let before = self.chain.frontier().clone();
        match tile {
            // The tree has just hashed the nodes above these leaves.
            Some(root) if is_tile(before.size(), &leaves) => self.chain.grow_by_tile(root),
            _ => self.chain.grow(&leaves),
        }
        self.recent.push_back((before, leaves));
        if self.recent.len() > RECENT_MAX {
            self.recent.pop_front();
        }
        findings.extend(records.iter().filter_map(|record| self.steered(record)));
        let whole = fault.is_none();
        findings.extend(fault);
        let mut known = std::mem::take(&mut self.open);
        known.extend(records);
        if whole {
            let closed = known.chunk_by(same_command).next_back().map_or(0, <[Record]>::len);
            self.open = known.split_off(known.len().saturating_sub(closed));
            self.commands(&known, &mut findings);
        }
        let last = known.last().map_or(0, |record| record.position.0);
        ReadBatch { last, root: self.chain.root(), records: known, proven: true, whole, findings }
    }

    /// Bundles don't tell where a frame began; a sample has to hang on some head not long before.
    fn steered(&self, record: &Record) -> Option<Finding> {
        let Head { size, root } = sampled(record)?;
        let there = self.root_at(size.0);
        if size < record.position && there.is_some_and(|there| *there.as_bytes() == root) {
            return None;
        }
        let what = format!("a sample hangs on {size} records with another root than they have");
        Some(Finding::at(record.position.0, Kind::Root, what))
    }

    /// The root of so many records, if that is not long before what was followed.
    fn root_at(&self, size: u64) -> Option<Hash> {
        let (edge, leaves) = self.recent.iter().rev().find(|(edge, _)| edge.size() <= size)?;
        let more = usize::try_from(size.checked_sub(edge.size())?).ok()?;
        let mut edge = edge.clone();
        leaves.get(..more)?.iter().for_each(|leaf| edge.push(*leaf));
        Some(edge.root())
    }

    fn commands(&mut self, records: &[Record], findings: &mut Vec<Finding>) {
        for group in records.chunk_by(same_command) {
            let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
            if let Origin::Command { client, key, body_hash } = &first.origin {
                let command = Command {
                    client: *client,
                    key,
                    body_hash: *body_hash,
                    first: first.position.0,
                    last: last.position.0,
                };
                self.commands.take(&command, findings);
            }
        }
    }
}

/// Are these all leaves of one tile, the first of which comes after so many others?
fn is_tile(before: u64, leaves: &[Hash]) -> bool {
    before.is_multiple_of(TILE_HASHES) && u64::try_from(leaves.len()) == Ok(TILE_HASHES)
}

fn nothing() -> ReadBatch {
    ReadBatch {
        last: 0,
        root: EMPTY_ROOT,
        records: Vec::new(),
        proven: false,
        whole: false,
        findings: Vec::new(),
    }
}

fn frame_time(frame: &Frame, records: &[Record], findings: &mut Vec<Finding>) {
    let found = frame.recorded_at;
    let expected = records.last().map(|record| record.recorded_at.microseconds());
    if let Some(expected) = expected.filter(|expected| *expected != found) {
        let what = format!("the frame says {found} µs, its last record {expected} µs");
        findings.push(Finding::among(frame.first, frame.last, Kind::FrameTime, what));
    }
}

/// Are two neighbours of one command? What happens by itself is always on its own.
pub(super) fn same_command(one: &Record, next: &Record) -> bool {
    matches!(one.origin, Origin::Command { .. }) && one.origin == next.origin
}
