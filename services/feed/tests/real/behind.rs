//! Who is behind reads the log, and comes to where the others are.

use std::time::Duration;

use crate::support::{Log, take_to};

#[tokio::test]
async fn who_begins_later_reads_what_was_before() {
    let mut log = Log::create().await;
    for _ in 0..300 {
        log.append(2).await;
    }
    let feed = log.feed();
    let mut early = feed.subscribe("early", 0, None);
    take_to(&mut early, 600).await;
    let mut middle = feed.subscribe("middle", 200, None);
    let mut late = feed.subscribe("late", 600, Some(log.frontier.root()));
    log.append(1).await;
    for subscription in [&mut early, &mut middle, &mut late] {
        take_to(subscription, 601).await;
    }
}

#[tokio::test]
async fn who_is_behind_comes_to_the_end_while_the_log_grows() {
    let mut log = Log::create().await;
    for _ in 0..200 {
        log.append(3).await;
    }
    let feed = log.feed();
    let mut behind = feed.subscribe("behind", 0, None);
    let mut there = feed.subscribe("there", 600, None);
    for _ in 0..100 {
        log.append(1).await;
        let end = log.end();
        take_to(&mut there, end).await;
        // A few frames at a time, as a slow one would.
        for _ in 0..4 {
            behind.try_next().unwrap();
        }
    }
    take_to(&mut behind, log.end()).await;
}

#[tokio::test]
async fn a_dropped_wait_loses_nothing() {
    let mut log = Log::create().await;
    for _ in 0..50 {
        log.append(2).await;
    }
    let feed = log.feed();
    let mut subscription = feed.subscribe("a", 0, None);
    let grow = async {
        for _ in 0..50 {
            log.append(2).await;
        }
    };
    let follow = async {
        while subscription.position() < 200 {
            let position = subscription.position();
            let wait = tokio::time::timeout(Duration::from_millis(1), subscription.next()).await;
            if let Ok(frame) = wait {
                assert_eq!(frame.unwrap().first, position + 1);
            }
        }
    };
    let both = async { tokio::join!(grow, follow) };
    tokio::time::timeout(crate::support::LEVEL_WAIT_MAX, both).await.unwrap();
}

#[tokio::test]
async fn a_feed_that_nobody_listens_to_starts_again_for_the_next() {
    let mut log = Log::create().await;
    let feed = log.feed();
    log.append(1).await;
    let mut one = feed.subscribe("one", 0, None);
    take_to(&mut one, 1).await;
    drop(one);
    log.append(2).await;
    let mut other = feed.subscribe("other", 1, None);
    take_to(&mut other, 3).await;
    log.append(1).await;
    take_to(&mut other, 4).await;
}
