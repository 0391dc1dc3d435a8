//! Two ledgers of one district: one leads, the other waits.

use linli_port::{Port, Rejected, Subject};

use crate::commands::{envelope, fund, open_pool};
use crate::house::{House, within};
use crate::load::{Load, check_exactly_once};

#[tokio::test(flavor = "multi_thread")]
async fn the_second_waits_and_takes_over() {
    let house = House::new().await;
    let first = house.start_with_pool().await;
    first.must(envelope("gift-1", fund(100))).await;
    let second = house.begin(|_| {});
    second.reaches(|status| status.is_standby()).await;
    let turned_away = second.port.submit_one(envelope("gift-2", fund(100))).await;
    assert_eq!(turned_away, Err(Rejected::unavailable()));

    first.stop().await;
    second.leads().await;
    assert!(second.must(envelope("gift-1", fund(100))).await.repeated);
    assert!(!second.must(envelope("gift-2", fund(100))).await.repeated);
    second.stop().await;
    assert_eq!(house.audit().await.records.len(), 3);
}

/// Senders ask over NATS and know nothing of who leads.
#[tokio::test(flavor = "multi_thread")]
async fn a_hand_over_under_load_loses_and_doubles_nothing() {
    let house = House::new().await;
    let nats = async_nats::connect(house.database.nats_url()).await.unwrap();
    let begin = || {
        house.begin(|settings| {
            settings.nats = Some(nats.clone());
            settings.serve_nats = true;
        })
    };
    let mut leading = begin();
    leading.leads().await;
    leading.must(envelope("open-pool", open_pool())).await;
    let asking = async_nats::connect(house.database.nats_url()).await.unwrap();
    let subject = Subject::of_district(house.district.as_str()).unwrap();
    let (load, senders) = Load::begin(&Port::nats(asking, subject));

    for quarters in 1..=3 {
        let standby = begin();
        standby.reaches(|status| status.is_standby()).await;
        load.reaches(quarters).await;
        leading.stop().await;
        standby.leads().await;
        leading = standby;
    }
    let acknowledged = within("the load", senders.join_all()).await.concat();
    leading.stop().await;
    check_exactly_once(&house, acknowledged).await;
}
