//! The year of the demonstration, handed to an auditor: everything that is told of a small place holds
//! for a whole community too.

use std::path::Path;

use linli_api::Id;
use linli_api::client::{Client, When};
use linli_api::fact::Fact;
use linli_api::past::TrailSubject;
use linli_api::person::ErasureReason;
use linli_api::trial::TryRules;
use linli_demo::{DemoSettings, SEED, Show, Summary};
use linli_gateway::key::KeyKind;
use linli_tests::{Ask, Http, Terms, TestSystem, wait};
use serde_json::Value;

use crate::{linli, sums};

/// The test clock's first instant, a day before the year.
const EVE: &str = "2024-12-31T00:00:00Z";

/// A fiftieth of the year's traffic; the people are all there.
const SCALE: &str = "0.02";

async fn told(args: &[&str]) -> Value {
    let output = linli().run(args).await.unwrap();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

async fn year(system: &TestSystem) -> Summary {
    let settings = DemoSettings {
        base_url: system.url(),
        operator_key: system.mint(KeyKind::Operator, "the year").await.unwrap(),
        rules: linli_profile::GULOU.to_owned(),
        scale: SCALE.parse().unwrap(),
        seed: SEED,
        show: Show::Nothing,
    };
    linli_demo::run(&settings).await.unwrap()
}

/// Waits until a checkpoint covers the log up to a position.
async fn signed(http: &Http, district: &str, head: u64) {
    let all = wait::until("a checkpoint of the year", wait::LONG, async || {
        let note = http.send(&Ask::get(&format!("/log/{district}/checkpoint"))).await.ok()?.body;
        let size = linli_notary::told_by(std::str::from_utf8(&note).ok()?)?.size;
        (size >= head).then_some(())
    });
    all.await.unwrap();
}

/// A sale: its record, its slip, and who bought.
type Sale = (u64, Id, Id);

/// The sales at the end of the year, newest first.
async fn sales(auditor: &Client, head: u64) -> Vec<Sale> {
    let (mut after, mut sales) = (head, Vec::new());
    while after > 0 && sales.len() < 10 {
        after = after.saturating_sub(200);
        let page = auditor.log_records(after, 200).await.unwrap().body;
        sales.extend(page.records.iter().rev().filter_map(|record| {
            let Fact::RedemptionSold(of) = &record.event else { return None };
            Some((record.position, of.slip.redemption.clone(), of.slip.resident.clone()))
        }));
    }
    sales
}

/// Stopped and gone on, and a random part again; an export and the store side by side; the books.
async fn audited_otherwise(scratch: &Path, folder: &str, key: &str, store: &[&str]) {
    let path = |name: &str| scratch.join(name).to_str().unwrap().to_owned();
    let (kept, books) = (path("kept"), path("books"));
    let resume = ["audit", "verify", "--log-only", "--resume", &kept, "--every", "5000"];
    told(&[&resume[..], store].concat()).await;
    told(&[&["audit", "shard", &kept], store].concat()).await;
    let compare = ["audit", "compare", folder, store[1]];
    let same = told(&[&compare[..], &store[2..]].concat()).await;
    assert_eq!(same["difference"], Value::Null);
    let export = ["audit", "export", "--form", "beancount", "--out", &books];
    let exported = told(&[&export[..], store].concat()).await;
    let files = exported["files"].as_array().unwrap().len();
    assert!(files > 12, "a file a month: {files}");
    by_a_stranger(folder, key, exported["accounts"].as_u64().unwrap());
    cut_short(folder, key).await;
}

/// The program of the guide, which knows nothing of ours, tells every account by name, and as many as
/// the books have.
fn by_a_stranger(folder: &str, key: &str, accounts: u64) {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/check_export.py");
    let mut python = std::process::Command::new("python3");
    let output = python.args([program, folder, key]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    let (first, told) = said.split_once('\n').unwrap();
    assert!(first.ends_with("as signed"), "{first}");
    let kinds: std::collections::BTreeSet<&str> =
        told.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert!(
        kinds.iter().all(|kind| kind.bytes().all(|byte| byte.is_ascii_alphabetic())),
        "{kinds:?}"
    );
    for kind in ["available", "pool", "loss", "settled", "receivable"] {
        assert!(kinds.contains(kind), "{kind} in {kinds:?}");
    }
    assert_eq!(u64::try_from(told.lines().count()).unwrap(), accounts);
}

/// Cut short at the ends of entry bundles, where a command may go on in the next one, an audit of the
/// files is as true as one of all, and reaches where it was told to.
async fn cut_short(folder: &str, key: &str) {
    for bundle in 1..=24_u64 {
        let until = (bundle * 256).to_string();
        let verify = ["audit", "verify", "--from", folder, "--log-key", key, "--json"];
        let report = told(&[&verify[..], &["--until", &until]].concat()).await;
        let records = report["records"].as_u64().unwrap();
        assert!((bundle * 256..bundle * 256 + 256).contains(&records), "{until}: {report:#}");
        let at = records.to_string();
        let digest = ["audit", "digest", "--from", folder, "--at", &at, "--json"];
        let digest = told(&digest).await;
        for what in ["root", "state_digest"] {
            assert_eq!(report[what], digest[what], "{what} until {until}: {report:#}");
        }
    }
}

/// Erases one of those who bought; whoever holds an office can't be, until it is given up.
async fn erase_one(operator: &Client, sales: &[Sale]) {
    for (_, _, buyer) in sales {
        if operator.erase_person(buyer, ErasureReason::OwnRequest).await.is_ok() {
            return;
        }
    }
    panic!("all of them hold an office: {sales:?}");
}

/// What the finance desk and the stations are told is what the ledger says.
async fn told_as_the_ledger_says(
    system: &TestSystem,
    auditor: &Client,
    folder: &str,
    store: &[&str],
) {
    let export = ["audit", "export", "--form", "csv", "--out", folder];
    let books = told(&[&export[..], store].concat()).await["files"].clone();
    let books: Vec<String> = serde_json::from_value(books).unwrap();
    let finance = system.mint(KeyKind::Finance, "the desk").await.unwrap();
    let finance = Client::new(&system.url(), &finance).unwrap();
    let head = auditor.log_head().await.unwrap().body.position;
    sums::agree(auditor, &finance, head, &books).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_is_handed_to_an_auditor() {
    let scratch = tempfile::tempdir().unwrap();
    let path = |name: &str| scratch.path().join(name).to_str().unwrap().to_owned();
    let terms = Terms {
        test_clock: EVE.parse().ok(),
        nats: true,
        log_key: Some(Path::new(&path("log.key")).to_owned()),
        vault_key: Some(Path::new(&path("vault.key")).to_owned()),
        ..Terms::default()
    };
    let system = TestSystem::start_with(terms).await.unwrap();
    let summary = year(&system).await;
    let stores = system.stores().unwrap();
    let (url, district) = (system.url(), stores.district.as_str());
    let http = Http::new(&url);
    let auditor_key = system.mint(KeyKind::Auditor, "an auditor").await.unwrap();
    let auditor = Client::new(&url, &auditor_key).unwrap();
    let head = auditor.log_head().await.unwrap().body.position;
    assert!(head >= summary.records && head > 18_000, "{head} records");
    signed(&http, district, head).await;
    let key = http.send(&Ask::get("/log/keys")).await.unwrap().body;
    let key = String::from_utf8(key).unwrap().trim().to_owned();
    let store = ["--database-url", &stores.database_url, "--district", district, "--json"];

    // Exported, and verified from the export, from its tiles, and from the store.
    let folder = path("export");
    let export = [&["audit", "export", "--tiles", &folder, "--log-key", &key], &store[..]].concat();
    told(&export).await;
    let from = ["audit", "verify", "--from", &folder, "--log-key", &key, "--json"];
    let exported = told(&from).await;
    let tiles = format!("{url}/log/{district}");
    let from = ["audit", "verify", "--from", &tiles, "--key", &auditor_key, "--log-key", &key];
    let served = told(&[&from[..], &["--json"]].concat()).await;
    let reconcile = ["audit", "reconcile", "--nats-url", &stores.nats_url];
    let reconciled = told(&[&reconcile[..], &store].concat()).await;
    assert_eq!(
        (&reconciled["ok"], &reconciled["stream"]["verdict"]),
        (&true.into(), &"true".into())
    );
    for report in [&served, &reconciled["audit"]] {
        assert_eq!(report["state_digest"], exported["state_digest"]);
        assert_eq!((&report["ok"], &report["root"]), (&true.into(), &exported["root"]));
    }

    audited_otherwise(scratch.path(), &folder, &key, &store).await;

    told_as_the_ledger_says(&system, &auditor, &path("sums"), &store).await;

    // A receipt that is checked off line; what a sale came from; the year under another rule.
    let sales = sales(&auditor, head).await;
    let (position, redemption, buyer) = sales.first().unwrap().clone();
    let receipt = path("sale.tlog-proof");
    std::fs::write(&receipt, auditor.receipt(position).await.unwrap()).unwrap();
    let verify = ["receipt", "verify", &receipt, "--log-key", &path("log.pub")];
    std::fs::write(verify[4], &key).unwrap();
    assert_eq!(linli().run(&verify).await.unwrap().status.code(), Some(0));
    let trail = auditor.trail(&TrailSubject::Redemption(redemption)).await.unwrap().body;
    assert!(trail.steps.len() > 3, "{trail:?}");
    let when = When { position: Some(position), at: None };
    let then = auditor.past_resident(&buyer, &when).await.unwrap().body;
    let draft = TryRules {
        profile: linli_profile::GULOU.replacen("points = \"5.0\"", "points = \"10.0\"", 1),
        from: "2025-01-01T00:00:00+08:00".into(),
        until: "2025-07-01T00:00:00+08:00".into(),
        bands: std::collections::BTreeMap::new(),
    };
    let operator = system.mint(KeyKind::Operator, "rules").await.unwrap();
    let operator = Client::new(&url, &operator).unwrap();
    let trial = operator.try_rules(&draft).await.unwrap().body;
    assert!(trial.all.gain + trial.all.lose > 0, "{trial:?}");

    // Somebody is erased, and all that was proved stays so.
    erase_one(&operator, &sales).await;
    assert_eq!(auditor.past_resident(&buyer, &when).await.unwrap().body, then);
    assert_eq!(linli().run(&verify).await.unwrap().status.code(), Some(0));
    let at = head.to_string();
    let digest = told(&[&["audit", "digest", "--at", &at], &store[..]].concat()).await;
    assert_eq!(digest["state_digest"], exported["state_digest"]);
    system.stop().await.unwrap();
}
