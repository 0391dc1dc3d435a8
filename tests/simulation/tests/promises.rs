//! Thousands of seeds hold every promise, come to every rare path, and find each planted mistake.

#![allow(clippy::panic, reason = "a test that fails here has found something")]

use linli_simulation::plant::Plant;
use linli_simulation::run::{Outcome, Settings, run};
use linli_simulation::sometimes::Path;
use linli_simulation::swarm::{Swarm, cores};

/// Enough to come to every path, and well below a minute on one core in a debug build.
const SEEDS: u64 = 2_000;

/// Most seeds until a planted mistake is found.
const SEEDS_TO_FIND_MAX: u64 = 600;

fn one(seed: u64) -> Outcome {
    run(Settings { seed, plant: None, keeps_trace: false })
}

#[test]
fn thousands_of_seeds_hold_and_come_to_every_path() {
    let found = Swarm { from: 0, seeds: SEEDS, jobs: cores(), plant: None }.run(|_| {});
    if let Some(Outcome { seed, violation: Some(violation), trace, .. }) = found.first.as_deref() {
        trace.kept().for_each(|note| println!("{note}"));
        panic!(
            "seed {seed}: {violation}\n\
             again: cargo run --release -p linli-simulation -- --seed {seed} --trace"
        );
    }
    let never: Vec<_> = found.sometimes.never().map(Path::words).collect();
    assert!(never.is_empty(), "in {SEEDS} seeds it never happened that {never:?}");
}

#[test]
fn each_planted_mistake_is_found_by_its_checker() {
    for plant in Plant::ALL.iter().copied() {
        let swarm = Swarm { from: 0, seeds: SEEDS_TO_FIND_MAX, jobs: cores(), plant: Some(plant) };
        let found = swarm.run(|_| {});
        let violation = found.first.and_then(|outcome| outcome.violation);
        let Some(violation) = violation else {
            panic!("nobody found {} in {SEEDS_TO_FIND_MAX} seeds", plant.name());
        };
        let is_expected = plant.found_by().contains(&violation.checker);
        assert!(is_expected, "{} was found otherwise: {violation}", plant.name());
    }
}

#[test]
fn the_same_seed_tells_the_same_story() {
    for seed in 0..20 {
        let (first, second) = (one(seed), one(seed));
        assert_eq!(first.trace.hash(), second.trace.hash(), "seed {seed}");
        assert_eq!(first.trace.steps(), second.trace.steps(), "seed {seed}");
        assert_eq!(first.records, second.records, "seed {seed}");
    }
    assert_ne!(one(1).trace.hash(), one(2).trace.hash());
}
