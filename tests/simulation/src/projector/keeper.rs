//! One who keeps a projection in the server's tables: rows and checkpoint in one transaction, from
//! where the checkpoint was read, or not at all.

use std::sync::Arc;

use linli_feed::Decoded;

use super::source::Source;
use super::taker::{self, Taker};
use crate::log::Advance;
use crate::model::Totals;
use crate::plant::Plant;
use crate::run::{Ground, Happening};
use crate::sometimes::Path;
use crate::time::Moment;

/// Most frames in one step.
const STEP_FRAMES_MAX: u64 = 6;

/// How long it waits to be told what became of a step.
const STEP_WAIT_MS_MAX: u64 = 3_000;

/// A generation that is moved on.
#[derive(Debug)]
pub(super) struct Keeper {
    taker: Taker,
    /// Where the checkpoint is, as far as is known.
    position: u64,
    step: Step,
}

/// What is being done.
#[derive(Debug)]
enum Step {
    Idle,
    Committing {
        since: Moment,
        to: u64,
    },
    /// The checkpoint is not where it was believed to be, or nobody knows: begin anew from it.
    Over,
}

impl Keeper {
    /// Takes the projection up where it stands.
    pub(super) fn open(source: &mut Source, ground: &mut Ground) -> Option<Self> {
        if !ground.log.is_up() {
            return None;
        }
        let shown = ground.judge.look_at_table(&ground.log.table);
        ground.hold(shown)?;
        let (position, root) = (ground.log.table.position, ground.log.table.root);
        let root = super::root(position, root, ground)?;
        let taker = Taker::enter(position, root, source);
        Some(Self { taker, position, step: Step::Idle })
    }

    pub(super) fn leave(&self, source: &mut Source) {
        self.taker.leave(source);
    }

    pub(super) fn is_committing(&self) -> bool {
        matches!(self.step, Step::Committing { .. })
    }

    /// Folds what waits and sends it off. False if it has to begin anew.
    pub(super) fn work(
        &mut self,
        (projector, life): (usize, u64),
        source: &mut Source,
        ground: &mut Ground,
    ) -> bool {
        match self.step {
            Step::Over => return false,
            Step::Committing { since, .. } => {
                return ground.now().since(since) <= STEP_WAIT_MS_MAX;
            }
            Step::Idle => {}
        }
        let most = usize::try_from(ground.chance.between(1, STEP_FRAMES_MAX)).unwrap_or(1);
        let frames = match ground.plant {
            Some(Plant::SkipGap) => self.take_over_gap(most, source, ground),
            Some(Plant::ApplyTwice) => self.take_old_again(most, source, ground),
            _ => self.taker.take(most, source, ground),
        };
        let Some(last) = frames.last() else { return true };
        let mut changes = Totals::default();
        for frame in &frames {
            let Some(records) = taker::records(frame, ground) else { return false };
            records.iter().for_each(|record| changes.add(record));
        }
        let (from, to) = (self.position, last.last.max(self.position));
        let root = if to == last.last { last.root } else { ground.log.table.root };
        let step = Box::new(Advance { from, to, root, changes });
        ground.note(("projector", projector), "sends a step", (from, to));
        self.step = Step::Committing { since: ground.now(), to };
        ground.send(Happening::Advance { projector, life, step });
        true
    }

    /// The planted mistake: a later frame that the stream delivers is taken for the next one.
    fn take_over_gap(
        &mut self,
        most: usize,
        source: &mut Source,
        ground: &mut Ground,
    ) -> Vec<Arc<Decoded>> {
        let next = self.position.saturating_add(1);
        let delivered = std::mem::take(&mut source.delivered);
        match delivered.iter().find(|frame| frame.first > next) {
            Some(later) => vec![Arc::new(Decoded::of(later))],
            None => self.taker.take(most, source, ground),
        }
    }

    /// The planted mistake: what the stream delivers again is taken again.
    fn take_old_again(
        &mut self,
        most: usize,
        source: &mut Source,
        ground: &mut Ground,
    ) -> Vec<Arc<Decoded>> {
        let delivered = std::mem::take(&mut source.delivered);
        let old = delivered.iter().find(|frame| frame.last <= self.position);
        let again = old.map(|frame| Arc::new(Decoded::of(frame)));
        again.into_iter().chain(self.taker.take(most, source, ground)).collect()
    }

    /// The server's word.
    pub(super) fn hear(&mut self, is_done: bool) {
        self.step = match self.step {
            Step::Committing { to, .. } if is_done => {
                self.position = to;
                Step::Idle
            }
            Step::Committing { .. } | Step::Idle | Step::Over => Step::Over,
        };
    }
}

impl Ground {
    /// A step reaches the server: it is committed, and told or not.
    pub(crate) fn advance(&mut self, (projector, life): (usize, u64), step: Box<Advance>) {
        if !self.log.is_up() {
            return;
        }
        if self.plant == Some(Plant::CheckpointBeforeRows) {
            let is_done = self.log.table.advance_checkpoint(&step);
            if is_done {
                self.send(Happening::Rows { projector, life, step });
            }
            return;
        }
        let is_done = self.log.table.advance(&step);
        if is_done {
            let shown = self.judge.look_at_table(&self.log.table);
            self.hold(shown);
        } else {
            self.reach(Path::ProjectorRaced);
        }
        if !self.is_calm && self.chance.once_in(25) {
            self.reach(Path::ProjectorNotTold);
            return;
        }
        self.send(Happening::Advanced { projector, life, is_done });
    }
}
