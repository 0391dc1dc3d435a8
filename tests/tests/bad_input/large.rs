//! Large bodies that nobody will take are refused, not cut off.

use linli_tests::{Ask, TestSystem, Wish};

/// So often: a connection that is closed too early loses its answer now and then alone.
const TIMES: usize = 60;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sends_too_much_hears_why() {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish::default()).await.unwrap();
    let text = "A".repeat(1024 * 1024);
    let one = Ask::post("/v1/contributions").key("k").text(&text);
    let bulk = Ask::post("/v1/contributions/bulk").text(&text);
    let (partner, shop) = (place.partner_key.as_str(), place.shop.key.as_str());
    for (about, ask, status) in [
        ("over the limit", one.clone().bearer(partner), 413),
        ("without a key", bulk.clone(), 401),
        ("without the scope", bulk.clone().bearer(shop), 403),
        ("without an idempotency key", Ask::post("/v1/sales").bearer(shop).text(&text), 400),
        ("where nothing is", Ask::post("/v1/nothing").text(&text), 404),
    ] {
        for time in 1..=TIMES {
            let answer = place.http.send(&ask).await;
            let heard = answer.map(|answer| answer.status);
            assert!(matches!(heard, Ok(heard) if heard == status), "{about}, {time}: {heard:?}");
        }
    }
    system.stop().await.unwrap();
}
