//! Twice is once.

use linli_api::Id;
use linli_api::receipt::Receipt;
use linli_api::redemption::Redeemed;
use linli_tests::Ask;
use serde_json::json;

use crate::{audited, place};

#[tokio::test(flavor = "multi_thread")]
async fn asked_again_it_is_answered_to_the_byte() {
    let (system, place) = place().await;
    let chen = &place.people.chen;
    place.give(std::slice::from_ref(chen), "60").await.unwrap();
    let claim = place.claim(chen, "PW-1", 60);
    let basket =
        json!({"resident": chen.resident, "items": [{"item": place.items.soap, "quantity": 1}]});
    let to_capture = reserved(&place, &basket).await;
    let asks = [
        Ask::post("/v1/contributions").bearer(&place.partner_key).json(&claim).unwrap(),
        Ask::post("/v1/sales").bearer(&place.shop.key).json(&basket).unwrap(),
        Ask::post(&format!("/v1/redemptions/{to_capture}/capture")).bearer(&place.shop.key),
    ];
    for (at, ask) in asks.into_iter().enumerate() {
        let ask = ask.key(&format!("once-{at}"));
        let first = place.http.send(&ask).await.unwrap();
        assert!((200..300).contains(&first.status), "{first:?}");
        assert!(!first.replayed());
        let head = place.head().await.unwrap();
        for _ in 0..3 {
            let again = place.http.send(&ask).await.unwrap();
            assert_eq!((again.status, &again.body), (first.status, &first.body));
            assert_eq!(again.position(), first.position());
            assert!(again.replayed());
        }
        assert_eq!(place.head().await.unwrap(), head, "nothing was recorded again");
    }
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_its_owners_alone() {
    let (system, place) = place().await;
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    place.partner.submit_contribution("k", &place.claim(chen, "PW-1", 60)).await.unwrap();
    // The same key of another owner is another command.
    place.give(&[chen.clone(), wang.clone()], "60").await.unwrap();
    let basket = |resident: &Id| json!({"resident": resident, "items": [{"item": place.items.soap, "quantity": 1}]});
    for counter in [&place.shop, &place.kiosk] {
        let ask = Ask::post("/v1/sales").bearer(&counter.key).key("k");
        let sold =
            place.http.send(&ask.clone().json(&basket(&chen.resident)).unwrap()).await.unwrap();
        assert_eq!((sold.status, sold.replayed()), (201, false), "{sold:?}");
        let other = place.http.send(&ask.json(&basket(&wang.resident)).unwrap()).await.unwrap();
        assert_eq!(other.problem().unwrap().name(), "idempotency-key-reused");
    }
    audited(system, &place).await;
}

async fn reserved(place: &linli_tests::Place, basket: &serde_json::Value) -> Id {
    let ask =
        Ask::post("/v1/redemptions").bearer(&place.shop.key).key("hold").json(basket).unwrap();
    let answer = place.http.send(&ask).await.unwrap();
    answer.json::<Receipt<Redeemed>>().unwrap().changed.slip.redemption
}
