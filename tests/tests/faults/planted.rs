//! Mistakes that are planted into a running system, from outside: by SQL, or by a wire that lies.
//! Each has to be found by the checker that is there for it.

use std::path::Path;
use std::sync::Arc;

use linli_tests::check;
use linli_tests::evidence::{Evidence, Stores, Witness};
use linli_tests::postgres::{self, Connection};
use linli_tests::traffic::{Load, Told};
use linli_tests::{Binary, Grounds, Place, Terms, TestSystem, Traffic, Wish, wait};

const LOAD: Load = Load { hands: 2, reads: true };

/// Commands before and after a mistake is planted.
const FLOWING: u64 = 60;

/// A system in this process, with NATS, a witness, and people who have points.
struct Planted {
    system: TestSystem,
    place: Arc<Place>,
    database: Connection,
    stores: Stores,
    folder: tempfile::TempDir,
}

fn terms() -> Terms {
    Terms { nats: true, test_clock: None, ..Terms::default() }
}

fn binary() -> Binary {
    Binary::new(env!("CARGO_BIN_EXE_linli-tested"))
}

impl Planted {
    async fn on(system: TestSystem) -> Self {
        let stores = system.stores().unwrap();
        let database = postgres::connect(&stores.database_url).await.unwrap();
        Witness::place(&database, &stores.district).await.unwrap();
        let place = Arc::new(system.found(Wish { crowd: 4 }).await.unwrap());
        place.give(&place.crowd, "100").await.unwrap();
        Self { system, place, database, stores, folder: tempfile::TempDir::new().unwrap() }
    }

    fn traffic(&self) -> Traffic {
        let mut traffic = Traffic::idle(&self.folder.path().join("journal")).unwrap();
        traffic.add(&self.place, LOAD);
        traffic
    }

    /// Waits until the index of keys, which is written beside the commits, has those of the whole log:
    /// what comes into it later is not forgotten.
    async fn until_indexed(&self) {
        let sql = "SELECT 1 FROM log.key_index WHERE district = $1 AND position >= \
            (SELECT max(last) FROM log.frame WHERE district = $1)";
        let look = async || {
            self.database.query_opt(sql, &[&self.stores.district]).await.unwrap().map(|_| ())
        };
        wait::until("all keys are in the index", wait::LONG, look).await.unwrap();
    }

    /// What the read models of the live generation are in.
    async fn schema(&self, projection: &str) -> String {
        let sql = "SELECT format('read_%s_%s_%s', projection, form, generation) \
            FROM read.projection WHERE district = $1 AND projection = $2 AND role = 'live'";
        let row = self.database.query_one(sql, &[&self.stores.district, &projection]).await;
        row.unwrap().get(0)
    }
}

/// The findings of one checker on all that there is.
async fn findings(name: &str, told: Told, stores: &Stores) -> Vec<String> {
    let mut evidence = Evidence { operations: told.operations, ..Evidence::default() };
    evidence.gather(stores, &binary()).await.unwrap();
    let checks = check::all(&evidence);
    checks.into_iter().find(|checked| checked.name == name).unwrap().findings
}

fn found(name: &str, mistake: &str, findings: &[String]) {
    assert!(!findings.is_empty(), "{name} believed in {mistake}");
    println!("{mistake}: {name} found {}", findings[0]);
}

/// The server refuses some frames, and the wire tells the writer that they are committed: it
/// acknowledges what is not there.
#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_before_the_commit_is_found_by_c1() {
    let planted = Planted::on(TestSystem::start_wired(terms()).await.unwrap()).await;
    let traffic = planted.traffic();
    traffic.flows(FLOWING).await.unwrap();
    planted
        .database
        .batch_execute(
            "CREATE SEQUENCE witness.frames;
            CREATE FUNCTION witness.refuse() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF nextval('witness.frames') % 7 = 0 THEN RAISE EXCEPTION 'planted'; END IF;
                RETURN NEW;
            END
            $$;
            CREATE TRIGGER refuse BEFORE INSERT ON log.frame
                FOR EACH ROW EXECUTE FUNCTION witness.refuse();",
        )
        .await
        .unwrap();
    let wire = planted.system.wire().unwrap();
    wire.lie(true);
    let lied = async || {
        let end = "SELECT coalesce(max(last), 0) FROM log.frame WHERE district = $1";
        let end = planted.database.query_one(end, &[&planted.stores.district]).await.unwrap();
        let end: u64 = end.get::<_, i64>(0).try_into().unwrap();
        // Without the lost records, some ledgers write on (others find the index of keys ahead of
        // the log, and never do), and clients are refused what follows from them.
        (traffic.newest() > end || wire.bitten().lies >= 3).then_some(())
    };
    wait::until("what is not there is acknowledged", wait::LONG, lied).await.unwrap();
    assert_ne!(wire.bitten().lies, 0, "nothing was lied about");
    let told = traffic.abandon().await.unwrap();
    found("C1", "an ack before the commit", &findings("C1", told, &planted.stores).await);
    planted.system.stop().await.unwrap();
}

