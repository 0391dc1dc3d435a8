//! Many at once: exactly the right number win.

use std::collections::BTreeMap;

use futures::future::join_all;
use linli_api::ClientError;
use linli_api::redemption::{Basket, Wish as Item};
use linli_tests::{Ask, Person, Place, TestSystem, Wish};

use crate::audited;

const CLIENTS: usize = 64;

async fn crowded() -> (TestSystem, Place) {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish { crowd: CLIENTS }).await.unwrap();
    (system, place)
}

fn basket(person: &Person, item: &linli_api::Id) -> Basket {
    let items = vec![Item { item: item.clone(), quantity: 1 }];
    Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(person.resident.clone()),
        items,
    }
}

/// How often each outcome came.
fn counted<T>(outcomes: &[Result<T, ClientError>]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for outcome in outcomes {
        let name = match outcome {
            Ok(_) => "won".to_owned(),
            Err(error) => {
                error.problem().map_or_else(|| error.to_string(), |p| p.name().to_owned())
            }
        };
        *counts.entry(name).or_default() += 1;
    }
    counts
}

pub fn expected<const N: usize>(counts: [(&str, usize); N]) -> BTreeMap<String, usize> {
    counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_bag_of_rice_is_sold_once() {
    let (system, place) = crowded().await;
    place.give(&place.crowd, "50").await.unwrap();
    let head = place.head().await.unwrap();
    let wishes = place.crowd.iter().enumerate().map(|(at, person)| {
        let (shop, basket) = (&place.shop.api, basket(person, &place.items.rice));
        async move {
            let key = format!("rice-{at}");
            // In one step or in two: the shelf is the same.
            if at % 2 == 0 {
                shop.sell(&key, &basket).await
            } else {
                shop.reserve(&key, &basket).await
            }
        }
    });
    let outcomes = join_all(wishes).await;
    assert_eq!(counted(&outcomes), expected([("won", 1), ("insufficient-stock", CLIENTS - 1)]));
    assert_eq!(place.head().await.unwrap(), head + 1);
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_purse_is_not_emptied_twice() {
    let (system, place) = crowded().await;
    let chen = &place.people.chen;
    place.give(std::slice::from_ref(chen), "100").await.unwrap();
    let head = place.head().await.unwrap();
    // 100 points at 15 each: six, at two counters.
    let wishes = (0..CLIENTS).map(|at| {
        let (shop, kiosk) = (&place.shop.api, &place.kiosk.api);
        let basket = basket(chen, &place.items.haircut);
        async move {
            let counter = if at % 3 == 0 { kiosk } else { shop };
            counter.sell(&format!("cut-{at}"), &basket).await
        }
    });
    let outcomes = join_all(wishes).await;
    assert_eq!(counted(&outcomes), expected([("won", 6), ("insufficient-points", CLIENTS - 6)]));
    assert_eq!(place.head().await.unwrap(), head + 6);
    let wallet = place.shop.api.after(head + 6).wallet(&chen.resident).await.unwrap().body;
    assert_eq!(wallet.available.as_str(), "10.00");
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_at_once_is_one_command() {
    let (system, place) = crowded().await;
    let chen = &place.people.chen;
    place.give(std::slice::from_ref(chen), "100").await.unwrap();
    let head = place.head().await.unwrap();
    let ask = Ask::post("/v1/sales").bearer(&place.shop.key).key("the one");
    let ask = ask.json(&basket(chen, &place.items.haircut)).unwrap();
    let ask = ask.key("the-one");
    let answers = join_all((0..CLIENTS).map(|_| place.http.send(&ask))).await;
    let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
    assert!(answers.iter().all(|answer| answer.status == 201), "{:?}", answers[0]);
    assert!(answers.iter().all(|answer| answer.body == answers[0].body));
    assert_eq!(answers.iter().filter(|answer| !answer.replayed()).count(), 1);
    assert_eq!(place.head().await.unwrap(), head + 1);
    audited(system, &place).await;
}
