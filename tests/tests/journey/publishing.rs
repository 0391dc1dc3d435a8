//! Whoever tells no version of the rules gets the next one, whatever the read models know yet.

use futures::future::join_all;
use linli_api::receipt::Receipt;
use linli_api::rules::{Publishing, RulesPublished};
use linli_api::{ClientError, Instant, Reply};
use linli_tests::{Place, plain_rules};
use tokio_postgres::NoTls;

use crate::{audited, place, refused, time};

/// How often two publish at once.
const ROUNDS: u32 = 12;

type Published = Result<Reply<Receipt<RulesPublished>>, ClientError>;

/// Nothing is told but what is in `publishing`.
async fn publish(place: &Place, key: &str, publishing: &Publishing) -> Published {
    place.operator.publish(key, &plain_rules(), publishing).await
}

fn from(instant: &Instant) -> Publishing {
    Publishing { effective_from: Some(instant.clone()), ..Publishing::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_publish_at_once_get_versions_one_after_the_other() {
    let (system, place) = place().await;
    let untold = Publishing::default();
    let mut versions = Vec::new();
    for round in 0..ROUNDS {
        let keys = [format!("one-{round}"), format!("other-{round}")];
        let both = keys.iter().map(|key| publish(&place, key, &untold));
        let both: Result<Vec<_>, _> = join_all(both).await.into_iter().collect();
        versions.extend(both.unwrap().into_iter().map(|reply| reply.body.changed.version));
    }
    versions.sort_unstable();
    // The place was founded with the first.
    let expected: Vec<u32> = (2..2 + 2 * ROUNDS).collect();
    assert_eq!(versions, expected);
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_tells_nothing_gets_what_is_next_while_the_directory_is_behind() {
    let (system, place) = place().await;
    place.caught_up().await.unwrap();
    let (client, connection) = tokio_postgres::connect(system.database_url(), NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    let held = "BEGIN; SELECT FROM read.projection WHERE projection = 'directory' FOR UPDATE";
    client.batch_execute(held).await.unwrap();

    // From an instant on that the directory has not come to, and under a version that it doesn't know.
    place.let_pass(60).await.unwrap();
    let now = place.minutes_from_now(0);
    let told = Publishing { version: Some(2), ..from(&now) };
    assert_eq!(publish(&place, "told", &told).await.unwrap().body.changed.version, 2);
    let untold = Publishing::default();
    let next = publish(&place, "untold", &untold).await.unwrap().body;
    assert_eq!(next.changed.version, 3);
    assert!(time(&next.changed.effective_from) >= time(&now));
    // Asked again, it is the same; and so it is with what was tried before it was published.
    assert_eq!(publish(&place, "untold", &untold).await.unwrap().body, next);
    let start = place.minutes_from_now(-60 * 24);
    let tried = Publishing { tried: Some((start, now.clone())), ..Publishing::default() };
    let published = publish(&place, "tried", &tried).await.unwrap().body;
    assert_eq!((published.changed.version, published.changed.tried.is_some()), (4, true));
    assert_eq!(publish(&place, "tried", &tried).await.unwrap().body, published);

    // What is told stays refused, and so does what would be in force before rules of the future.
    let gone = publish(&place, "gone", &Publishing { version: Some(4), ..untold.clone() }).await;
    assert_eq!(refused(gone), "rules-version");
    let early = publish(&place, "early", &from(&place.minutes_from_now(-30))).await;
    assert_eq!(refused(early), "rules-out-of-order");
    let later = publish(&place, "later", &from(&place.minutes_from_now(60))).await.unwrap();
    assert_eq!(later.body.changed.version, 5);
    assert_eq!(refused(publish(&place, "before", &untold).await), "rules-out-of-order");

    client.batch_execute("ROLLBACK").await.unwrap();
    drop(client);
    driver.await.unwrap().unwrap();
    audited(system, &place).await;
}
