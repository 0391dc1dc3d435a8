//! A standby keeps its state warm, and only a warm one takes over.

use linli_domain::Position;
use linli_ledger::Status;

use crate::commands::{envelope, fund};
use crate::house::{House, Running, pause, within};

impl Running {
    /// Waits until it stands by, warm to `position` at least.
    async fn is_warm_to(&self, position: u64) {
        let there =
            |status| matches!(status, Status::Standby { position: Position(at) } if at >= position);
        self.reaches(there).await;
    }

    fn figure(&self, name: &str) -> f64 {
        let families = self.registry.gather();
        let family = families.iter().find(|family| family.name() == name).unwrap();
        family.get_metric().iter().map(|metric| metric.get_gauge().get_value()).sum()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standby_keeps_up_with_the_leader() {
    let house = House::new().await;
    let first = house.start_with_pool().await;
    let second = house.begin(|_| {});
    second.is_warm_to(1).await;
    for n in 0..20 {
        first.must(envelope(&format!("gift-{n}"), fund(100))).await;
        second.is_warm_to(n + 2).await;
    }
    assert!(second.figure("linli_ledger_standby") >= 1.0);
    assert!(second.figure("linli_log_follower_position") >= 21.0);
    assert!(second.figure("linli_ledger_leader") < 1.0);

    first.stop().await;
    second.leads().await;
    assert!(second.figure("linli_ledger_standby") < 1.0);
    assert!(second.must(envelope("gift-7", fund(100))).await.repeated);
    assert!(!second.must(envelope("gift-20", fund(100))).await.repeated);
    second.stop().await;
    assert_eq!(house.audit().await.records.len(), 22);
}

/// With NATS the frames come from there.
#[tokio::test(flavor = "multi_thread")]
async fn a_standby_follows_the_stream() {
    let house = House::new().await;
    let nats = async_nats::connect(house.database.nats_url()).await.unwrap();
    let first = house.begin(|settings| settings.nats = Some(nats.clone()));
    first.leads().await;
    first.must(envelope("open-pool", crate::commands::open_pool())).await;
    let second = house.begin(|settings| settings.nats = Some(nats.clone()));
    second.is_warm_to(1).await;
    first.must(envelope("gift", fund(100))).await;
    second.is_warm_to(2).await;
    first.stop().await;
    second.leads().await;
    second.stop().await;
}

/// The lock is asked for by warm ones alone, and the server's absence costs no warmth.
#[tokio::test(flavor = "multi_thread")]
async fn a_standby_that_lost_its_connections_is_still_warm() {
    let house = House::new().await;
    let first = house.start_with_pool().await;
    let second = house.begin(|_| {});
    second.is_warm_to(1).await;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    house.client().await.batch_execute(cut).await.unwrap();
    // Whichever leads now, both go on, and nothing is lost or done twice.
    let (port, other) = (first.port.clone(), second.port.clone());
    let accepted = within("an answer", async {
        loop {
            for port in [&port, &other] {
                if let Ok(accepted) = port.submit_one(envelope("gift", fund(100))).await {
                    return accepted;
                }
            }
            pause().await;
        }
    })
    .await;
    assert_eq!(accepted.records.len(), 1);
    second.stop().await;
    first.stop().await;
    assert_eq!(house.audit().await.records.len(), 2);
}

/// A log that was put back to an older state is another log: the standby begins anew.
#[tokio::test(flavor = "multi_thread")]
async fn a_standby_of_a_log_that_was_put_back_starts_over() {
    let house = House::new().await;
    let first = house.start_with_pool().await;
    first.must(envelope("gift-1", fund(100))).await;
    first.must(envelope("gift-2", fund(100))).await;
    let second = house.begin(|_| {});
    second.is_warm_to(3).await;
    // Or a step of the first ledger's index, under way, would come after the log was put back.
    house.index_reaches(3).await;
    // As a fail-over to a server that had not got the last record would leave it. The first ledger
    // is stopped for good, and the second one gets the lock of a log that ends before its image.
    let put_back = "SET session_replication_role = replica; \
        ALTER TABLE log.frame DISABLE TRIGGER frame_only_grows; \
        ALTER TABLE log.key DISABLE TRIGGER key_only_grows; \
        DELETE FROM log.frame WHERE last = 3; DELETE FROM log.key WHERE last = 3; \
        UPDATE log.key_index SET position = 2 WHERE position > 2; \
        DELETE FROM log.snapshot; \
        ALTER TABLE log.key ENABLE ALWAYS TRIGGER key_only_grows; \
        ALTER TABLE log.frame ENABLE ALWAYS TRIGGER frame_only_grows";
    let mut client = house.client().await;
    let work = client.transaction().await.unwrap();
    work.batch_execute(put_back).await.unwrap();
    work.commit().await.unwrap();
    house.cut_writer().await;
    first.stop().await;
    second.leads().await;
    let again = second.must(envelope("gift-2", fund(100))).await;
    assert!(!again.repeated, "the record that is gone is not remembered");
    second.stop().await;
    assert_eq!(house.audit().await.records.len(), 3);
}
