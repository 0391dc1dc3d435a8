//! The counted set does what a sorted `Vec` does.

#![allow(clippy::arithmetic_side_effects, reason = "small numbers of a test")]

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Step {
    Insert(u16),
    Remove(u16),
    /// Many at once, so that blocks are halved and emptied.
    InsertRun(u16),
    RemoveRun(u16),
}

/// The length of a run: a few of them fill a block.
const RUN: u16 = 400;

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let key = 0..4_000_u16;
    let step = prop_oneof![
        8 => key.clone().prop_map(Step::Insert),
        8 => key.clone().prop_map(Step::Remove),
        2 => key.clone().prop_map(Step::InsertRun),
        1 => key.prop_map(Step::RemoveRun),
    ];
    prop::collection::vec(step, 0..60)
}

fn check(counted: &Counted<u16>, sorted: &[u16]) {
    assert_eq!(counted.len(), sorted.len());
    assert_eq!(counted.is_empty(), sorted.is_empty());
    assert!(counted.from(0).eq(sorted.iter().copied()));
    assert!(counted.blocks.iter().all(|block| (1..BLOCK_KEYS_MAX).contains(&block.len())));
    for key in (0..4_500).step_by(7) {
        let (found, before) = match sorted.binary_search(&key) {
            Ok(place) => (true, place),
            Err(place) => (false, place),
        };
        assert_eq!(counted.contains(&key), found, "{key}");
        assert_eq!(counted.before(&key), before, "{key}");
        let place = usize::from(key);
        assert_eq!(counted.get(place), sorted.get(place).copied(), "{place}");
        let rest = sorted.get(place..).unwrap_or_default();
        assert!(counted.from(place).take(3).eq(rest.iter().copied().take(3)), "{place}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn it_is_a_sorted_list(start in prop::collection::vec(0..4_000_u16, 0..2_000), steps in steps()) {
        let mut counted = Counted::of(start.clone());
        let mut sorted = start;
        sorted.sort_unstable();
        sorted.dedup();
        check(&counted, &sorted);
        for step in steps {
            let (keys, insert) = match step {
                Step::Insert(key) => (key..key + 1, true),
                Step::Remove(key) => (key..key + 1, false),
                Step::InsertRun(key) => (key..key + RUN, true),
                Step::RemoveRun(key) => (key..key + RUN, false),
            };
            for key in keys {
                match (insert, sorted.binary_search(&key)) {
                    (true, Ok(_)) => assert!(!counted.insert(key)),
                    (true, Err(place)) => {
                        assert!(counted.insert(key));
                        sorted.insert(place, key);
                    }
                    (false, Ok(place)) => {
                        assert!(counted.remove(&key));
                        sorted.remove(place);
                    }
                    (false, Err(_)) => assert!(!counted.remove(&key)),
                }
            }
        }
        check(&counted, &sorted);
    }
}
