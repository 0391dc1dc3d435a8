//! The log as plain files: written by the command, checked by the command, from a folder and over
//! HTTP, and by a program that knows nothing of ours.

use std::path::Path;
use std::process::Output;

use linli_tests::Ask;

use crate::behind_tls::StaticServer;
use crate::{linli, place, signed};

/// The program of the guide for auditors.
const CHECK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/check_export.py");

fn json(output: &Output, code: i32) -> serde_json::Value {
    assert_eq!(output.status.code(), Some(code), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn check(folder: &Path, key: &str, account: &str) -> Output {
    let mut python = std::process::Command::new("python3");
    python.arg(CHECK).arg(folder).arg(key).arg(account).output().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_checked_anywhere_and_by_anybody() {
    let scratch = tempfile::tempdir().unwrap();
    let (system, place) = place(&scratch).await;
    let chen = &place.people.chen;
    place.serve(chen, "PW-1", 60).await.unwrap();
    signed(&system, &place).await;
    let keys = place.http.send(&Ask::get("/log/keys")).await.unwrap().body;
    let key = String::from_utf8(keys).unwrap().trim().to_owned();
    let (store, district) = (system.database_url(), system.district());
    let path = |name: &str| scratch.path().join(name).to_str().unwrap().to_owned();
    let folder = path("export");
    let export = ["audit", "export", "--database-url", store, "--district", district, "--json"];
    let export = [&export[..], &["--tiles", &folder, "--log-key", &key]].concat();
    let told = json(&linli().run(&export).await.unwrap(), 0);
    assert_eq!(
        (&told["records"], &told["resumed_after"]),
        (&place.head().await.unwrap().into(), &0.into())
    );

    // From the folder, and from the gateway, the same is found.
    let verify = ["audit", "verify", "--log-key", &key, "--json"];
    let from_folder = [&verify[..], &["--from", &folder]].concat();
    let one = json(&linli().run(&from_folder).await.unwrap(), 0);
    let url = format!("{}/log/{district}", system.url());
    let from_tiles = [&verify[..], &["--from", &url, "--key", &place.auditor_key]].concat();
    let other = json(&linli().run(&from_tiles).await.unwrap(), 0);
    let from_store = [&verify[..], &["--database-url", store, "--district", district]].concat();
    let stored = json(&linli().run(&from_store).await.unwrap(), 0);
    for report in [&other, &stored] {
        assert_eq!(report["state_digest"], one["state_digest"]);
        assert_eq!((&report["root"], &report["ok"]), (&told["root"], &true.into()));
        assert!(report["signatures"].as_u64().unwrap() > 0, "{report:#}");
    }

    over_tls(scratch.path(), &verify, &one).await;

    // The state at any position; and two logs side by side.
    let digest = ["audit", "digest", "--from", &folder, "--json"];
    let last = json(&linli().run(&digest).await.unwrap(), 0);
    assert_eq!(last["state_digest"], one["state_digest"]);
    let early = json(&linli().run(&[&digest[..], &["--at", "20"]].concat()).await.unwrap(), 0);
    let digest = ["audit", "digest", "--database-url", store, "--district", district, "--json"];
    let there = json(&linli().run(&[&digest[..], &["--at", "20"]].concat()).await.unwrap(), 0);
    assert_eq!((&early["state_digest"], &early["root"]), (&there["state_digest"], &there["root"]));
    let compare = ["audit", "compare", &folder, store, "--district", district, "--json"];
    let same = json(&linli().run(&compare).await.unwrap(), 0);
    assert_eq!((&same["root"], &same["difference"]), (&one["root"], &serde_json::Value::Null));

    let compare_served = ["audit", "compare", &url, &folder, "--key", &place.auditor_key, "--json"];
    as_served((&url, &place.auditor_key), &compare_served, &early, &one).await;

    // Who knows nothing of ours comes to the balance that the wallet shows.
    let account = format!("available:{}", chen.resident);
    let output = check(&scratch.path().join("export"), &key, &account);
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(output.status.success(), "{output:?}");
    let wallet = place.auditor.wallet(&chen.resident).await.unwrap().body;
    let balance = serde_json::to_value(&wallet).unwrap()["available"].as_str().unwrap().to_owned();
    assert!(said.contains(&format!("{account} {balance}\n")), "{said}");

    // What grew is added, and one changed byte is found by both.
    place.serve(&place.people.chen_kin, "PW-1", 60).await.unwrap();
    signed(&system, &place).await;
    let more = json(&linli().run(&export).await.unwrap(), 0);
    assert!(more["records"].as_u64() > told["records"].as_u64(), "{more}");
    json(&linli().run(&from_folder).await.unwrap(), 0);
    let width = more["records"].as_u64().unwrap();
    let bundle = scratch.path().join(format!("export/tile/entries/000.p/{width}"));
    let mut bytes = std::fs::read(&bundle).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&bundle, bytes).unwrap();
    let found = json(&linli().run(&from_folder).await.unwrap(), 1);
    let position = found["findings"][0]["position"].as_u64().unwrap();
    for compare in [&compare[..], &compare_served] {
        let differs = json(&linli().run(compare).await.unwrap(), 1);
        assert_eq!(differs["difference"]["position"], position);
    }
    assert!(!check(&scratch.path().join("export"), &key, &account).status.success());
    system.stop().await.unwrap();
}

/// From the tiles as they are served, it is the same at any position, and record by record.
async fn as_served(
    (url, key): (&str, &str),
    compare: &[&str],
    early: &serde_json::Value,
    one: &serde_json::Value,
) {
    let digest = ["audit", "digest", "--from", url, "--key", key, "--at", "20", "--json"];
    assert_eq!(json(&linli().run(&digest).await.unwrap(), 0), *early);
    let same = json(&linli().run(compare).await.unwrap(), 0);
    assert_eq!((&same["root"], &same["difference"]), (&one["root"], &serde_json::Value::Null));
}

/// Any static server will do, over TLS; but only one that is believed.
async fn over_tls(scratch: &Path, verify: &[&str], one: &serde_json::Value) {
    let server = StaticServer::of(&scratch.join("export")).await;
    let ca = scratch.join("ca.pem");
    std::fs::write(&ca, &server.certificate).unwrap();
    let ca = ca.to_str().unwrap();
    let from_server = [verify, &["--from", &server.url]].concat();
    let stranger = linli().run(&from_server).await.unwrap();
    let why = String::from_utf8_lossy(&stranger.stderr);
    assert!(stranger.status.code() == Some(3) && why.contains("certificate"), "{why}");
    let believed = [&from_server[..], &["--ca", ca]].concat();
    let told = json(&linli().run(&believed).await.unwrap(), 0);
    assert_eq!((&told["root"], &told["state_digest"]), (&one["root"], &one["state_digest"]));
    let elsewhere = format!("{}/elsewhere", server.url);
    let sent_away = [verify, &["--from", &elsewhere, "--ca", ca]].concat();
    let sent_away = linli().run(&sent_away).await.unwrap();
    let why = String::from_utf8_lossy(&sent_away.stderr);
    assert!(sent_away.status.code() == Some(3) && why.contains("302"), "{why}");
}
