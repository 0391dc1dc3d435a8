//! Metrics are a promise: dashboards and alerts are written in their names. The golden list holds
//! what a running system tells Prometheus, and everything that speaks of a metric speaks of one
//! that is there. `UPDATE_GOLDEN=1 cargo test -p linli-tests --test metrics` writes the list anew.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that meets what it didn't expect has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use linli_tests::{Terms, TestSystem, wait};

const GOLDEN: &str = "tests/tests/data/metrics.txt";

/// What speaks of metrics.
const SPEAKERS: &[&str] = &[
    "deploy/grafana/dashboards/linli.json",
    "deploy/prometheus/rules/linli.rules.yml",
    "deploy/prometheus/tests/linli.test.yml",
    "docs/operating.md",
];

/// What a histogram's series add to its name.
const SERIES: &[&str] = &["_bucket", "_sum", "_count"];

/// How the metrics of each part begin.
const PARTS: &[&str] = &[
    "linli_feed_",
    "linli_gateway_",
    "linli_ledger_",
    "linli_log_follower_",
    "linli_log_relay_",
    "linli_notary_",
    "linli_projector_",
    "linli_ranks_",
];

/// What begins like a metric and is none: roles of PostgreSQL, modules in a log filter.
const OTHERS: &[&str] =
    &["linli_ledger", "linli_projector", "linli_reader", "linli_vault", "linli_writer"];

/// What is only told where a witness is asked, which no system here has: `proofs` has one.
const WITNESSED: &[&str] = &["linli_notary_cosigned_total", "linli_notary_disputed"];

/// How API keys begin.
const KEYS: &[&str] = &["linli_dev_", "linli_live_"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn read(place: &str) -> String {
    fs::read_to_string(root().join(place)).unwrap_or_default()
}

/// Name, type, labels and help of each of our metrics in a scrape, a line each, sorted.
fn told(scrape: &str) -> BTreeSet<String> {
    let (mut help, mut kind) = (BTreeMap::new(), BTreeMap::new());
    let mut labels: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in scrape.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            help.extend(rest.split_once(' '));
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            kind.extend(rest.split_once(' '));
        } else if let Some((series, rest)) = line.split_once('{') {
            let name = metric(series, |name| kind.contains_key(name));
            let pairs = rest.rsplit_once('}').unwrap().0;
            let names =
                pairs.split("\",").filter_map(|pair| pair.split_once("=\"")).map(|(name, _)| name);
            labels.entry(name).or_default().extend(names.filter(|&name| name != "le"));
        }
    }
    kind.iter()
        .filter(|(name, _)| name.starts_with("linli_"))
        .map(|(name, kind)| {
            let labels: Vec<&str> = labels.get(name).into_iter().flatten().copied().collect();
            format!("{name} {kind} {{{}}} {}", labels.join(","), help[name])
        })
        .collect()
}

/// The metric of a series: its name, without what a histogram adds to it.
fn metric(series: &str, is_one: impl Fn(&str) -> bool) -> &str {
    let shorter = SERIES.iter().filter_map(|added| series.strip_suffix(added));
    shorter.into_iter().find(|name| is_one(name)).unwrap_or(series)
}

/// What everything in one process tells once it is `enough`.
async fn scrape(enough: impl Fn(&BTreeSet<String>) -> bool) -> anyhow::Result<BTreeSet<String>> {
    let folder = tempfile::tempdir()?;
    let log_key = Some(folder.path().join("log.key"));
    let terms = Terms { test_clock: None, nats: true, log_key, ..Terms::default() };
    let system = TestSystem::start_with(terms).await?;
    let metrics = format!("{}/metrics", system.url());
    let found = wait::until("all metrics", wait::LONG, async || {
        let text = reqwest::get(&metrics).await.ok()?.text().await.ok()?;
        let found = told(&text);
        enough(&found).then_some(found)
    });
    let found = found.await?;
    system.stop().await?;
    Ok(found)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_system_tells_what_the_list_says() {
    let is_update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let golden: BTreeSet<String> = read(GOLDEN).lines().map(str::to_owned).collect();
    // Each part speaks once it is at work.
    let all_speak = |found: &BTreeSet<String>| {
        PARTS.iter().all(|part| found.iter().any(|line| line.starts_with(part)))
    };
    let found = scrape(all_speak).await.unwrap();
    if is_update {
        let lines: Vec<&str> = found.iter().map(String::as_str).collect();
        return fs::write(root().join(GOLDEN), lines.join("\n") + "\n").unwrap();
    }
    let gone: Vec<_> = golden.difference(&found).collect();
    let new: Vec<_> = found.difference(&golden).collect();
    assert!(
        gone.is_empty() && new.is_empty(),
        "not told any longer: {gone:#?}\nnot in {GOLDEN}: {new:#?}"
    );
}

/// Is it a metric's name, by its beginning?
fn is_ours(word: &str) -> bool {
    word.starts_with("linli_")
        && !OTHERS.contains(&word)
        && !KEYS.iter().any(|key| word.starts_with(key))
}

#[test]
fn nobody_speaks_of_a_metric_that_is_not_there() {
    let golden = read(GOLDEN);
    let known: BTreeMap<&str, &str> =
        golden.lines().filter_map(|line| line.split_once(' ')).collect();
    let is_histogram =
        |name: &str| known.get(name).is_some_and(|rest| rest.starts_with("histogram"));
    for place in SPEAKERS {
        let text = read(place);
        let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | ':'));
        let spoken: BTreeSet<&str> = text.split(ends).filter(|word| is_ours(word)).collect();
        assert!(!spoken.is_empty(), "{place} speaks of no metric");
        for series in spoken {
            let name = metric(series, is_histogram);
            let is_told = known.contains_key(name) || WITNESSED.contains(&name);
            assert!(is_told, "{place} speaks of {series}, which nobody tells");
        }
    }
}

#[test]
fn the_dashboard_asks_of_one_source_and_names_each_panel_once() {
    let dashboard: serde_json::Value =
        serde_json::from_str(&read("deploy/grafana/dashboards/linli.json")).unwrap();
    let source = read("deploy/grafana/provisioning/datasources/prometheus.yml");
    let source: serde_yaml_ng::Value = serde_yaml_ng::from_str(&source).unwrap();
    let uid = source["datasources"][0]["uid"].as_str().unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let (mut ids, mut titles) = (BTreeSet::new(), BTreeSet::new());
    for panel in panels {
        let title = panel["title"].as_str().unwrap();
        assert!(ids.insert(panel["id"].as_u64().unwrap()), "{title} has the id of another panel");
        assert!(titles.insert(title), "{title} stands twice");
        if panel["type"] != "row" {
            assert_eq!(panel["datasource"]["uid"], uid, "{title}");
            assert!(!panel["targets"].as_array().unwrap().is_empty(), "{title} asks nothing");
        }
    }
}
