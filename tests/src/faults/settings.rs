//! How a run is to be.

use std::path::PathBuf;
use std::time::Duration;

use crate::{Binary, Chance};

/// How a run is to be.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The binary that is put to the test.
    pub binary: Binary,
    /// For how long each row goes on. A row does its least in any case.
    pub seconds: u64,
    /// What is done, to whom and when follows from it.
    pub seed: u64,
    /// How many clients send commands all the time; two for each resident.
    pub clients: usize,
    /// How many times what a figure is to be it may be: one on a machine that does nothing else.
    pub slack: u64,
    /// A mistake that is planted: PostgreSQL's syncs do nothing, and say that they have.
    pub unsynced: bool,
    /// Where journal, schedule and report are left. It must not be there yet, or be empty.
    pub folder: PathBuf,
}

impl Settings {
    /// Is there time for all of it, or for a little of everything?
    #[must_use]
    pub const fn is_long(&self) -> bool {
        self.seconds >= 120
    }

    /// So many of something: few in a short run, all in a long one.
    #[must_use]
    pub const fn few_or(&self, few: usize, all: usize) -> usize {
        if self.is_long() { all } else { few }
    }

    /// Half of the time that a row goes on, for one that does two things.
    #[must_use]
    pub const fn half(&self) -> Duration {
        Duration::from_secs(self.seconds / 2)
    }

    /// The rest between two faults: long enough that commands are under way again, short enough
    /// that a short run has many.
    pub fn rest(&self, chance: &mut Chance) -> Duration {
        let (least, most) = if self.is_long() { (500, 3_000) } else { (100, 500) };
        Duration::from_millis(chance.between(least, most))
    }
}
