//! Group commit: what waits together is committed together.

use crate::commands::{envelope, fund};
use crate::house::{House, settle};

#[tokio::test(flavor = "multi_thread")]
async fn many_senders_share_few_frames() {
    const SENDERS: usize = 64;
    const EACH: usize = 20;
    let house = House::new().await;
    let running = house.start_with_pool().await;

    let mut senders = tokio::task::JoinSet::new();
    for sender in 0..SENDERS {
        let port = running.port.clone();
        senders.spawn(async move {
            for n in 0..EACH {
                let accepted = settle(&port, envelope(&format!("{sender}-{n}"), fund(100))).await;
                assert!(!accepted.unwrap().repeated);
            }
        });
    }
    senders.join_all().await;
    running.stop().await;

    let audit = house.audit().await;
    assert_eq!(audit.records.len(), SENDERS * EACH + 1);
    assert!(audit.frames < SENDERS * EACH / 4, "{} frames", audit.frames);
    assert!(audit.commands_by_key().values().all(|commands| *commands == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_longer_than_a_frame_is_answered_whole_and_in_order() {
    let count = 10_000;
    let house = House::new().await;
    let running = house.start_with_pool().await;
    let batch = (0..count).map(|n| envelope(&format!("gift-{n}"), fund(100))).collect();

    let answers = running.port.submit(batch).await;
    let positions: Vec<u64> =
        answers.into_iter().map(|answer| answer.unwrap().records[0].position.0).collect();
    assert_eq!(positions, (2..count + 2).collect::<Vec<u64>>());
    running.stop().await;
    assert_eq!(house.audit().await.state.position().0, count + 1);
}
