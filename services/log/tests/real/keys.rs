//! The index of keys: moved on by its own position, and never twice for one key.

use linli_log::key::{Advance, IndexError};
use linli_log::{District, KeyEntry, LogReader};

use super::support::{Log, connect, key};

#[tokio::test]
async fn keys_are_added_with_the_position_and_found() {
    let log = Log::create().await;
    let index = log.index();
    assert_eq!(index.position().await.unwrap(), 0);
    let keys = [key("a", 1, 2), key("b", 3, 3)];
    assert_eq!(index.advance(0, 3, &keys).await.unwrap(), Advance::Moved);
    // Records without a key move it on as well.
    assert_eq!(index.advance(3, 9, &[]).await.unwrap(), Advance::Moved);
    assert_eq!(index.advance(9, 10, &[key("c", 10, 10)]).await.unwrap(), Advance::Moved);
    assert_eq!(index.position().await.unwrap(), 10);

    let asked = [([7; 16], "c"), ([8; 16], "c"), ([7; 16], "a"), ([7; 16], "none")];
    let expected = [Some(key("c", 10, 10)), None, Some(key("a", 1, 2)), None];
    assert_eq!(log.writer().await.find_keys(&asked).await.unwrap(), expected);
    assert_eq!(log.reader().find_keys(&log.district, &asked).await.unwrap(), expected);
    assert_eq!(log.writer().await.find_keys(&[]).await.unwrap(), []);
}

#[tokio::test]
async fn two_that_move_it_on_at_once_do_it_once() {
    let log = Log::create().await;
    let steps = (0..8).map(|_| {
        let index = log.index();
        async move { index.advance(0, 2, &[key("a", 1, 2)]).await.unwrap() }
    });
    let outcomes = futures::future::join_all(steps).await;
    let moved = outcomes.iter().filter(|outcome| **outcome == Advance::Moved).count();
    assert_eq!(moved, 1, "{outcomes:?}");
    assert_eq!(log.index().position().await.unwrap(), 2);
    // From where it was, nothing goes on.
    let late = log.index().advance(0, 5, &[key("b", 3, 5)]).await.unwrap();
    assert_eq!(late, Advance::Elsewhere);
    let found = log.reader().find_keys(&log.district, &[([7; 16], "b")]).await.unwrap();
    assert_eq!(found, [None]);
}

#[tokio::test]
async fn a_key_of_two_commands_stops_it() {
    let log = Log::create().await;
    let index = log.index();
    assert_eq!(index.advance(0, 1, &[key("a", 1, 1)]).await.unwrap(), Advance::Moved);
    let other_body = KeyEntry { body_hash: [1; 32], ..key("a", 1, 1) };
    for (keys, there, here) in [
        (vec![key("b", 2, 2), key("a", 3, 3)], 1, 3),
        (vec![other_body], 1, 1),
        (vec![key("b", 2, 2), key("c", 3, 3), key("b", 4, 4)], 2, 4),
    ] {
        let error = index.advance(1, 4, &keys).await.unwrap_err();
        let IndexError::Conflict { there: found_there, here: found_here, .. } = error else {
            panic!("{error:?}")
        };
        assert_eq!((found_there, found_here), (there, here), "{keys:?}");
        // Nothing of it is there.
        assert_eq!(index.position().await.unwrap(), 1);
        let found = log.reader().find_keys(&log.district, &[([7; 16], "b")]).await.unwrap();
        assert_eq!(found, [None]);
    }
}

#[tokio::test]
async fn keys_that_were_committed_with_their_frame_are_left_as_they_are() {
    let log = Log::create().await;
    let sql =
        "INSERT INTO log.key (district, mark, body_hash, first, last) VALUES ($1, $2, $3, 1, 1)";
    let (district, mark) = (log.district.as_str(), key("a", 1, 1).mark(&log.district));
    let superuser = log.client().await;
    superuser.execute(sql, &[&district, &mark, &[9_u8; 32].as_slice()]).await.unwrap();
    let index = log.index();
    let keys = [key("a", 1, 1), key("b", 2, 2)];
    assert_eq!(index.advance(0, 2, &keys).await.unwrap(), Advance::Moved);
    let asked = [([7; 16], "a"), ([7; 16], "b")];
    let found = log.reader().find_keys(&log.district, &asked).await.unwrap();
    assert_eq!(found, keys.map(Some));
}

/// A log of before keys had marks: the same ones are made of its rows.
#[tokio::test]
async fn keys_of_before_marks_are_found_by_theirs() {
    let database = linli_devstack::TestDatabase::create().await.unwrap();
    let config = database.url().parse().unwrap();
    let client = connect(&config).await;
    for migration in [
        include_str!("../../migrations/V1__log.sql"),
        include_str!("../../migrations/V2__key_index.sql"),
        include_str!("../../migrations/V3__tiles.sql"),
    ] {
        client.batch_execute(migration).await.unwrap();
    }
    let keys = [key("a", 1, 1), key("邻里-2", 2, 4)];
    for entry in &keys {
        let sql = "INSERT INTO log.key VALUES ('gulou', $1, $2, $3, $4, $5)";
        let (whose, hash) = (entry.client.as_slice(), entry.body_hash.as_slice());
        let place = [entry.first, entry.last].map(|it| i64::try_from(it).unwrap());
        let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 5] =
            [&whose, &&*entry.key, &hash, &place[0], &place[1]];
        assert_eq!(client.execute(sql, &parameters).await.unwrap(), 1);
    }
    let migration = include_str!("../../migrations/V4__marks_of_keys.sql");
    client.batch_execute(&format!("BEGIN; {migration} COMMIT")).await.unwrap();

    let reader = LogReader::new(linli_log::reader::pool(&config, 1).unwrap());
    let gulou = District::new("gulou").unwrap();
    let asked = [([7; 16], "a"), ([7; 16], "邻里-2"), ([8; 16], "a")];
    let [one, other] = keys.map(Some);
    assert_eq!(reader.find_keys(&gulou, &asked).await.unwrap(), [one, other, None]);
}
