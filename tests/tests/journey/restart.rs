//! Stopped and started again.

use linli_api::redemption::{Basket, Wish as Item};
use linli_tests::{Ask, Terms, TestSystem, Wish, wait};

use crate::audited;

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_on_where_it_was() {
    // A snapshot every few records, so that one start reads the newest and the log after it.
    let terms = Terms { snapshot_every: Some(20), nats: true, ..Terms::default() };
    let mut system = TestSystem::start_with(terms).await.unwrap();
    let place = system.found(Wish { crowd: 30 }).await.unwrap();
    let chen = &place.people.chen;
    let ask = Ask::post("/v1/contributions").bearer(&place.partner_key).key("before");
    let ask = ask.json(&place.claim(chen, "PW-1", 60)).unwrap();
    let before = place.http.send(&ask).await.unwrap();
    place.give(std::slice::from_ref(chen), "60").await.unwrap();
    let item = Item { item: place.items.soap.clone(), quantity: 1 };
    let basket = Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(chen.resident.clone()),
        items: vec![item],
    };
    for round in 1..=3 {
        let head = place.head().await.unwrap();
        system = system.restart().await.unwrap();
        assert_eq!(place.head().await.unwrap(), head);
        // Reads go on at once; the writer first reads its log, and says "come again" till then.
        let led = async || place.http.send(&ask).await.ok().filter(|answer| answer.status != 503);
        let again = wait::until("the writer leads again", wait::LONG, led).await.unwrap();
        assert_eq!(
            (again.status, &again.body, again.replayed()),
            (before.status, &before.body, true)
        );
        let sold = place.shop.api.sell(&format!("sold-{round}"), &basket).await.unwrap().body;
        assert_eq!(sold.first, head + 1);
        let left = format!("{}.00", 60 - 15 * round);
        assert_eq!(sold.changed.available.unwrap().as_str(), left);
    }
    audited(system, &place).await;
}
