use std::time::{Duration, Instant};

use linli_devstack::{Options, Stack};
use linli_log::writer::{Doubt, LOCK_LOOK, SESSION_IDLE_MAX};
use linli_log::{AppendError, District, LogWriter, OpenError};
use tokio_postgres::Config;
use tokio_util::sync::CancellationToken;

use super::support::{Frames, Log, connect, until};

#[tokio::test]
async fn frames_are_appended_and_the_next_writer_goes_on_there() {
    let log = Log::create().await;
    let writer = log.writer().await;
    assert_eq!(writer.head(), None);
    let mut frames = Frames::default();
    writer.append(&frames.next(3)).await.unwrap();
    let two = frames.next(1);
    writer.append(&two).await.unwrap();

    writer.close().await;
    let again = log.writer().await;
    let head = again.head().unwrap();
    assert_eq!((head.last, head.root, head.recorded_at), (4, two.root, two.recorded_at));
}

#[tokio::test]
async fn appends_under_way_together_are_carried_out_in_order() {
    let log = Log::create().await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    let under_way: Vec<_> = (0..50).map(|_| writer.append(&frames.next(2))).collect();
    for append in under_way {
        append.await.unwrap();
    }
    assert_eq!(log.reader().head(&log.district).await.unwrap().unwrap().last, 100);
}

#[tokio::test]
async fn an_append_goes_on_when_nobody_polls_it() {
    let log = Log::create().await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    drop(writer.append(&frames.next(1)));
    // The look-up comes after it on the connection.
    writer.find_keys(&[([0; 16], "x")]).await.unwrap();
    assert_eq!(log.reader().head(&log.district).await.unwrap().unwrap().last, 1);
}

#[tokio::test]
async fn a_second_writer_that_slipped_through_fails_on_its_first_append() {
    let log = Log::create().await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    log.grow(&writer, &mut frames, 2).await;
    let mut stale = frames.clone();
    log.grow(&writer, &mut frames, 1).await;
    stale.salt = 1;
    let mut other_cut = stale.clone();
    for frame in [stale.next(3), other_cut.next(1)] {
        let error = writer.append(&frame).await.unwrap_err();
        assert!(matches!(error, AppendError::Conflict(_)), "{error:?}");
    }
    // A position that is free, but on another root.
    let mut forked = frames.clone();
    forked.next(1);
    let error = writer.append(&forked.next(1)).await.unwrap_err();
    assert!(matches!(error, AppendError::Conflict(_)), "{error:?}");
    log.grow(&writer, &mut frames, 1).await;
}

#[tokio::test]
async fn one_writer_a_district() {
    let log = Log::create().await;
    let writer = log.writer().await;
    let second = LogWriter::open(&log.config, &log.district).await;
    assert!(matches!(second, Err(OpenError::Held)), "{second:?}");
    let other = District::new("another").unwrap();
    LogWriter::open(&log.config, &other).await.unwrap();

    let cancel = CancellationToken::new();
    let wait = LogWriter::open_waiting(&log.config, &log.district, &cancel);
    let hand_over = async {
        tokio::time::sleep(LOCK_LOOK * 3).await;
        writer.close().await;
    };
    let (second, ()) = tokio::join!(wait, hand_over);
    let second = second.unwrap();

    let wait = LogWriter::open_waiting(&log.config, &log.district, &cancel);
    let (third, ()) = tokio::join!(wait, async { cancel.cancel() });
    assert!(matches!(third, Err(OpenError::Cancelled)), "{third:?}");
    drop(second);
    until("the lock of a dropped writer to be free", async || {
        LogWriter::open(&log.config, &log.district).await.ok()
    })
    .await;
}

