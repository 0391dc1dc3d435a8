//! A witness in a process of its own, and two histories of one log.

use std::path::Path;

use linli_devstack::TestDatabase;
use linli_log::checkpoint::Checkpoint;
use linli_log::{District, LogReader};
use linli_notary::{Cosigners, KeyPair, LogKeys, Metrics, Notary, Settings};
use linli_tests::{Process, TestSystem, Wish, free_address, wait};
use prometheus::{Registry, TextEncoder};
use serde_json::Value;
use tokio::task::JoinHandle;
use tokio_postgres::NoTls;
use tokio_util::sync::CancellationToken;

use crate::linli;

const ORIGIN: &str = "linli.example/log/gulou";

struct Signing {
    stop: CancellationToken,
    task: JoinHandle<()>,
    registry: Registry,
}

impl Signing {
    /// Signs a log by this name, whatever the system calls its district: as another
    /// machine would to which the log was put back.
    fn start((url, district): (&str, &str), pair: &KeyPair, witness: &str) -> Self {
        let config = url.parse().unwrap();
        let log = LogReader::new(linli_log::reader::pool(&config, 4).unwrap());
        let (registry, stop) = (Registry::new(), CancellationToken::new());
        let notary = Notary::new(Settings {
            district: District::new(district).unwrap(),
            log,
            nats: None,
            keys: LogKeys::parse(&pair.secret).unwrap(),
            witnesses: Cosigners(vec![witness.parse().unwrap()]),
            metrics: Metrics::register(&registry).unwrap(),
        });
        let task = tokio::spawn(notary.run(stop.clone()));
        Self { stop, task, registry }
    }

    /// Waits for a line of its figures.
    async fn shows(&self, line: &str) {
        let seen = wait::until(line, wait::LONG, async || {
            let text = TextEncoder::new().encode_to_string(&self.registry.gather()).unwrap();
            text.lines()
                .any(|found| found.starts_with(line) && !found.ends_with(" 0"))
                .then_some(())
        });
        seen.await.unwrap();
    }

    async fn stop(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }
}

/// A witness of the log, and how it is told to others.
async fn witness(folder: &Path, log: &KeyPair) -> (Process, String) {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (key, logs, data) = (path("witness.key"), path("logs.keys"), path("seen"));
    std::fs::write(&logs, format!("{}\n", log.public)).unwrap();
    let made = linli().run(&["witness", "new-key", "w.example/w1", "--out", &key]).await.unwrap();
    assert!(made.status.success(), "{made:?}");
    let public = String::from_utf8(made.stdout).unwrap().trim().to_owned();
    let address = free_address().unwrap();
    let bind = address.to_string();
    let output = folder.join("witness.log");
    let args =
        ["witness", "serve", "--key", &key, "--logs", &logs, "--data", &data, "--bind", &bind];
    let process = linli().spawn(&args, &output).unwrap();
    let told = format!("{public}@http://{address}");
    let listening = wait::until("the witness listens", wait::LONG, async || {
        std::fs::read_to_string(&output).unwrap().contains(&told).then_some(())
    });
    listening.await.unwrap();
    (process, told)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_signs_what_grew_and_disputes_what_was_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let pair = KeyPair::of(ORIGIN, &[5; 32]).unwrap();
    let (mut process, address) = witness(folder.path(), &pair).await;

    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish { crowd: 3 }).await.unwrap();
    let log = (system.database_url(), system.district());
    let signing = Signing::start(log, &pair, &address);
    signing.shows("linli_notary_cosigned_total{result=\"signed\"").await;
    let checkpoints = linli_log::checkpoint::Checkpoints::new(
        linli_log::reader::pool(&system.database_url().parse().unwrap(), 1).unwrap(),
        District::new(system.district()).unwrap(),
    );
    let note = wait::until("a cosigned checkpoint", wait::LONG, async || {
        let note = checkpoints.newest().await.unwrap()?.note;
        note.contains("— w.example/w1 ").then_some(note)
    });
    assert!(note.await.unwrap().contains(&format!("— {ORIGIN} ")));
    let backup = checkpoints.newest().await.unwrap().unwrap();
    for person in &place.crowd {
        place.serve(person, "PW-1", 60).await.unwrap();
    }
    let head = place.caught_up().await.unwrap();
    drop(place);
    let kept = wait::until("all of it cosigned", wait::LONG, async || {
        let newest = checkpoints.newest().await.unwrap()?;
        (newest.size >= head && newest.note.contains("— w.example/w1 ")).then_some(newest)
    });
    let kept = kept.await.unwrap();
    signing.stop().await;
    let database = system.shut().await.unwrap();
    cosignatures_are_held_against(&database, &pair, &address).await;

    // All of the database as it was when the first of these was signed: it knows of nothing later, and
    // agrees with itself. The witness is asked before anything is added, and whoever kept the
    // later checkpoint is told what is gone.
    restore(&database, backup.size).await;
    let signing = Signing::start((database.url(), database.name()), &pair, &address);
    signing.shows("linli_notary_disputed{witness=\"w.example/w1\"} 1").await;
    signing.stop().await;
    what_is_gone_is_named(folder.path(), &database, &pair, &backup, &kept).await;

    // Another history, shorter, signed by the same key.
    let restored = TestSystem::start().await.unwrap();
    drop(restored.found(Wish::default()).await.unwrap());
    let log = (restored.database_url(), restored.district());
    let signing = Signing::start(log, &pair, &address);
    signing.shows("linli_notary_disputed{witness=\"w.example/w1\"} 1").await;
    signing.stop().await;
    restored.stop().await.unwrap();
    process.stop().await.unwrap();
}

