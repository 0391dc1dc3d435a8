use linli_log::key::Advance;
use linli_log::merkle::EMPTY_ROOT;
use linli_log::{Frame, KeyIndex};
use tokio_postgres::error::SqlState;

use super::support::{Frames, Log, connect, key};

#[tokio::test]
async fn several_migrate_at_once_and_again() {
    let log = Log::create().await;
    let (mut one, mut two) = (log.client().await, log.client().await);
    let (one, two) = tokio::join!(linli_log::migrate(&mut one), linli_log::migrate(&mut two));
    assert_eq!((one.unwrap(), two.unwrap()), (0, 0));
}

#[tokio::test]
async fn several_databases_of_one_server_are_migrated_at_once() {
    let made = futures::future::join_all((0..4).map(|_| Log::create())).await;
    assert_eq!(made.len(), 4);
}

#[tokio::test]
async fn what_is_written_stays_whoever_asks() {
    let log = Log::create().await;
    let mut frames = Frames::default();
    let writer = log.writer().await;
    writer.append(&frames.next(2)).await.unwrap();
    let moved = log.index().advance(0, 2, &[key("a", 1, 2)]).await.unwrap();
    assert_eq!(moved, Advance::Moved);
    let superuser = log.client().await;
    superuser
        .batch_execute("INSERT INTO log.checkpoint (district, size, note) VALUES ('x', 1, 'n')")
        .await
        .unwrap();
    for session in ["RESET ROLE", "SET session_replication_role = replica", "SET ROLE linli_writer"]
    {
        superuser.batch_execute(session).await.unwrap();
        for table in ["frame", "key", "checkpoint"] {
            for statement in [
                format!("UPDATE log.{table} SET district = 'y'"),
                format!("DELETE FROM log.{table}"),
                format!("DELETE FROM log.{table} WHERE false"),
                format!("TRUNCATE log.{table} CASCADE"),
            ] {
                let error = superuser.batch_execute(&statement).await.unwrap_err();
                let code = error.code().unwrap();
                assert_eq!(*code, SqlState::INSUFFICIENT_PRIVILEGE, "{session}: {statement}");
            }
        }
    }
}

#[tokio::test]
async fn readers_read_and_no_more() {
    let log = Log::create().await;
    let client = log.client().await;
    client.batch_execute("SET ROLE linli_reader; SELECT * FROM log.frame").await.unwrap();
    let insert = "INSERT INTO log.checkpoint (district, size, note) VALUES ('x', 1, 'n')";
    let error = client.batch_execute(insert).await.unwrap_err();
    assert_eq!(error.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE));
}

/// As an operator would have it: a login that owns its database and may create roles, no more.
#[tokio::test]
async fn an_ordinary_login_migrates_and_writes() {
    let database = linli_devstack::TestDatabase::create().await.unwrap();
    let mut config: tokio_postgres::Config = database.url().parse().unwrap();
    let name = database.name();
    let setup = format!(
        "CREATE ROLE {name} LOGIN PASSWORD 'x' CREATEROLE; ALTER DATABASE {name} OWNER TO {name}"
    );
    // The roles of this server may be another's: then the administrator grants them.
    let grants = format!("GRANT linli_writer, linli_reader TO {name}");
    let superuser = connect(&config).await;
    superuser.batch_execute(&setup).await.unwrap();
    config.user(name).password("x");
    linli_log::migrate(&mut connect(&config).await).await.unwrap();
    superuser.batch_execute(&grants).await.unwrap();
    let district = linli_log::District::new("x").unwrap();
    let writer = linli_log::LogWriter::open(&config, &district).await.unwrap();
    writer.append(&Frames::default().next(1)).await.unwrap();
    drop(writer);
    let index = KeyIndex::new(linli_log::reader::pool(&config, 1).unwrap(), district);
    assert_eq!(index.advance(0, 1, &[key("a", 1, 1)]).await.unwrap(), Advance::Moved);
    drop(index);
    let leave =
        format!("REASSIGN OWNED BY {name} TO CURRENT_USER; DROP OWNED BY {name}; DROP ROLE {name}");
    superuser.batch_execute(&leave).await.unwrap();
}

/// The table itself refuses a frame that does not hang on the chain, whoever inserts it.
#[tokio::test]
async fn the_chain_is_kept_by_the_table() {
    let log = Log::create().await;
    let client = log.client().await;
    let mut frames = Frames::default();
    let (one, two) = (frames.next(3), frames.next(3));
    let check = async |frame: &Frame| -> Result<(), String> {
        let sql = "INSERT INTO log.frame \
             (district, first, last, recorded_at_us, previous_root, root, body) \
             VALUES ('x', $1, $2, 1, $3, $4, $5)";
        let at = |position: u64| i64::try_from(position).unwrap();
        let (previous, root) = (frame.previous_root.0.as_slice(), frame.root.0.as_slice());
        let outcome = client
            .execute(sql, &[&at(frame.first), &at(frame.last), &previous, &root, &&*frame.body])
            .await;
        outcome.map(|_| ()).map_err(|error| {
            error.as_db_error().unwrap().constraint().unwrap_or("no constraint").to_owned()
        })
    };
    let refused = |constraint: &str| Err(constraint.to_owned());
    assert_eq!(check(&two).await, refused("frame_follows"));
    assert_eq!(
        check(&Frame { previous_root: one.root, ..one.clone() }).await,
        refused("frame_begins")
    );
    assert_eq!(check(&Frame { last: 0, ..one.clone() }).await, refused("frame_check"));
    assert_eq!(check(&one).await, Ok(()));
    assert_eq!(check(&one).await, refused("frame_pkey"));
    assert_eq!(check(&Frame { first: 2, ..two.clone() }).await, refused("frame_follows"));
    assert_eq!(check(&Frame { first: 5, ..two.clone() }).await, refused("frame_follows"));
    assert_eq!(
        check(&Frame { previous_root: EMPTY_ROOT, ..two.clone() }).await,
        refused("frame_follows")
    );
    assert_eq!(check(&two).await, Ok(()));
}

#[tokio::test]
async fn the_longest_frame_has_room() {
    let log = Log::create().await;
    let mut frames = Frames::default();
    let writer = log.writer().await;
    let frame = frames.next_of(12, 65_532);
    assert_eq!(frame.body.len(), linli_log::FRAME_BYTES_MAX);
    writer.append(&frame).await.unwrap();
    assert_eq!(log.reader().frames_after(&log.district, 0).await.unwrap()[0], frame);
    let longer = [frames.next_of(12, 65_532).body, frame.body.slice(..3)].concat();
    let body = bytes::Bytes::from(longer);
    let error = writer.append(&Frame { body, ..frames.next(1) }).await.unwrap_err();
    assert!(matches!(error, linli_log::AppendError::Refused(_)), "{error:?}");
}
