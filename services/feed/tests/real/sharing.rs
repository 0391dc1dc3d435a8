//! One frame, decoded once, for all.

use std::sync::Arc;

use linli_domain::Position;
use linli_feed::{FollowError, Metrics, Unreadable};
use linli_log::Root;
use prometheus::Registry;

use crate::support::{Log, bytes, take_to};

#[tokio::test]
async fn all_take_the_same_frames_in_order() {
    let mut log = Log::create().await;
    let feed = log.feed();
    let mut all = [feed.subscribe("a", 0, None), feed.subscribe("b", 0, None)];
    // Nobody misses what comes before the feed stands, or while it does.
    for records in [3, 1, 2] {
        log.append(records).await;
    }
    let mut taken = Vec::new();
    for subscription in &mut all {
        taken.push(take_to(subscription, 6).await);
    }
    log.append(4).await;
    log.append(1).await;
    for (subscription, taken) in all.iter_mut().zip(&mut taken) {
        taken.extend(take_to(subscription, 11).await);
    }
    for (one, other) in taken[0].iter().zip(&taken[1]).skip(3) {
        assert!(Arc::ptr_eq(one, other), "{} was decoded twice", one.first);
    }
    let positions = taken[0].iter().flat_map(|frame| frame.records().unwrap());
    assert!(positions.map(|record| record.position.0).eq(1..=11));
    assert!(all[0].try_next().unwrap().is_none());
}

#[tokio::test]
async fn nobody_waits_for_one_that_stands_still() {
    let mut log = Log::create().await;
    let registry = Registry::new();
    let metrics = Metrics::register(&registry).unwrap();
    let log_metrics = linli_log::Metrics::register(&registry).unwrap();
    let feed = log.feed().with_metrics(&metrics, &log_metrics);
    let (mut slow, mut quick) = (feed.subscribe("slow", 0, None), feed.subscribe("quick", 0, None));
    log.append(1).await;
    let first = take_to(&mut slow, 1).await;
    take_to(&mut quick, 1).await;
    for _ in 0..200 {
        log.append(5).await;
    }
    take_to(&mut quick, log.end()).await;
    assert_eq!(first[0].records().unwrap().len(), 1);
    take_to(&mut slow, log.end()).await;
}

#[tokio::test]
async fn what_all_have_taken_is_dropped() {
    let mut log = Log::create().await;
    let feed = log.feed();
    let mut only = feed.subscribe("only", 0, None);
    log.append(2).await;
    take_to(&mut only, 2).await;
    log.append(2).await;
    let taken = take_to(&mut only, 4).await;
    // The test's own is the last one.
    assert_eq!(Arc::strong_count(&taken[0]), 1);
}

#[tokio::test]
async fn a_frame_that_cannot_be_decoded_says_why_to_each() {
    let mut log = Log::create().await;
    let feed = log.feed();
    let mut all = [feed.subscribe("a", 0, None), feed.subscribe("b", 0, None)];
    log.append(1).await;
    log.append_bytes(&[bytes(2), b"nonsense".to_vec()]).await;
    log.append_bytes(&[bytes(99)]).await;
    log.append(1).await;
    for subscription in &mut all {
        let taken = take_to(subscription, 5).await;
        assert!(taken[0].records().is_ok() && taken[3].records().is_ok());
        let why = taken[1].records().unwrap_err();
        assert!(matches!(why, Unreadable::Record { position: 3, .. }), "{why}");
        let (expected, found) = (Position(4), Position(99));
        assert_eq!(taken[2].records(), Err(&Unreadable::Misplaced { expected, found }));
    }
}

#[tokio::test]
async fn a_place_that_the_log_does_not_have_is_told_to_one_alone() {
    let mut log = Log::create().await;
    log.append(3).await;
    let root = log.frontier.root();
    let feed = log.feed();
    let mut good = feed.subscribe("good", 3, Some(root));
    let told = async |position, root: Option<Root>| {
        feed.subscribe("lost", position, root).next().await.unwrap_err()
    };
    assert!(matches!(told(2, None).await, FollowError::NoSuccessor { position: 2, .. }));
    assert_eq!(told(9, None).await, FollowError::Ahead { position: 9, log_end: 3 });
    let other = linli_log::merkle::Hash([7; 32]);
    assert!(matches!(told(3, Some(other)).await, FollowError::OtherHistory { .. }));
    log.append(2).await;
    take_to(&mut good, 5).await;
}
