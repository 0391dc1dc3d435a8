//! What happened, step by step: short notes, and one number that two equal runs share.

use std::collections::VecDeque;

use crate::time::Moment;

/// Notes that are kept for a run that fails: about the last simulated seconds.
const KEPT_MAX: usize = 80;

/// One thing that happened.
#[derive(Clone, Copy, Debug)]
pub struct Note {
    when: Moment,
    who: &'static str,
    number: u64,
    what: &'static str,
    first: u64,
    second: u64,
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { when, who, number, what, first, second } = self;
        write!(f, "{:>9} ms  {who} {number}  {what}  {first}  {second}", when.0)
    }
}

/// All notes of a run, as a number and the last of them.
#[derive(Debug)]
pub struct Trace {
    hash: u64,
    steps: u64,
    kept: VecDeque<Note>,
    keeps: usize,
}

impl Trace {
    /// A trace that keeps the last notes, or all of them.
    #[must_use]
    pub fn new(keeps_all: bool) -> Self {
        let keeps = if keeps_all { usize::MAX } else { KEPT_MAX };
        Self { hash: 0xcbf2_9ce4_8422_2325, steps: 0, kept: VecDeque::new(), keeps }
    }

    /// Notes what somebody did, with two figures that tell it apart.
    pub fn note(
        &mut self,
        when: Moment,
        (who, number): (&'static str, usize),
        what: &'static str,
        (first, second): (u64, u64),
    ) {
        let number = u64::try_from(number).unwrap_or(u64::MAX);
        // FNV-1a over words: quick, and any difference stays.
        let names = who.bytes().chain(what.bytes()).map(u64::from);
        for word in [when.0, number, first, second].into_iter().chain(names) {
            self.hash = (self.hash ^ word).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self.steps = self.steps.saturating_add(1);
        if self.kept.len() >= self.keeps {
            self.kept.pop_front();
        }
        self.kept.push_back(Note { when, who, number, what, first, second });
    }

    /// Equal for runs in which the same happened.
    #[must_use]
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// How many notes there were.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// The notes that were kept, oldest first.
    pub fn kept(&self) -> impl Iterator<Item = &Note> {
        self.kept.iter()
    }
}
