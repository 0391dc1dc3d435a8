//! What all who take part in a run stand on.

use std::collections::BTreeMap;

use linli_domain::time::Timestamp;
use linli_log::Frame;
use linli_port::Answer;

use super::{Happening, Word};
use crate::chance::Chance;
use crate::check::{Checker, Journal, Judge, Refusals, Violation};
use crate::client::{Letter, LetterId};
use crate::log::{Fate, Log, SessionId};
use crate::plant::Plant;
use crate::sometimes::{Path, Sometimes};
use crate::stream::Stream;
use crate::time::{Moment, Schedule, WallClock};
use crate::town::Town;
use crate::trace::Trace;

/// Milliseconds on the way from one process to another, at most.
const WAY_MS_MAX: u64 = 12;

/// How the ways between clients and ledgers are at the moment, in percent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ways {
    /// How many letters and answers are lost.
    pub lost: u64,
    /// How many letters come twice.
    pub doubled: u64,
}

/// The world but for those who act in it.
#[derive(Debug)]
pub struct Ground {
    /// The mistake that is planted, if any.
    pub plant: Option<Plant>,
    /// The place.
    pub town: &'static Town,
    /// Chance.
    pub chance: Chance,
    /// What is to happen.
    pub schedule: Schedule<Happening>,
    /// The clock that is right.
    pub calendar: WallClock,
    /// PostgreSQL.
    pub log: Log,
    /// JetStream.
    pub stream: Stream,
    /// Between clients and ledgers.
    pub ways: Ways,
    /// Letters by number.
    pub letters: BTreeMap<LetterId, Letter>,
    /// How often each rare path was come to.
    pub sometimes: Sometimes,
    /// What happened.
    pub trace: Trace,
    /// Who looks at the log.
    pub judge: Judge,
    /// What was asked and answered.
    pub journal: Journal,
    /// What was refused.
    pub refusals: Refusals,
    /// The first thing found that must not be.
    pub violation: Option<Violation>,
    /// Longest pause between two things that a client asks, in milliseconds.
    pub thinking_ms_max: u64,
    /// Whether there are faults in this run.
    pub is_hostile: bool,
    /// Whether the faults are over.
    pub is_calm: bool,
}

impl Ground {
    /// The moment that has come.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.schedule.now()
    }

    /// What the right clock shows.
    #[must_use]
    pub fn date(&self) -> Timestamp {
        self.calendar.shows(self.now())
    }

    /// Plans something for when a message has found its way.
    pub fn send(&mut self, what: Happening) {
        let way = self.chance.between(1, WAY_MS_MAX);
        self.schedule.plan(way, what);
    }

    /// Counts a path.
    pub fn reach(&mut self, path: Path) {
        self.sometimes.reach(path);
    }

    /// Notes what somebody did.
    pub fn note(&mut self, who: (&'static str, usize), what: &'static str, figures: (u64, u64)) {
        let now = self.now();
        self.trace.note(now, who, what, figures);
    }

    /// Takes what a checker says; the first violation ends the run.
    pub fn hold<T>(&mut self, checked: Result<T, Violation>) -> Option<T> {
        match checked {
            Ok(held) => Some(held),
            Err(violation) => {
                self.note(("checker", 0), violation.checker.name(), (0, 0));
                self.violation.get_or_insert(violation);
                None
            }
        }
    }

    /// Finds that something must not be.
    pub fn find(&mut self, checker: Checker, found: impl Into<String>) {
        self.hold::<()>(Err(Violation::new(checker, found)));
    }

    /// Sends answers to whoever asked, if they find their way.
    pub fn answer(&mut self, letter: LetterId, answers: Vec<Answer>) {
        if !self.is_calm && self.chance.percent(self.ways.lost) {
            return;
        }
        self.send(Happening::Answer { letter, answers });
    }

    /// One of the steps between which a ledger may die: once in so many times it does.
    pub fn may_die(&mut self, node: usize, once_in: u64) {
        if self.is_hostile && !self.is_calm && self.chance.once_in(once_in) {
            self.schedule.plan(0, Happening::Die(node));
        }
    }

    /// Whether two letters ask by the same key.
    #[must_use]
    pub fn share_key(&self, one: LetterId, other: LetterId) -> bool {
        let (Some(one), Some(other)) = (self.letters.get(&one), self.letters.get(&other)) else {
            return false;
        };
        let keys = || other.asked.iter().map(|asked| &asked.key);
        one.id == other.id && one.asked.iter().any(|asked| keys().any(|key| *key == asked.key))
    }

    /// A frame reaches the server.
    pub fn arrive(&mut self, session: SessionId, frame: Frame, takes_ms: u64) {
        let (now, first) = (self.now(), frame.first);
        match self.log.arrive(session, frame, now, takes_ms) {
            Some((execution, in_ms)) => {
                self.schedule.plan(in_ms, Happening::Finish { execution });
            }
            None => {
                self.reach(Path::StaleAppendRefused);
                self.note(
                    ("server", 0),
                    "drops a frame of a session that is over",
                    (first, session.0),
                );
            }
        }
    }

    /// The fate of a frame is decided: the judge looks at it.
    pub fn settle(&mut self, fate: &Fate) {
        let Fate { session, frame, outcome, .. } = fate;
        match outcome {
            Ok(()) => {
                self.note(("server", 0), "commits", (frame.first, frame.last));
                let records = self.judge.committed(fate, &self.journal);
                for record in self.hold(records).unwrap_or_default() {
                    super::paths::of_record(&record, &mut self.sometimes);
                }
            }
            Err(refused) => {
                let _ = refused;
                self.note(("server", 0), "refuses", (frame.first, session.0));
            }
        }
    }

    /// Tells a ledger something, if it still lives then.
    pub fn tell(&mut self, node: usize, life: u64, word: Word) {
        self.send(Happening::Word { node, life, word });
    }
}
