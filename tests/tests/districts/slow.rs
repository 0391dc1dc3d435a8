//! A district whose commits stand still: its senders wait, and the other district is served in full.

use linli_tests::wait;
use tokio_postgres::NoTls;

use crate::house::{DISTRICTS, House};
use crate::poison::full_service;

/// The commits of a district wait for a lock that this session has.
fn hold(district: &str) -> String {
    format!(
        "CREATE FUNCTION public.held() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock_shared(77);
                RETURN NEW;
            END
        $$;
        CREATE TRIGGER held BEFORE INSERT ON log.frame FOR EACH ROW
            WHEN (NEW.district = '{district}') EXECUTE FUNCTION public.held();
        SELECT pg_advisory_lock(77)"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_district_that_stands_still_leaves_the_others_at_full_service() {
    let house = House::start().await.unwrap();
    let [here, there] = house.found().await.unwrap();
    let (client, connection) = tokio_postgres::connect(house.database_url(), NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    client.batch_execute(&hold(DISTRICTS[1])).await.unwrap();

    let head = there.head().await.unwrap();
    let claim = there.claim(&there.people.chen, "EN-1", 60);
    // Asked again by the same key whenever there is no answer.
    let ask = async || there.partner.submit_contribution("late", &claim).await.ok();
    let late = wait::until("the one that stood still answers", wait::LONG, ask);
    tokio::pin!(late);
    tokio::select! {
        answered = &mut late => panic!("it did not stand still: {answered:?}"),
        () = full_service(&here) => {}
    }
    let stuck =
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND objid = 77";
    let stuck = async || {
        let count: i64 = client.query_one(stuck, &[]).await.ok()?.get(0);
        (count > 0).then_some(())
    };
    wait::until("a commit stands still", wait::LONG, stuck).await.unwrap();
    assert_eq!(there.head().await.unwrap(), head);

    client.batch_execute("SELECT pg_advisory_unlock(77)").await.unwrap();
    late.await.unwrap();
    assert!(there.head().await.unwrap() > head);
    full_service(&there).await;
    drop(client);
    driver.await.unwrap().unwrap();
    house.stop().await.unwrap();
}
