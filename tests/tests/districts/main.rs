//! Many districts in one process: each has a log, keys, a writer and read models of its own, and
//! what happens to one doesn't touch the others.

#![allow(unreachable_pub, reason = "a test crate has no outside")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here has found something"
)]

mod house;
mod poison;
mod slow;

use linli_api::Id;
use linli_api::client::RankingWish;
use linli_tests::Binary;

use house::{DISTRICTS, House};

#[tokio::test(flavor = "multi_thread")]
async fn a_key_opens_its_own_district() {
    let house = House::start().await.unwrap();
    let [here, there] = house.found().await.unwrap();
    let before = there.head().await.unwrap();
    for turn in 0..3 {
        let (one, other) = (&here.people.chen, &there.people.chen);
        let served = tokio::join!(here.serve(one, "EN-1", 60), there.serve(other, "EN-1", 60));
        assert!(served.0.is_ok() && served.1.is_ok(), "{turn}");
    }
    for (place, district) in [(&here, DISTRICTS[0]), (&there, DISTRICTS[1])] {
        let head = place.auditor.log_head().await.unwrap().body;
        assert_eq!(head.district.as_str(), district);
        assert!(head.position > before);
        place.partner.join_ranking("join", &place.people.chen.resident).await.unwrap();
    }
    // Places are founded alike, and yet whoever lives in one is a stranger in the other.
    let after = here.head().await.unwrap();
    let stranger: &Id = &here.people.chen.resident;
    assert_eq!(there.auditor.log_head().await.unwrap().body.position, there.head().await.unwrap());
    let asked = there.partner.rank(stranger, &RankingWish::default()).await.unwrap_err();
    assert!(asked.to_string().contains("/problems/unknown"), "{asked}");
    let own = here.partner.after(after);
    let rank = own.rank(stranger, &RankingWish::default()).await.unwrap().body;
    assert_eq!(rank.place.unwrap().rank, 1);

    let binary = Binary::new(env!("CARGO_BIN_EXE_linli-tested"));
    for (place, district) in [(&here, DISTRICTS[0]), (&there, DISTRICTS[1])] {
        place.caught_up().await.unwrap();
        binary.audit(house.database_url(), district).await.unwrap().all_true().unwrap();
    }
    house.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn each_district_has_its_own_clock() {
    let house = House::start().await.unwrap();
    let [here, there] = house.found().await.unwrap();
    let (before, elsewhere) = (here.now(), there.now());
    here.let_pass(60 * 24).await.unwrap();
    assert!(here.now() > before);
    // A service of this hour would lie in the past by a day if time had passed there too.
    there.serve(&there.people.wang, "EN-1", 60).await.unwrap();
    assert_eq!(there.now().duration_since(elsewhere).as_hours() / 24, 0);
    house.stop().await.unwrap();
}
