//! An audit that was stopped goes on, and a random part of one is made again.

use std::path::Path;

use linli_tests::{Ask, Terms, TestSystem, Wish};
use serde_json::Value;
use tokio_postgres::NoTls;

use crate::{linli, signed};

/// Enough residents for more records than a tile holds.
const CROWD: usize = 60;

async fn told(args: &[&str], code: i32) -> Value {
    let output = linli().run(args).await.unwrap();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

async fn refused(args: &[&str]) -> String {
    let output = linli().run(args).await.unwrap();
    assert_eq!(output.status.code(), Some(3), "{args:?}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn kept(folder: &str) -> Vec<std::path::PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = files.collect();
    files.sort_unstable();
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn an_audit_goes_on_where_it_was_stopped_and_a_shard_leads_where_it_led() {
    let scratch = tempfile::tempdir().unwrap();
    let path = |name: &str| scratch.path().join(name).to_str().unwrap().to_owned();
    let log_key = Some(Path::new(&path("log.key")).to_owned());
    let system = TestSystem::start_with(Terms { log_key, ..Terms::default() }).await.unwrap();
    let place = system.found(Wish { crowd: CROWD }).await.unwrap();
    for person in &place.crowd {
        place.serve(person, "PW-1", 60).await.unwrap();
    }
    let head = signed(&system, &place).await;
    let keys = place.http.send(&Ask::get("/log/keys")).await.unwrap().body;
    let key = String::from_utf8(keys).unwrap().trim().to_owned();
    drop(place);
    let database = system.shut().await.unwrap();
    let store = ["--database-url", database.url(), "--district", database.name()];
    let store = [&store[..], &["--log-key", &key, "--json"]].concat();
    let (export, folder, tiles) = (path("export"), path("kept"), path("kept-of-tiles"));

    // Stopped at several places, it comes to what one audit comes to.
    let verify = [&["audit", "verify", "--log-only"][..], &store].concat();
    let whole = told(&verify, 0).await;
    let resuming = [&verify[..], &["--resume", &folder, "--every", "1"]].concat();
    let mut after = 0;
    for until in ["100", "180", "250"] {
        let part = told(&[&resuming[..], &["--until", until]].concat(), 0).await;
        assert_eq!(part["resumed_after"], after, "{part:#}");
        after = part["records"].as_u64().unwrap();
    }
    let last = told(&resuming, 0).await;
    assert_eq!(last["resumed_after"], after);
    for figure in ["root", "state_digest", "records", "commands", "accounts", "signatures", "tiles"]
    {
        assert_eq!(last[figure], whole[figure], "{figure}");
    }
    assert_eq!(kept(&folder).len(), 4);

    // So it does from files, where records stand in no frames.
    let export_tiles = ["audit", "export", "--tiles", &export, "--log-key", &key];
    let export_tiles = [&export_tiles[..], &store[..4], &["--json"]].concat();
    told(&export_tiles, 0).await;
    let from = ["audit", "verify", "--from", &export, "--log-key", &key, "--json"];
    let from = [&from[..], &["--resume", &tiles, "--every", "1"]].concat();
    // Of one bundle, whose last command may go on in the next.
    let part = told(&[&from[..], &["--until", "10"]].concat(), 0).await;
    assert!((240..=256).contains(&part["records"].as_u64().unwrap()), "{part:#}");
    let last = told(&from, 0).await;
    assert_eq!((&last["resumed_after"], &last["records"]), (&256.into(), &head.into()));
    assert_eq!((&last["root"], &last["state_digest"]), (&whole["root"], &whole["state_digest"]));

    // Of a log that is shorter than what is kept at once, all is kept, and a shard is all of it.
    let short = path("kept-of-all");
    let once = [&verify[..], &["--resume", &short]].concat();
    told(&once, 0).await;
    assert_eq!(kept(&short).len(), 1);
    let one = told(&[&["audit", "shard", &short][..], &store].concat(), 0).await;
    assert_eq!((&one["of"], &one["after"], &one["upto"]), (&1.into(), &0.into(), &head.into()));
    assert_eq!(told(&once, 0).await["resumed_after"], head);
    assert_eq!(kept(&short).len(), 1);
    shards(&folder, &store, database.url()).await;
    let files = kept(&folder);
    for (at, file) in files.iter().enumerate().rev() {
        let mut bytes = std::fs::read(file).unwrap();
        let middle = bytes.len() * (at + 1) / (files.len() + 1);
        bytes[middle] ^= 1;
        std::fs::write(file, bytes).unwrap();
        let why = refused(&[&resuming[..], &["--until", "1000"]].concat()).await;
        assert!(why.contains("can't be gone on from"), "{why}");
        std::fs::remove_file(file).unwrap();
    }
    drop(database);
}

/// Each is true, until a record in one of them is changed.
async fn shards(folder: &str, store: &[&str], url: &str) {
    let shard = [&["audit", "shard", folder][..], store].concat();
    let mut taken = std::collections::BTreeMap::new();
    for seed in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] {
        let one = told(&[&shard[..], &["--seed", seed]].concat(), 0).await;
        assert_eq!(
            (&one["ok"], &one["of"], &one["leads_there"]),
            (&true.into(), &4.into(), &true.into())
        );
        taken.insert(one["number"].as_u64().unwrap(), (seed, one["upto"].as_i64().unwrap()));
    }
    assert!(taken.len() > 2, "{taken:?}");

    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute("ALTER TABLE log.frame DISABLE TRIGGER ALL").await.unwrap();
    let change = "UPDATE log.frame SET body = set_byte(body, length(body) / 2, \
        get_byte(body, length(body) / 2) # 1) WHERE last = $1";
    let (_, (seed, upto)) = taken.iter().next_back().unwrap();
    assert_eq!(client.execute(change, &[upto]).await.unwrap(), 1);
    let one = told(&[&shard[..], &["--seed", seed]].concat(), 1).await;
    assert_eq!(one["ok"], false, "{one:#}");
    let found = &one["audit"]["findings"][0];
    assert!(found["last"].as_i64().or(found["position"].as_i64()) <= Some(*upto), "{found:#}");
    assert_eq!(client.execute(change, &[upto]).await.unwrap(), 1);
    told(&[&shard[..], &["--seed", seed]].concat(), 0).await;
}
