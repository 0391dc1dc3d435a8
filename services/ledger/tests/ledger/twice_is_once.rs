//! Twice is once: the same key is one command, however often and whenever it comes.

use linli_port::{Accepted, Rejected};

use crate::commands::{envelope, fund, fund_nothing, open_pool};
use crate::house::{House, settle};

#[tokio::test(flavor = "multi_thread")]
async fn a_key_sent_a_hundred_times_at_once_is_one_command() {
    let house = House::new().await;
    let running = house.start_with_pool().await;

    let mut senders = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let port = running.port.clone();
        senders.spawn(async move { settle(&port, envelope("gift", fund(1_200))).await.unwrap() });
    }
    let answers: Vec<Accepted> = senders.join_all().await;

    assert_eq!(answers.iter().filter(|answer| !answer.repeated).count(), 1);
    assert!(answers.iter().all(|answer| answer.records == answers[0].records));
    running.stop().await;
    let audit = house.audit().await;
    assert_eq!(audit.records.len(), 2, "the pool and one gift");
    assert_eq!(audit.records[1], answers[0].records[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_remembered_across_a_restart_and_within_a_batch() {
    let house = House::new().await;
    let running = house.start_with_pool().await;
    let wish = |n: usize| envelope(&format!("gift-{n}"), fund(100));
    let first = running.must(wish(0)).await;
    running.stop().await;

    let running = house.start().await;
    let batch = vec![wish(0), wish(1), wish(1), wish(0)];
    let answers = running.port.submit(batch).await;
    let repeated: Vec<bool> = answers.iter().map(|a| a.as_ref().unwrap().repeated).collect();
    assert_eq!(repeated, [true, false, true, true]);
    assert_eq!(answers[0].as_ref().unwrap().records, first.records);
    assert_eq!(answers[3], answers[0]);
    assert_eq!(answers[1].as_ref().unwrap().records, answers[2].as_ref().unwrap().records);
    running.stop().await;
    assert_eq!(house.audit().await.records.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_with_another_body_is_refused_now_and_after_a_restart() {
    let house = House::new().await;
    let running = house.start_with_pool().await;
    running.must(envelope("gift", fund(100))).await;
    let mut other = envelope("gift", fund(900));
    other.body_hash = [8; 32];

    assert_eq!(running.settle(other.clone()).await, Err(Rejected::KeyReused));
    running.stop().await;
    let running = house.start().await;
    assert_eq!(running.settle(other.clone()).await, Err(Rejected::KeyReused));
    // Another client's key of the same name is another key.
    other.client = linli_domain::ClientId(2);
    assert!(!running.must(other).await.repeated);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_not_remembered() {
    let house = House::new().await;
    let running = house.start().await;
    let wish = envelope("gift", fund(100));
    assert!(matches!(running.settle(wish.clone()).await, Err(Rejected::Refused(_))));
    running.must(envelope("open-pool", open_pool())).await;
    assert!(!running.must(wish).await.repeated);
    assert!(matches!(
        running.settle(envelope("nothing", fund_nothing())).await,
        Err(Rejected::Refused(_))
    ));
    running.stop().await;
    assert_eq!(house.audit().await.records.len(), 2);
}
