use bytes::Bytes;
use linli_log::checkpoint::{Checkpoint, Checkpoints};
use linli_log::snapshot::{SNAPSHOT_PART_BYTES_MAX, SnapshotError, Snapshots};

use super::support::Log;

#[tokio::test]
async fn snapshots_are_put_read_and_pruned() {
    let log = Log::create().await;
    let snapshots = Snapshots::new(log.reader().pool().clone(), log.district.clone());
    assert_eq!(snapshots.newest(1).await.unwrap(), None);

    let part = |byte: u8, bytes: usize| Bytes::from(vec![byte; bytes]);
    let parts = vec![part(1, SNAPSHOT_PART_BYTES_MAX), part(2, 10)];
    let body = parts.concat();
    let bytes = snapshots.put(10, 1, b"digest", parts).await.unwrap();
    assert_eq!(bytes, body.len() as u64);
    let newest = snapshots.newest(1).await.unwrap().unwrap();
    assert_eq!((newest.position, newest.digest.as_slice()), (10, b"digest".as_slice()));
    assert_eq!(snapshots.body(&newest).await.unwrap(), body);
    assert_eq!(snapshots.newest(2).await.unwrap(), None);

    // Another one takes its place; one that fails leaves nothing.
    snapshots.put(10, 1, b"again", [part(3, 5)]).await.unwrap();
    let newest = snapshots.newest(1).await.unwrap().unwrap();
    assert_eq!(newest.digest, b"again");
    assert_eq!(snapshots.body(&newest).await.unwrap(), [3; 5]);
    let too_long = [part(1, 5), part(1, SNAPSHOT_PART_BYTES_MAX + 1)];
    let error = snapshots.put(20, 1, b"", too_long).await.unwrap_err();
    assert!(matches!(error, SnapshotError::PartTooLong { .. }), "{error:?}");
    assert_eq!(snapshots.newest(1).await.unwrap().unwrap().position, 10);

    snapshots.put(20, 1, b"", []).await.unwrap();
    snapshots.put(30, 2, b"", [part(1, 1)]).await.unwrap();
    assert_eq!(snapshots.prune(2).await.unwrap(), 1);
    assert_eq!(snapshots.newest(1).await.unwrap().unwrap().position, 20);
    assert_eq!(snapshots.prune(0).await.unwrap(), 2);
    assert_eq!(snapshots.newest(2).await.unwrap(), None);
    let row = log.client().await.query_one("SELECT count(*) FROM log.snapshot_part", &[]).await;
    assert_eq!(row.unwrap().get::<_, i64>(0), 0);
}

#[tokio::test]
async fn the_writers_role_suffices_for_snapshots() {
    let log = Log::create().await;
    let mut config = log.config.clone();
    config.options("-c role=linli_writer");
    let pool = linli_log::reader::pool(&config, 1).unwrap();
    let snapshots = Snapshots::new(pool, log.district.clone());
    for position in [1, 1, 2] {
        snapshots.put(position, 1, b"", [Bytes::from_static(b"x")]).await.unwrap();
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
