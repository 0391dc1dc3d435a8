//! Snapshots are made beside the writer, by whoever reads the log.

use linli_ledger::write_snapshot;
use linli_log::reader::pool;
use linli_log::snapshot::{Snapshot, Snapshots};

use crate::commands::{envelope, fund};
use crate::house::{House, Running, pause, within};

/// The form of snapshots that this program writes.
const FORMAT: i32 = 34;

impl House {
    fn snapshots(&self) -> Snapshots {
        let pool = pool(&self.database.url().parse().unwrap(), 2).unwrap();
        Snapshots::new(pool, self.district.clone())
    }

    /// Waits until there is a snapshot at `position` or after it.
    async fn until_snapshot(&self, position: u64) -> Snapshot {
        let snapshots = self.snapshots();
        within("a snapshot", async {
            loop {
                let newest = snapshots.newest(FORMAT).await.unwrap();
                if let Some(newest) = newest.filter(|newest| newest.position >= position) {
                    return newest;
                }
                pause().await;
            }
        })
        .await
    }
}

async fn give(running: &Running, gifts: std::ops::Range<u32>) {
    for n in gifts {
        running.must(envelope(&format!("gift-{n}"), fund(100))).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_alone_makes_them_beside_the_writer() {
    let house = House::new().await;
    let running = house.begin(|settings| settings.snapshot_every_records = 20);
    running.leads().await;
    running.must(envelope("open-pool", crate::commands::open_pool())).await;
    give(&running, 0..50).await;
    let first = house.until_snapshot(40).await;
    give(&running, 50..100).await;
    let second = house.until_snapshot(first.position + 40).await;
    house.snapshots().verify(&second).await.unwrap();
    running.stop().await;
    // Two are kept, the last of them of the log's end.
    let kept = house.snapshots().list(FORMAT).await.unwrap();
    assert_eq!((kept.len(), kept[0].position), (2, 101));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standby_makes_them_before_the_leader_would() {
    let house = House::new().await;
    let first = house.start_with_pool().await;
    let second = house.begin(|settings| settings.snapshot_every_records = 20);
    second.reaches(|status| status.is_standby()).await;
    give(&first, 0..30).await;
    house.until_snapshot(20).await;
    second.stop().await;
    first.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_is_written_by_hand() {
    let house = House::new().await;
    let running = house.start_with_pool().await;
    give(&running, 0..10).await;
    let config = house.database.url().parse().unwrap();
    let (position, bytes) = write_snapshot(&config, &house.district).await.unwrap();
    assert_eq!(position, 11);
    assert_eq!(write_snapshot(&config, &house.district).await.unwrap(), (position, bytes));
    let kept = house.snapshots().list(FORMAT).await.unwrap();
    assert_eq!((kept.len(), kept[0].bytes), (1, bytes));
    running.stop().await;
}
