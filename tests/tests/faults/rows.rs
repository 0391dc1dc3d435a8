//! The rows of the matrix, each for as long as its least takes.

use linli_tests::Binary;
use linli_tests::faults::{self, Report, Row, Settings, Verdict};

/// Clients that send commands all the time: enough that every frame has several.
const CLIENTS: usize = 16;

/// How many times what it is to be a figure may be: all tests run at once, and nothing is built for
/// release.
const SLACK: u64 = 10;

/// Does these rows.
async fn reports(rows: &[Row], unsynced: bool) -> Vec<Report> {
    let folder = tempfile::TempDir::new().unwrap();
    let seed = std::env::var("LINLI_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
    let settings = Settings {
        binary: Binary::new(env!("CARGO_BIN_EXE_linli-tested")),
        seconds: 0,
        seed: seed.unwrap_or_else(|| u64::from(std::process::id())),
        clients: CLIENTS,
        slack: SLACK,
        unsynced,
        folder: folder.path().to_owned(),
    };
    let reports = faults::run(rows, &settings).await.unwrap();
    if reports.iter().any(|report| report.verdict() == Verdict::Broken) {
        // What clients saw is worth keeping.
        println!("kept in {}", folder.keep().display());
    }
    reports
}

/// Does these rows and expects them to hold. The seed is told by the report.
async fn hold(rows: &[Row]) {
    for report in reports(rows, false).await {
        assert_eq!(report.verdict(), Verdict::Held, "{}", report.table());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_processes_and_servers_and_late_sleepers() {
    hold(&[Row::F1, Row::F2, Row::F8]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_stream_failing_disks_disorder_poison_a_backlog_and_a_race() {
    hold(&[Row::F4, Row::F7, Row::F12, Row::F13, Row::F14, Row::F16]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_nats_and_with_connections_cut_at_a_byte() {
    hold(&[Row::F3, Row::F11]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk() {
    hold_where_it_can_be_done(Row::F6).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut() {
    if hold_where_it_can_be_done(Row::F5).await {
        // The same with a server that acknowledges what it has not synced.
        let reports = reports(&[Row::F5], true).await;
        let findings = &reports[0].rows[0].findings;
        let lost = findings.iter().any(|finding| finding.contains("C1:"));
        assert!(lost, "C1 believed an unsynced commit: {findings:?}");
    }
}

/// Expects a row to hold, where this machine lets its file systems be mounted; says so where it
/// doesn't.
async fn hold_where_it_can_be_done(row: Row) -> bool {
    let report = reports(&[row], false).await.remove(0);
    if let Some(why) = report.rows[0].not_run.first() {
        println!("NOT RUN: {}: {why}", row.name());
        return false;
    }
    assert_eq!(report.verdict(), Verdict::Held, "{}", report.table());
    true
}
