//! The rows of the matrix, each for as long as its least takes.

use linli_tests::Binary;
use linli_tests::faults::{self, Row, Settings, Verdict};

/// Clients that send commands all the time: enough that every frame has several.
const CLIENTS: usize = 16;

/// Does these rows and expects them to hold. The seed is told by the report.
async fn hold(rows: &[Row]) {
    let folder = tempfile::TempDir::new().unwrap();
    let seed = std::env::var("LINLI_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
    let now = || u64::from(std::process::id());
    let settings = Settings {
        binary: Binary::new(env!("CARGO_BIN_EXE_linli-tested")),
        seconds: 0,
        seed: seed.unwrap_or_else(now),
        clients: CLIENTS,
        folder: folder.path().to_owned(),
    };
    for report in faults::run(rows, &settings).await.unwrap() {
        if report.verdict() != Verdict::Held {
            // What clients saw is worth keeping.
            let kept = folder.keep();
            panic!("{:?}, kept in {}\n{}", report.verdict(), kept.display(), report.table());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_processes_and_servers_and_late_sleepers() {
    hold(&[Row::F1, Row::F2, Row::F8]).await;
}
