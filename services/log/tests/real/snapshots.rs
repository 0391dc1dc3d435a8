use futures::TryStreamExt;
use linli_log::checkpoint::{Checkpoint, Checkpoints};
use linli_log::snapshot::{Part, SNAPSHOT_PART_BYTES_MAX, Snapshot, SnapshotError, Snapshots};

use super::support::Log;

fn part(byte: u8, bytes: usize) -> Part {
    Part::seal(vec![byte; bytes])
}

fn row(parts: &[Part]) -> impl futures::Stream<Item = Option<Part>> + use<> {
    futures::stream::iter(parts.iter().cloned().map(Some).collect::<Vec<_>>())
}

async fn read(snapshots: &Snapshots, snapshot: &Snapshot) -> Result<Vec<Part>, SnapshotError> {
    snapshots.parts(snapshot).await?.try_collect().await
}

#[tokio::test]
async fn snapshots_are_put_read_and_pruned() {
    let log = Log::create().await;
    let snapshots = Snapshots::new(log.reader().pool().clone(), log.district.clone());
    assert_eq!(snapshots.newest(1).await.unwrap(), None);

    let parts = [part(1, SNAPSHOT_PART_BYTES_MAX - 32), part(2, 10)];
    let put = snapshots.put(10, 1, row(&parts)).await.unwrap();
    assert_eq!(put.bytes, SNAPSHOT_PART_BYTES_MAX as u64 + 42);
    let newest = snapshots.newest(1).await.unwrap().unwrap();
    assert_eq!(newest, put);
    assert_eq!(read(&snapshots, &newest).await.unwrap(), parts);
    snapshots.verify(&newest).await.unwrap();
    assert_eq!(snapshots.newest(2).await.unwrap(), None);

    // Another one takes its place; one that fails or is called off leaves nothing.
    let again = snapshots.put(10, 1, row(&[part(3, 5)])).await.unwrap();
    assert_eq!(snapshots.newest(1).await.unwrap().unwrap(), again);
    assert_eq!(read(&snapshots, &again).await.unwrap(), [part(3, 5)]);
    let too_long = [part(1, 5), part(1, SNAPSHOT_PART_BYTES_MAX)];
    let error = snapshots.put(20, 1, row(&too_long)).await.unwrap_err();
    assert!(matches!(error, SnapshotError::PartTooLong { .. }), "{error:?}");
    let called_off = futures::stream::iter([Some(part(1, 1)), None]);
    let error = snapshots.put(20, 1, called_off).await.unwrap_err();
    assert!(matches!(error, SnapshotError::CalledOff), "{error:?}");
    assert_eq!(snapshots.newest(1).await.unwrap().unwrap().position, 10);

    snapshots.put(20, 1, row(&[])).await.unwrap();
    snapshots.put(30, 2, row(&[part(1, 1)])).await.unwrap();
    let positions: Vec<u64> =
        snapshots.list(1).await.unwrap().iter().map(|snapshot| snapshot.position).collect();
    assert_eq!(positions, [20, 10]);
    assert_eq!(snapshots.prune(2).await.unwrap(), 1);
    assert_eq!(snapshots.newest(1).await.unwrap().unwrap().position, 20);
    assert_eq!(snapshots.prune(0).await.unwrap(), 2);
    assert_eq!(snapshots.newest(2).await.unwrap(), None);
    let row = log.client().await.query_one("SELECT count(*) FROM log.snapshot_part", &[]).await;
    assert_eq!(row.unwrap().get::<_, i64>(0), 0);
}

/// Each change to what lies in the tables is found, on the server's side and by whoever reads.
#[tokio::test]
async fn a_damaged_snapshot_is_found() {
    let log = Log::create().await;
    let snapshots = Snapshots::new(log.reader().pool().clone(), log.district.clone());
    let parts: Vec<Part> = (0..40).map(|n| part(n, 100)).collect();
    let damages = [
        "UPDATE log.snapshot_part SET body = set_byte(body, 7, 77) WHERE part = 33",
        "UPDATE log.snapshot_part SET body = set_byte(body, 131, 77) WHERE part = 3",
        "UPDATE log.snapshot_part SET body = '\\x00' WHERE part = 3",
        "DELETE FROM log.snapshot_part WHERE part = 39",
        "UPDATE log.snapshot_part SET part = 99 WHERE part = 5",
    ];
    for damage in damages {
        let put = snapshots.put(10, 1, row(&parts)).await.unwrap();
        snapshots.verify(&put).await.unwrap();
        log.client().await.batch_execute(damage).await.unwrap();
        let error = snapshots.verify(&put).await.unwrap_err();
        assert!(matches!(error, SnapshotError::Parts), "{damage}: {error:?}");
        let is_sound = match read(&snapshots, &put).await {
            Ok(parts) => parts.iter().all(|part| part.open().is_ok()),
            Err(error) => !matches!(error, SnapshotError::Parts),
        };
        assert!(!is_sound, "{damage}");
    }
}

#[tokio::test]
async fn one_makes_a_snapshot_at_a_time() {
    let log = Log::create().await;
    let snapshots = Snapshots::new(log.reader().pool().clone(), log.district.clone());
    let claim = snapshots.claim().await.unwrap();
    assert!(claim.is_some());
    assert!(snapshots.claim().await.unwrap().is_none());
    drop(claim);
    let again = async { while snapshots.claim().await.unwrap().is_none() {} };
    tokio::time::timeout(std::time::Duration::from_secs(30), again).await.unwrap();
}

#[tokio::test]
async fn the_writers_role_suffices_for_snapshots() {
    let log = Log::create().await;
    let mut config = log.config.clone();
    config.options("-c role=linli_writer");
    let pool = linli_log::reader::pool(&config, 2).unwrap();
    let snapshots = Snapshots::new(pool, log.district.clone());
    let _claim = snapshots.claim().await.unwrap().unwrap();
    for position in [1, 1, 2] {
        let put = snapshots.put(position, 1, row(&[part(1, 1)])).await.unwrap();
        snapshots.verify(&put).await.unwrap();
    }
    assert_eq!(snapshots.prune(1).await.unwrap(), 1);
}

#[tokio::test]
async fn there_are_never_two_notes_for_one_size() {
    let log = Log::create().await;
    let checkpoints = Checkpoints::new(log.reader().pool().clone(), log.district.clone());
    assert_eq!(checkpoints.newest().await.unwrap(), None);
    let note = |size, note: &str| Checkpoint { size, note: note.to_owned() };
    checkpoints.put(&note(5, "five")).await.unwrap();
    checkpoints.put(&note(9, "nine")).await.unwrap();
    assert!(checkpoints.put(&note(9, "other")).await.is_err());
    assert_eq!(checkpoints.newest().await.unwrap(), Some(note(9, "nine")));
    assert_eq!(checkpoints.covering(5).await.unwrap(), Some(note(5, "five")));
    assert_eq!(checkpoints.covering(6).await.unwrap(), Some(note(9, "nine")));
    assert_eq!(checkpoints.covering(10).await.unwrap(), None);
}
