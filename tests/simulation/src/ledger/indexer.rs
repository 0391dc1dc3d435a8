//! The leader's indexer: it takes the keys of durable frames and moves the index on, over a
//! connection of its own, which outlives its leader's for a moment.

use linli_ledger::{Unindexed, keys_of};
use linli_log::Frame;

use super::Node;
use super::lead::{End, Lead};
use crate::check::Checker;
use crate::log::{Moved, SessionId};
use crate::plant::Plant;
use crate::run::{Ground, Happening, Word};
use crate::sometimes::Path;
use crate::time::Moment;

/// Most frames whose keys are written at once.
const BATCH_FRAMES_MAX: u64 = 5;

/// How long the indexer waits for the server's word before it looks where the index is.
const WAIT_MS_MAX: u64 = 2_000;

/// Where the indexer is.
#[derive(Debug)]
pub(super) struct Indexer {
    position: u64,
    writing_since: Option<Moment>,
}

impl Indexer {
    pub(super) fn new(position: u64) -> Self {
        Self { position, writing_since: None }
    }
}

/// The keys that the index lacks, for one who begins to lead.
pub(super) fn unindexed(ground: &mut Ground) -> Unindexed {
    if ground.plant == Some(Plant::ForgetUnindexedKeys) {
        return Unindexed::after(ground.log.head().0);
    }
    let position = ground.log.index.position();
    let mut unindexed = Unindexed::after(position);
    let frames: Vec<Frame> = ground.log.frames_after(position, usize::MAX).cloned().collect();
    if !frames.is_empty() {
        ground.reach(Path::IndexWasBehind);
    }
    for frame in &frames {
        if let Err(error) = unindexed.take(frame) {
            ground.find(Checker::Index, format!("the keys can't be read: {error}"));
        }
    }
    unindexed
}

impl Node {
    /// The indexer's turn, beside the writer's.
    pub(super) fn index(&self, lead: &mut Lead, ground: &mut Ground) -> Result<(), End> {
        let is_lazy = !ground.is_calm && !ground.chance.once_in(3);
        if self.is_cut_off() || !ground.log.is_up() || is_lazy {
            return Ok(());
        }
        match lead.indexer.writing_since {
            Some(since) if ground.now().since(since) <= WAIT_MS_MAX => return Ok(()),
            Some(_) => return look(lead, ground),
            None => {}
        }
        let from = lead.indexer.position;
        let most = usize::try_from(ground.chance.between(1, BATCH_FRAMES_MAX)).unwrap_or(1);
        let frames: Vec<Frame> = ground.log.frames_after(from, most).cloned().collect();
        let Some(to) = frames.last().map(|frame| frame.last) else { return Ok(()) };
        let mut keys = Vec::new();
        for frame in &frames {
            match keys_of(frame) {
                Ok(more) => keys.extend(more),
                Err(error) => ground.find(Checker::Index, error.to_string()),
            }
        }
        lead.indexer.writing_since = Some(ground.now());
        let (node, life, session) = (self.number, self.life, lead.session());
        let in_ms = match ground.chance.below(6) {
            // A server that has better things to do: its ledger may be gone by then.
            0 if !ground.is_calm => ground.chance.between(200, 8_000),
            _ => ground.chance.between(1, 20),
        };
        ground.schedule.plan(in_ms, Happening::Index { node, life, session, from, to, keys });
        Ok(())
    }
}

/// The server's word to the indexer.
pub(super) fn heard(lead: &mut Lead, moved: &Moved, ground: &mut Ground) -> Result<(), End> {
    lead.indexer.writing_since = None;
    match moved {
        Moved::On(to) => {
            lead.indexer.position = *to;
            lead.desk.indexed(*to);
            Ok(())
        }
        Moved::Elsewhere => look(lead, ground),
        Moved::Conflict(entry) => {
            ground.find(Checker::Index, format!("{:?} is in the log twice", entry.key));
            Err(End::Doubt)
        }
    }
}

/// Looks where the index is: another one moved it on, or the word was lost.
fn look(lead: &mut Lead, ground: &mut Ground) -> Result<(), End> {
    if !ground.log.is_up() {
        return Ok(());
    }
    let found = ground.log.index.position();
    lead.indexer.writing_since = None;
    if found < lead.indexer.position {
        // The server died, and whoever leads will hear of it.
        return Err(End::Doubt);
    }
    lead.indexer.position = found;
    lead.desk.indexed(found);
    Ok(())
}

impl Ground {
    /// A step of the index reaches the server, whether or not its ledger still leads.
    pub(crate) fn advance_index(
        &mut self,
        (node, life, session): (usize, u64, SessionId),
        (from, to): (u64, u64),
        keys: Vec<linli_log::KeyEntry>,
    ) {
        if !self.log.is_up() {
            return;
        }
        let moved = match self.plant {
            Some(Plant::SkipIndexConflict) => self.log.index.advance_carelessly(to, keys),
            _ => self.log.index.advance(from, to, keys),
        };
        self.note(("ledger", node), "moves the index on", (from, to));
        if moved == Moved::Elsewhere {
            self.reach(Path::IndexRaced);
        }
        let looked = self.judge.look_at_index(&self.log.index);
        self.hold(looked);
        if self.is_calm || !self.chance.once_in(25) {
            self.tell(node, life, Word::Indexed { session, moved });
        }
    }
}