/// An auditor with the witness's key counts its cosignatures; one that was forged is named, one
/// that is missing is only not counted, for nobody has to have witnesses.
async fn cosignatures_are_held_against(database: &TestDatabase, log: &KeyPair, witness: &str) {
    let (client, connection) = tokio_postgres::connect(database.url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    let (key, _) = witness.split_once('@').unwrap();
    let args = ["audit", "verify", "--database-url", database.url(), "--district"];
    let keys = ["--log-only", "--log-key", &log.public, "--witness-key", key, "--json"];
    let args = [&args[..], &[database.name()], &keys].concat();
    let verify = async |code: i32| {
        let output = linli().run(&args).await.unwrap();
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let held = verify(0).await["cosignatures"].as_u64().unwrap();
    assert!(held > 0);

    client.batch_execute("ALTER TABLE log.cosignature DISABLE TRIGGER ALL").await.unwrap();
    let one = "SELECT size, line FROM log.cosignature ORDER BY size LIMIT 1";
    let row = client.query_one(one, &[]).await.unwrap();
    let (size, line): (i64, String) = (row.get(0), row.get(1));
    let middle = line.len() - 20;
    let other = if line[middle..].starts_with('A') { "B" } else { "A" };
    let mut forged = line.clone();
    forged.replace_range(middle..=middle, other);
    let write = "UPDATE log.cosignature SET line = $2 WHERE size = $1";
    client.execute(write, &[&size, &forged]).await.unwrap();
    let told = verify(1).await;
    let found = &told["findings"][0];
    assert_eq!((&found["kind"], &found["size"]), (&"cosignature".into(), &size.into()), "{told:#}");

    client.execute("DELETE FROM log.cosignature WHERE size = $1", &[&size]).await.unwrap();
    assert_eq!(verify(0).await["cosignatures"], held - 1);
}

/// The log as it was after so many records, with all that was made of it.
async fn restore(database: &TestDatabase, size: u64) {
    let (client, connection) = tokio_postgres::connect(database.url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    for table in ["frame", "key", "checkpoint", "cosignature"] {
        let guards = format!("ALTER TABLE log.{table} DISABLE TRIGGER ALL");
        client.batch_execute(&guards).await.unwrap();
    }
    client
        .batch_execute(&format!(
            "DELETE FROM log.cosignature WHERE size > {size}; \
             DELETE FROM log.checkpoint WHERE size > {size}; \
             DELETE FROM log.key WHERE first > {size}; \
             UPDATE log.key_index SET position = {size}; \
             DELETE FROM log.frame WHERE last > {size}; \
             DELETE FROM log.tile"
        ))
        .await
        .unwrap();
}

/// By itself the log is true; with a checkpoint that somebody kept, it isn't.
async fn what_is_gone_is_named(
    folder: &Path,
    database: &TestDatabase,
    log: &KeyPair,
    backup: &Checkpoint,
    kept: &Checkpoint,
) {
    let args = ["audit", "verify", "--database-url", database.url(), "--district"];
    let keys = ["--log-only", "--log-key", &log.public, "--json"];
    let args = [&args[..], &[database.name()], &keys].concat();
    let verify = async |more: &[&str], code: i32| {
        let output = linli().run(&[&args[..], more].concat()).await.unwrap();
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    verify(&[], 0).await;
    let file = |name: &str, checkpoint: &Checkpoint| {
        let path = folder.join(name).to_str().unwrap().to_owned();
        std::fs::write(&path, &checkpoint.note).unwrap();
        path
    };
    let (early, late) = (file("early", backup), file("late", kept));
    verify(&["--seen", &early], 0).await;
    let told = verify(&["--seen", &early, "--seen", &late], 1).await;
    let found = &told["findings"][0];
    let gone = (&(backup.size + 1).into(), &kept.size.into());
    assert_eq!((&found["first"], &found["last"]), gone, "{told:#}");
    let what = found["what"].as_str().unwrap();
    assert!(what.contains("put back to an older state"), "{what}");
    // One that the log never signed says nothing of the log.
    let root = kept.note.lines().nth(2).unwrap();
    let other = if root.starts_with('A') { "B" } else { "A" };
    let note = kept.note.replacen(root, &format!("{other}{}", &root[1..]), 1);
    let forged = Checkpoint { size: kept.size, note };
    let forged = file("forged", &forged);
    let told = verify(&["--seen", &forged], 1).await;
    assert_eq!(told["findings"][0]["kind"], "signature", "{told:#}");
}
