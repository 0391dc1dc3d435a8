//! The same port, carried by NATS to the leader.

use linli_domain::quantity::Minutes;
use linli_port::{ClockRefused, Port, Rejected, Subject};

use crate::commands::{envelope, fund, fund_nothing, open_pool};
use crate::house::{House, Running, new_year, settle, within};

async fn house_on_nats() -> (House, Running, Port) {
    let house = House::new().await;
    let nats = async_nats::connect(house.database.nats_url()).await.unwrap();
    let running = house.begin(|settings| {
        settings.nats = Some(nats.clone());
        settings.serve_nats = true;
        settings.clock = new_year();
    });
    running.leads().await;
    let asking = async_nats::connect(house.database.nats_url()).await.unwrap();
    let subject = Subject::of_district(house.district.as_str()).unwrap();
    (house, running, Port::nats(asking, subject))
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_and_answers_travel_over_nats() {
    let (house, running, port) = house_on_nats().await;
    let opened = settle(&port, envelope("open-pool", open_pool())).await.unwrap();
    assert_eq!(running.must(envelope("open-pool", open_pool())).await.records, opened.records);
    let refused = port.submit_one(envelope("nothing", fund_nothing())).await;
    assert_eq!(refused, running.settle(envelope("nothing", fund_nothing())).await);
    let mut other = envelope("open-pool", open_pool());
    other.body_hash = [9; 32];
    assert_eq!(port.submit_one(other).await, Err(Rejected::KeyReused));

    let count = 2_000;
    let batch = (0..count).map(|n| envelope(&format!("gift-{n}"), fund(100))).collect();
    let answers = within("a large batch", port.submit(batch)).await;
    let positions: Vec<u64> =
        answers.into_iter().map(|answer| answer.unwrap().records[0].position.0).collect();
    assert!(positions.is_sorted() && positions.len() == count);

    let later = new_year().now().after(Minutes::new(60));
    assert!(port.set_clock(later).await.unwrap() >= later);
    let back = port.set_clock(later.days_before(1)).await;
    assert!(matches!(back, Err(ClockRefused::Backwards { .. })));
    running.stop().await;
    assert_eq!(house.audit().await.records.len(), count + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_leader_nothing_is_done_and_that_is_told() {
    let (_house, running, port) = house_on_nats().await;
    settle(&port, envelope("open-pool", open_pool())).await.unwrap();
    running.stop().await;
    let answer = within("an answer", port.submit_one(envelope("gift", fund(100)))).await;
    assert_eq!(answer, Err(Rejected::unavailable()));
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_go_on_without_nats() {
    let house = House::new().await;
    // Nobody listens there: the client keeps trying, and so does the relay.
    let nats = async_nats::ConnectOptions::new()
        .retry_on_initial_connect()
        .connect("nats://127.0.0.1:9")
        .await
        .unwrap();
    let running = house.begin(|settings| {
        settings.nats = Some(nats);
        settings.serve_nats = true;
    });
    running.leads().await;
    running.must(envelope("open-pool", open_pool())).await;
    running.must(envelope("gift", fund(100))).await;
    running.stop().await;
    assert_eq!(house.audit().await.records.len(), 2);
}
