//! Whoever earns points may know what stands behind them.

use linli_api::coverage::Coverage;
use linli_api::redemption::{Basket, Wish};
use linli_tests::{Ask, Http};

use crate::{audited, place};

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_behind_points_is_told_to_everybody() {
    let (system, place) = place().await;
    let chen = &place.people.chen;
    let http = Http::new(&system.url());
    let ask = Ask::get(&format!("/coverage/{}", system.district()));
    place.give(std::slice::from_ref(chen), "50").await.unwrap();
    let wish = Wish { item: place.items.soap.clone(), quantity: 1 };
    let basket = Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(chen.resident.clone()),
        items: vec![wish],
    };
    place.shop.api.sell("sold", &basket).await.unwrap();
    place.shop.api.reserve("held", &basket).await.unwrap();
    // The read models have seen it all.
    let head = place.head().await.unwrap();
    let pools = place.operator.after(head).pools().await.unwrap().body.pools;

    // Without a key.
    let told: Coverage = http.send(&ask).await.unwrap().json().unwrap();
    assert!(told.position >= head, "{told:?}");
    assert_eq!((told.spent.as_str(), told.outstanding.as_str()), ("15.00", "35.00"));
    let hundredths = |amount: &str| amount.replace('.', "").parse::<i64>().unwrap();
    let funded: i64 = pools.iter().map(|pool| hundredths(pool.funded.as_str())).sum();
    assert_eq!(hundredths(told.funded.as_str()), funded);
    assert_eq!(hundredths(told.fund.as_str()), funded - 1_500);
    assert_eq!(hundredths(&told.ratio.clone().unwrap()), (funded - 1_500) * 100 / 3_500);
    let street = told.pools.iter().find(|pool| pool.code == "street").unwrap();
    assert_eq!(street.outstanding.as_str(), "35.00");
    // It is looked at again after a while only, however often anybody asks.
    place.shop.api.sell("another", &basket).await.unwrap();
    let again = place.partner.coverage(system.district()).await.unwrap().body;
    assert_eq!(again, told);
    let nowhere = http.send(&Ask::get("/coverage/nowhere")).await.unwrap();
    assert_eq!(nowhere.status, 404);
    audited(system, &place).await;
}
