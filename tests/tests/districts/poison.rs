//! A district whose log holds what nobody can read: its writer doesn't come up and its projectors
//! stop, and the other district is served in full.

use linli_api::client::RankingWish;
use linli_log::BodyBuilder;
use linli_tests::{Ask, Place, wait};
use tokio_postgres::NoTls;

use crate::house::{DISTRICTS, House};

/// Puts a frame that hangs on the chain as it should and holds no record into a district's log.
async fn poison(database_url: &str, district: &str) {
    let (client, connection) = tokio_postgres::connect(database_url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let mut body = BodyBuilder::new();
    body.push(b"no record").unwrap();
    let insert = "INSERT INTO log.frame (district, first, last, recorded_at_us, previous_root, root, body) \
                  SELECT district, last + 1, last + 1, recorded_at_us, root, sha256('poison'), $2 \
                  FROM log.frame WHERE district = $1 ORDER BY first DESC LIMIT 1";
    let put = client.execute(insert, &[&district, &body.take().as_ref()]).await.unwrap();
    assert_eq!(put, 1);
}

pub async fn full_service(place: &Place) {
    let reader = &place.people.chen.resident;
    for _ in 0..5 {
        place.serve(&place.people.chen, "EN-1", 60).await.unwrap();
        let head = place.head().await.unwrap();
        let wallet = place.operator.after(head).wallet(reader).await.unwrap().body;
        assert_ne!(wallet.available.as_str(), "0.00");
    }
    place.partner.join_ranking(&place.key("join"), reader).await.unwrap();
    let partner = place.partner.after(place.head().await.unwrap());
    let rank = partner.rank(reader, &RankingWish::default()).await.unwrap().body;
    assert_eq!(rank.place.unwrap().rank, 1);
    place.caught_up().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poisoned_district_leaves_the_others_at_full_service() {
    let house = House::start().await.unwrap();
    let [here, there] = house.found().await.unwrap();
    there.serve(&there.people.chen, "EN-1", 60).await.unwrap();
    there.caught_up().await.unwrap();
    let house = house.restart(async |url| poison(url, DISTRICTS[1]).await).await.unwrap();

    // The poisoned one says what is in its way, and takes no commands.
    let stopped = async || {
        let (_, stands) = house.stands(1).await?;
        let models = stands["read_models"].as_array()?.clone();
        models.iter().all(|model| model["stopped"].is_string()).then_some(())
    };
    wait::until("the projectors stopped", wait::LONG, stopped).await.unwrap();
    let claim = there.claim(&there.people.chen, "EN-1", 60);
    let body = serde_json::to_string(&claim).unwrap();
    let submit = Ask::post("/v1/contributions").bearer(&there.partner_key).key("poisoned");
    let answer = house.http().send(&submit.text(&body)).await.unwrap();
    assert_eq!(answer.status, 503);

    full_service(&here).await;

    // What it knew is read as before, and the process stays on the net.
    let (status, stands) = house.stands(1).await.unwrap();
    assert_eq!((status, stands["commands"].as_bool()), (200, Some(false)));
    let (_, stands) = house.stands(0).await.unwrap();
    assert_eq!((stands["ready"].as_bool(), stands["commands"].as_bool()), (Some(true), Some(true)));
    let wallet = there.operator.wallet(&there.people.chen.resident).await.unwrap().body;
    assert_ne!(wallet.available.as_str(), "0.00");
    // It was told when it happened, and is told again at the end.
    let fault = house.stop().await.unwrap_err();
    assert!(fault.to_string().contains(DISTRICTS[1]), "{fault:#}");
}
