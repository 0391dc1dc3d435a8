//! By the hundred: every deed nine times, each in another place.

use linli_tests::tamper::{Deed, Scene, run};

/// Nine of each kind.
const SEEDS: u64 = 333;

#[tokio::test(flavor = "multi_thread")]
async fn each_of_hundreds_of_deeds_is_found_and_its_place_named() {
    let scene = Scene::set().await.unwrap();
    let tally = run(&scene, 1..=SEEDS).await.unwrap();
    assert!(tally.missed.is_empty(), "{}", tally.missed.join("\n\n"));
    assert_eq!(tally.count(), SEEDS);
    assert_eq!(tally.named.len(), Deed::ALL.len());
}