#[tokio::test]
async fn a_lost_connection_leaves_the_outcome_unknown() {
    let log = Log::create().await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    log.grow(&writer, &mut frames, 1).await;
    let superuser = log.client().await;
    // Holds the append up, so that the kill finds it at work.
    superuser.batch_execute("BEGIN; LOCK TABLE log.frame IN SHARE MODE").await.unwrap();
    let append = writer.append(&frames.next(1));
    let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND application_name LIKE 'linli writer%' \
         AND wait_event_type = 'Lock'";
    until("the append to wait", async || {
        (superuser.execute(kill, &[]).await.unwrap() > 0).then_some(())
    })
    .await;
    let error = append.await.unwrap_err();
    assert!(matches!(error, AppendError::Unknown(Doubt::Lost(_))), "{error:?}");
    tokio::time::timeout(Duration::from_secs(5), writer.lost()).await.unwrap();
    assert!(writer.is_lost());
    let error = writer.append(&frames.next(1)).await.unwrap_err();
    assert!(matches!(error, AppendError::Unknown(Doubt::Lost(_))), "{error:?}");
    superuser.batch_execute("ROLLBACK").await.unwrap();
    assert_eq!(log.writer().await.head().unwrap().last, 3);
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_refused() {
    let log = Log::create().await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    let superuser = log.client().await;
    superuser.batch_execute("BEGIN; LOCK TABLE log.frame IN SHARE MODE").await.unwrap();
    let error = writer.append(&frames.clone().next(1)).await.unwrap_err();
    assert!(matches!(error, AppendError::Refused(_)), "{error:?}");
    superuser.batch_execute("ROLLBACK").await.unwrap();
    writer.append(&frames.next(1)).await.unwrap();
}

#[tokio::test]
async fn a_server_that_would_lose_commits_is_refused() {
    let log = Log::create().await;
    let name = log.database.name();
    for value in ["off", "local"] {
        let sql = format!("ALTER DATABASE {name} SET synchronous_commit = {value}");
        log.client().await.batch_execute(&sql).await.unwrap();
        let refused = LogWriter::open(&log.config, &log.district).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!("the server has synchronous_commit = {value}; the log needs on")
        );
    }
}

#[tokio::test]
async fn a_database_without_tables_is_told_apart() {
    let database = linli_devstack::TestDatabase::create().await.unwrap();
    let config: Config = database.url().parse().unwrap();
    // The roles may be there from another database.
    let refused = LogWriter::open(&config, &District::new("x").unwrap()).await.unwrap_err();
    assert!(matches!(refused, OpenError::NotMigrated(_)), "{refused:?}");
}

/// A server of its own: with `fsync` off, then killed and paused under a writer.
#[tokio::test]
async fn a_server_that_does_not_sync_or_dies_or_stands_still() {
    let settings = vec![("fsync".to_owned(), "off".to_owned())];
    let options = Options { nats: false, postgres_settings: settings, ..Options::temporary() };
    let stack = Stack::start(options).await.unwrap();
    let config: Config = stack.postgres_url().parse().unwrap();
    let district = District::new("x").unwrap();
    let refused = LogWriter::open(&config, &district).await.unwrap_err();
    assert_eq!(refused.to_string(), "the server has fsync = off; the log needs on");
    stack.stop().await.unwrap();

    let options = Options { nats: false, ..Options::temporary() };
    let mut stack = Stack::start(options).await.unwrap();
    let config: Config = stack.postgres_url().parse().unwrap();
    linli_log::migrate(&mut connect(&config).await).await.unwrap();
    let writer = LogWriter::open(&config, &district).await.unwrap();
    let mut frames = Frames::default();
    writer.append(&frames.next(1)).await.unwrap();

    stack.pause_postgres().unwrap();
    let start = Instant::now();
    let error = writer.append(&frames.next(1)).await.unwrap_err();
    assert!(matches!(error, AppendError::Unknown(_)), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    stack.resume_postgres().unwrap();
    let writer =
        until("a writer after the pause", async || LogWriter::open(&config, &district).await.ok())
            .await;
    // Sent before the pause was noticed: it was carried out when the server went on.
    assert!([1, 2].contains(&writer.head().unwrap().last));

    stack.kill_postgres().await.unwrap();
    tokio::time::timeout(Duration::from_secs(5), writer.lost()).await.unwrap();
    let refused = LogWriter::open(&config, &district).await.unwrap_err();
    assert!(matches!(refused, OpenError::Connect(_)), "{refused:?}");
    stack.start_postgres().await.unwrap();
    let writer = LogWriter::open(&config, &district).await.unwrap();
    assert!(writer.head().is_some());
    stack.stop().await.unwrap();
}

/// A writer whose process stands still gives no sign of life: the server frees its lock.
#[test]
fn a_writer_that_stands_still_loses_the_lock() {
    let other = tokio::runtime::Runtime::new().unwrap();
    let log = other.block_on(Log::create());
    // A runtime that nobody drives is a process that was stopped.
    let stopped = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut frames = Frames::default();
    let writer = stopped.block_on(async {
        let writer = log.writer().await;
        log.grow(&writer, &mut frames, 1).await;
        writer
    });
    let start = Instant::now();
    other.block_on(async {
        let cancel = CancellationToken::new();
        let second = LogWriter::open_waiting(&log.config, &log.district, &cancel).await.unwrap();
        assert!(start.elapsed() < SESSION_IDLE_MAX + Duration::from_secs(2));
        log.grow(&second, &mut frames.clone(), 1).await;
    });
    stopped.block_on(async {
        frames.salt = 1;
        let error = writer.append(&frames.next(1)).await.unwrap_err();
        assert!(matches!(error, AppendError::Unknown(Doubt::Lost(_))), "{error:?}");
    });
}
