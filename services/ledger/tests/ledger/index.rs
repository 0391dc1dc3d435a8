//! The index of keys follows the log beside the writer: wherever it is left behind, twice is once.

use linli_ledger::{Fault, IndexFault};
use linli_log::key::Mark;
use linli_port::Rejected;

use crate::commands::{CLIENT, envelope, fund};
use crate::house::{House, Running, pause, within};

/// Holds the index where it is, as one that is killed over and over would be.
const HOLD: &str = "CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS \
    $$ BEGIN RAISE EXCEPTION 'held' USING ERRCODE = 'disk_full'; END $$; \
    CREATE TRIGGER hold BEFORE INSERT OR UPDATE ON log.key_index \
    FOR EACH STATEMENT EXECUTE FUNCTION hold()";

const LET_GO: &str = "DROP TRIGGER hold ON log.key_index; DROP FUNCTION hold";

impl House {
    async fn run(&self, sql: &str) {
        self.client().await.batch_execute(sql).await.unwrap();
    }

    async fn indexed(&self) -> i64 {
        let sql = "SELECT coalesce(max(position), 0) FROM log.key_index WHERE district = $1";
        let district = self.district.as_str();
        self.client().await.query_one(sql, &[&district]).await.unwrap().get(0)
    }

    async fn keys(&self) -> i64 {
        let sql = "SELECT count(*) FROM log.key WHERE district = $1";
        self.client().await.query_one(sql, &[&self.district.as_str()]).await.unwrap().get(0)
    }

    pub(crate) async fn index_reaches(&self, position: i64) {
        within("the index", async {
            while self.indexed().await < position {
                pause().await;
            }
        })
        .await;
    }
}

/// Sends gifts that are new and answers their positions.
async fn give(running: &Running, names: std::ops::Range<usize>) -> Vec<u64> {
    let mut positions = Vec::new();
    for name in names {
        let gift = running.must(envelope(&format!("gift-{name}"), fund(100))).await;
        assert!(!gift.repeated);
        positions.push(gift.records[0].position.0);
    }
    positions
}

/// Sends them again, and one with another body.
async fn check_repeats(running: &Running, names: std::ops::Range<usize>, positions: &[u64]) {
    for (name, position) in names.clone().zip(positions) {
        let again = running.must(envelope(&format!("gift-{name}"), fund(100))).await;
        assert_eq!((again.repeated, again.records[0].position.0), (true, *position));
    }
    let mut other = envelope(&format!("gift-{}", names.start), fund(900));
    other.body_hash = [8; 32];
    assert_eq!(running.settle(other).await, Err(Rejected::KeyReused));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_index_follows_the_log_and_a_restart_finds_old_keys_in_it() {
    let house = House::new().await;
    let running = house.start_with_pool().await;
    let positions = give(&running, 0..5).await;
    house.index_reaches(6).await;
    assert_eq!(house.keys().await, 6);
    running.stop().await;
    let running = house.start().await;
    check_repeats(&running, 0..5, &positions).await;
    running.stop().await;
    assert_eq!(house.audit().await.records.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_are_only_in_frames_are_remembered_across_restarts() {
    let house = House::new().await;
    house.run(HOLD).await;
    let running = house.start_with_pool().await;
    let mut positions = give(&running, 0..5).await;
    check_repeats(&running, 0..5, &positions).await;
    drop(running);

    // Killed with the index at nothing; again with some of it.
    let running = house.start().await;
    check_repeats(&running, 0..5, &positions).await;
    assert_eq!((house.indexed().await, house.keys().await), (0, 0));
    house.run(LET_GO).await;
    positions.extend(give(&running, 5..6).await);
    house.index_reaches(7).await;
    house.run(HOLD).await;
    positions.extend(give(&running, 6..9).await);
    drop(running);

    let running = house.start().await;
    assert_eq!(house.indexed().await, 7);
    check_repeats(&running, 0..9, &positions).await;
    house.run(LET_GO).await;
    positions.extend(give(&running, 9..10).await);
    house.index_reaches(11).await;
    running.stop().await;
    assert_eq!(house.keys().await, 11);
    let audit = house.audit().await;
    assert!(audit.commands_by_key().values().all(|commands| *commands == 1));
    assert_eq!(audit.records.len(), 11);
}

/// It would mean that a command was done twice; whoever finds it stops.
#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_stops_where_the_index_has_a_key_for_other_records() {
    let house = House::new().await;
    house.run(HOLD).await;
    let running = house.start_with_pool().await;
    give(&running, 0..1).await;
    let mark = Mark::of(house.district.as_str(), &CLIENT.0.to_be_bytes(), "gift-0");
    let sql =
        "INSERT INTO log.key (district, mark, body_hash, first, last) VALUES ($1, $2, $3, 1, 1)";
    let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 3] =
        [&house.district.as_str(), &mark, &[7_u8; 32].as_slice()];
    house.client().await.execute(sql, &parameters).await.unwrap();
    house.run(LET_GO).await;
    give(&running, 1..2).await;

    let fault = running.ended().await.unwrap_err();
    assert!(matches!(fault, Fault::Keys(_)), "{fault:?}");
}

/// As after a restore of the log alone: the keys of the next records would be left out.
#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_does_not_start_where_the_index_is_ahead_of_the_log() {
    let house = House::new().await;
    let running = house.start_with_pool().await;
    let positions = give(&running, 0..3).await;
    house.index_reaches(4).await;
    running.stop().await;
    house.run("UPDATE log.key_index SET position = position + 7").await;

    let fault = house.begin(|_| {}).ended().await.unwrap_err();
    let Fault::Keys(IndexFault::Ahead { index: 11, log: 4 }) = fault else { panic!("{fault:?}") };
    assert_eq!(house.audit().await.records.len(), 4);
    house.run("UPDATE log.key_index SET position = 4").await;
    let running = house.start().await;
    check_repeats(&running, 0..3, &positions).await;
    running.stop().await;
}
