//! Faults: whatever is not known to be done is asked again, and is done once.

use linli_ledger::Status;
use linli_port::Rejected;
use tokio::runtime::{Builder, Runtime};

use crate::commands::{envelope, fund};
use crate::house::{House, Running, within};
use crate::load::{Load, check_exactly_once};

#[tokio::test(flavor = "multi_thread")]
async fn lost_connections_lose_and_double_nothing() {
    let house = House::new().await;
    let running = house.start_with_pool().await;
    let (load, senders) = Load::begin(&running.port);
    let mut cuts = 0;
    for quarters in 1..=3 {
        load.reaches(quarters).await;
        cuts += house.cut_writer().await;
    }
    let acknowledged = within("the load", senders.join_all()).await.concat();

    assert!(cuts >= 1, "no connection was cut");
    assert!(falls(&running) >= 1.0, "the ledger noticed nothing");
    running.stop().await;
    check_exactly_once(&house, acknowledged).await;
}

/// How often the ledger threw its state away.
fn falls(running: &Running) -> f64 {
    let families = running.registry.gather();
    let falls = families.iter().find(|family| family.name() == "linli_ledger_falls_total").unwrap();
    falls.get_metric().iter().map(|metric| metric.get_counter().get_value()).sum()
}

/// The ledgers live in runtimes that are torn down wherever their tasks are, as a process is by
/// kill -9; senders and auditor live on in another.
#[test]
fn a_ledger_killed_in_the_middle_loses_and_doubles_nothing() {
    let outside = runtime();
    let house = outside.block_on(House::new());
    let mut inside = runtime();
    let mut running = inside.block_on(house.start_with_pool());
    let (load, senders) = outside.block_on(async { Load::begin(&running.port) });
    for quarters in 1..=3 {
        outside.block_on(load.reaches(quarters));
        inside.shutdown_background();
        inside = runtime();
        running = inside.block_on(house.start());
        load.send_to(&running.port);
    }
    let acknowledged = outside.block_on(within("the load", senders.join_all())).concat();
    inside.block_on(running.stop());
    outside.block_on(check_exactly_once(&house, acknowledged));
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_frame_is_told_as_not_done() {
    let house = House::new().await;
    let running = house.start_with_pool().await;
    // Stands for a full disk: the server refuses to write, and says so.
    let block = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS \
        $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$; \
        CREATE TRIGGER full_disk BEFORE INSERT ON log.frame \
        FOR EACH STATEMENT EXECUTE FUNCTION full_disk()";
    house.client().await.batch_execute(block).await.unwrap();
    let wish = envelope("gift", fund(100));

    let answer = running.port.submit_one(wish.clone()).await;
    assert!(matches!(answer, Err(Rejected::Unavailable { .. })), "{answer:?}");
    house.client().await.batch_execute("DROP TRIGGER full_disk ON log.frame").await.unwrap();
    assert!(!running.must(wish).await.repeated);
    assert!(matches!(*running.status().borrow(), Status::Leading { .. }));
    running.stop().await;
    assert_eq!(house.audit().await.records.len(), 2);
}
