//! Points don't live for ever.

use linli_api::redemption::{Basket, Wish};
use linli_api::wallet::StatementKind;
use linli_tests::wait;

use crate::{audited, place};

/// Past the end of the quarter in which 24 months have gone by.
const MINUTES: i64 = 60 * 24 * 760;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_of_a_lot_lapses() {
    let (system, place) = place().await;
    let chen = &place.people.chen;
    let shop = &place.shop.api;
    place.give(std::slice::from_ref(chen), "50").await.unwrap();
    let wish = Wish { item: place.items.soap.clone(), quantity: 1 };
    let basket = Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(chen.resident.clone()),
        items: vec![wish],
    };
    shop.sell("sold", &basket).await.unwrap();
    let held = shop.reserve("held", &basket).await.unwrap().body;
    let (counter, shop) = (shop, &shop.after(held.last));

    place.let_pass(MINUTES).await.unwrap();
    let look = async || {
        let wallet = shop.wallet(&chen.resident).await.unwrap().body;
        (wallet.available.as_str() == "0.00" && wallet.held.as_str() == "0.00").then_some(wallet)
    };
    wait::until("what is left lapses, the hold's points too", wait::LONG, look).await.unwrap();
    assert_eq!(shop.lots(&chen.resident).await.unwrap().body.lots, []);
    let lines = shop.statement(&chen.resident, 50, None).await.unwrap().body.items;
    let lapsed: Vec<&str> = lines
        .iter()
        .filter(|line| line.kind == StatementKind::Lapsed)
        .map(|line| line.happened_at.as_str())
        .collect();
    assert!(!lapsed.is_empty(), "{lines:?}");
    let pools = place.operator.after(place.head().await.unwrap()).pools().await.unwrap().body.pools;
    let street = pools.iter().find(|pool| pool.code == "street").unwrap();
    assert_eq!((street.drawn.as_str(), street.lapsed.as_str()), ("50.00", "35.00"));

    // Two years later the place goes on.
    place.give(std::slice::from_ref(chen), "20").await.unwrap();
    counter.sell("later", &basket).await.unwrap();
    audited(system, &place).await;
}
