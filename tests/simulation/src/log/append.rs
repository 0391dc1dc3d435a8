//! Appending a frame: it arrives, it is executed for a while, it is committed or not.

use linli_log::Frame;

use super::{Log, SessionId, Term};
use crate::chance::Chance;
use crate::plant::Plant;
use crate::time::Moment;

/// Names a statement that is being executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Execution(u64);

/// A statement that is being executed.
#[derive(Debug)]
pub(super) struct Executing {
    execution: Execution,
    pub(super) session: SessionId,
    frame: Frame,
}

/// Why a frame was not committed, as the server says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It doesn't follow the last one.
    Place,
    /// The disk is full.
    Full,
}

/// What became of a frame.
#[derive(Debug)]
pub struct Fate {
    /// Over which session it came.
    pub session: SessionId,
    /// The session's term.
    pub term: Term,
    /// The frame.
    pub frame: Frame,
    /// Whether it was committed.
    pub outcome: Result<(), Refused>,
    /// Whose the lock was then.
    pub holder: Option<SessionId>,
}

impl Log {
    /// A frame arrives; says what it is called and in how many milliseconds it is done. None if
    /// the session is over.
    pub fn arrive(
        &mut self,
        session: SessionId,
        frame: Frame,
        now: Moment,
        takes_ms: u64,
    ) -> Option<(Execution, u64)> {
        let takes_stale = self.plant == Some(Plant::StaleSessionAppends);
        if !self.is_up || (!self.is_alive(session) && !takes_stale) {
            return None;
        }
        self.executions = self.executions.saturating_add(1);
        let execution = Execution(self.executions);
        self.executing.push(Executing { execution, session, frame });
        Some((execution, self.take_turn(session, now, takes_ms)))
    }

    /// A statement is done; none if it went down with the server.
    pub fn finish(&mut self, execution: Execution) -> Option<Fate> {
        let place = self.executing.iter().position(|one| one.execution == execution)?;
        let Executing { session, frame, .. } = self.executing.remove(place);
        let fate = self.decide_fate(session, frame);
        self.unlock_if_over();
        Some(fate)
    }

    /// The server dies. What it was executing is committed or not, as chance has it, in order. Says
    /// as well whether the index has lost steps.
    pub fn die(&mut self, chance: &mut Chance) -> (Vec<Fate>, bool) {
        let mut fates = Vec::new();
        for Executing { session, frame, .. } in std::mem::take(&mut self.executing) {
            if chance.percent(50) {
                fates.push(self.decide_fate(session, frame));
            }
        }
        self.is_up = false;
        self.end_all();
        let has_lost = self.index.lose(chance);
        (fates, has_lost)
    }

    fn decide_fate(&mut self, session: SessionId, frame: Frame) -> Fate {
        let (holder, term) = (self.holder(), self.term(session));
        let outcome = self.commit(&frame);
        Fate { session, term, frame, outcome, holder }
    }

    fn commit(&mut self, frame: &Frame) -> Result<(), Refused> {
        let (last, root) = self.head();
        if frame.first != last.saturating_add(1) || frame.previous_root != root {
            return Err(Refused::Place);
        }
        if self.is_full {
            return Err(Refused::Full);
        }
        self.frames.push(frame.clone());
        Ok(())
    }
}
