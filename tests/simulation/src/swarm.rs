//! Many seeds, on as many threads as are given: each seed is a run of its own on one thread.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use crate::plant::Plant;
use crate::run::{Outcome, Settings, run};
use crate::sometimes::Sometimes;

/// How often it is said how far it has come.
const PROGRESS_SEEDS: u64 = 1_000;

/// Seeds to run.
#[derive(Clone, Copy, Debug)]
pub struct Swarm {
    /// The first.
    pub from: u64,
    /// How many.
    pub seeds: u64,
    /// How many at once.
    pub jobs: usize,
    /// A mistake to plant in each.
    pub plant: Option<Plant>,
}

/// What they found.
#[derive(Debug, Default)]
pub struct Found {
    /// How many were run.
    pub seeds: u64,
    /// Records in all logs together.
    pub records: u64,
    /// How long it took.
    pub seconds: u64,
    /// The lowest seed that found something.
    pub first: Option<Box<Outcome>>,
    /// The paths that were come to.
    pub sometimes: Sometimes,
}

/// As many as the machine has.
#[must_use]
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

impl Swarm {
    /// Runs the seeds until all are done or one has found something. `progress` is told how many
    /// are done.
    pub fn run(self, progress: impl Fn(u64) + Sync) -> Found {
        let begun = Instant::now();
        let next = AtomicU64::new(0);
        let is_found = AtomicBool::new(false);
        let found = Mutex::new(Found::default());
        let work = || {
            while !is_found.load(Ordering::Relaxed) {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= self.seeds {
                    return;
                }
                let seed = self.from.wrapping_add(number);
                let outcome = run(Settings { seed, plant: self.plant, keeps_trace: false });
                is_found.fetch_or(outcome.violation.is_some(), Ordering::Relaxed);
                let Ok(mut found) = found.lock() else { return };
                let done = found.take(outcome);
                drop(found);
                if done.is_multiple_of(PROGRESS_SEEDS) {
                    progress(done);
                }
            }
        };
        thread::scope(|scope| {
            for _ in 0..self.jobs.max(1) {
                scope.spawn(work);
            }
        });
        let mut found = found.into_inner().unwrap_or_default();
        found.seconds = begun.elapsed().as_secs();
        found
    }
}

impl Found {
    fn take(&mut self, outcome: Outcome) -> u64 {
        self.seeds = self.seeds.saturating_add(1);
        self.records = self.records.saturating_add(outcome.records);
        self.sometimes.add(&outcome.sometimes);
        let is_lower = self.first.as_ref().is_none_or(|first| outcome.seed < first.seed);
        if outcome.violation.is_some() && is_lower {
            self.first = Some(Box::new(outcome));
        }
        self.seeds
    }
}