/// No unique key: the index forgets all keys, the writer is started again, and clients ask again.
#[tokio::test(flavor = "multi_thread")]
async fn keys_that_are_forgotten_are_found_by_c2() {
    let planted = Planted::on(TestSystem::start_with(terms()).await.unwrap()).await;
    let traffic = planted.traffic();
    traffic.flows(FLOWING).await.unwrap();
    let told = traffic.stop().await.unwrap();
    planted.until_indexed().await;
    planted
        .database
        .batch_execute(
            "ALTER TABLE log.key DISABLE TRIGGER key_only_grows; DELETE FROM log.key;
            DELETE FROM log.snapshot;",
        )
        .await
        .unwrap();
    let Planted { system, place, stores, .. } = planted;
    let system = system.restart().await.unwrap();
    told.ask_again(&place).await.unwrap();
    found("C2", "no unique key", &findings("C2", told, &stores).await);
    system.stop().await.unwrap();
}

/// The checkpoint is moved before the rows, and a crash comes between: the rows of then, with the
/// checkpoint of now.
#[tokio::test(flavor = "multi_thread")]
async fn a_checkpoint_before_its_rows_is_found_by_c6() {
    let planted = Planted::on(TestSystem::start_with(terms()).await.unwrap()).await;
    let traffic = planted.traffic();
    traffic.flows(FLOWING).await.unwrap();
    planted.place.caught_up().await.unwrap();
    let schema = planted.schema("balances").await;
    let keep = format!("CREATE TABLE witness.wallet AS SELECT * FROM {schema}.wallet");
    planted.database.batch_execute(&keep).await.unwrap();
    traffic.flows(FLOWING).await.unwrap();
    let told = traffic.stop().await.unwrap();
    planted.place.caught_up().await.unwrap();
    let Planted { system, database, stores, .. } = planted;
    database
        .batch_execute(&format!(
            "DELETE FROM {schema}.wallet; INSERT INTO {schema}.wallet SELECT * FROM witness.wallet"
        ))
        .await
        .unwrap();
    found("C6", "a checkpoint before its rows", &findings("C6", told, &stores).await);
    system.stop().await.unwrap();
}

/// A projection skips a record: one row never gets there.
#[tokio::test(flavor = "multi_thread")]
async fn a_skipped_record_is_found_by_c6() {
    let planted = Planted::on(TestSystem::start_with(terms()).await.unwrap()).await;
    let traffic = planted.traffic();
    traffic.flows(FLOWING).await.unwrap();
    let schema = planted.schema("balances").await;
    planted
        .database
        .batch_execute(&format!(
            "CREATE SEQUENCE witness.rows;
            CREATE FUNCTION witness.skip() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF nextval('witness.rows') = 5 THEN RETURN NULL; END IF;
                RETURN NEW;
            END
            $$;
            CREATE TRIGGER skip BEFORE INSERT ON {schema}.line
                FOR EACH ROW EXECUTE FUNCTION witness.skip();"
        ))
        .await
        .unwrap();
    traffic.flows(FLOWING).await.unwrap();
    let told = traffic.stop().await.unwrap();
    planted.place.caught_up().await.unwrap();
    found("C6", "a skipped record", &findings("C6", told, &planted.stores).await);
    planted.system.stop().await.unwrap();
}

/// Two writers without a lock: whoever asks for it is told to have it.
#[tokio::test(flavor = "multi_thread")]
async fn two_writers_without_a_lock_are_found_by_c12() {
    let mut grounds = Grounds::lay(binary()).await.unwrap();
    let stores = grounds.stores();
    let database = postgres::connect(&stores.database_url).await.unwrap();
    Witness::place(&database, &stores.district).await.unwrap();
    database
        .batch_execute(
            "CREATE FUNCTION public.pg_try_advisory_lock(bigint) RETURNS boolean
                LANGUAGE sql AS 'SELECT true';
            DO $$ BEGIN
                EXECUTE format('ALTER DATABASE %I SET search_path = public, pg_catalog',
                    current_database());
            END $$;",
        )
        .await
        .unwrap();
    let mut one = grounds.add().await.unwrap();
    let mut other = grounds.add().await.unwrap();
    let place = Arc::new(grounds.found(&one, Wish { crowd: 4 }).await.unwrap());
    place.give(&place.crowd, "100").await.unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let mut traffic = Traffic::idle(&Path::join(folder.path(), "journal")).unwrap();
    traffic.add(&place, LOAD);
    traffic.flows(FLOWING).await.unwrap();
    let told = traffic.halt().await.unwrap();
    found("C12", "two writers without a lock", &findings("C12", told, &stores).await);
    one.process.stop().await.unwrap();
    other.process.stop().await.unwrap();
    grounds.stack.stop().await.unwrap();
}
