//! `linli demo`: the main job on the whole community, through HTTP, and its audit.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here has found something"
)]

use linli_tests::Binary;
use serde_json::Value;

/// A fiftieth of the year's traffic; the people are all there.
const SCALE: &str = "0.02";

#[tokio::test]
async fn a_year_in_dingshan_ends_with_a_true_audit() {
    let binary = Binary::new(env!("CARGO_BIN_EXE_linli-tested"));
    let args = ["demo", "--scale", SCALE, "--exit", "--json", "-", "--bind", "127.0.0.1:0"];
    let output = binary.run(&args).await.unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(summary["audit"]["ok"], true, "{summary:#}");
    assert_eq!(summary["audit"]["violations"], 0);
    for (what, count) in
        [("residents", 10_537), ("households", 3_396), ("grids", 13), ("micro_grids", 253)]
    {
        assert_eq!(summary[what], count, "{what}");
    }
    let number =
        |name: &str| summary[name].as_u64().unwrap_or_else(|| panic!("no {name}: {summary:#}"));
    assert!(number("contributions") > 1_000 && number("awards") > 900, "{summary:#}");
    assert!(number("redemptions") > 30 && number("records") > 18_000, "{summary:#}");
    // Forty hours entered late, looked at again and taken back; a broken settlement.
    assert!(number("inspections") >= 4 && number("reversals") == 5, "{summary:#}");
    // In hundredths: amounts always have two digits after the point.
    let points =
        |name: &str| -> u64 { summary[name].as_str().unwrap().replace('.', "").parse().unwrap() };
    let gone = points("points_redeemed") + points("points_lapsed");
    assert!(points("points_redeemed") > 0, "{summary:#}");
    // A fiftieth of the traffic overruns no pool; that of the whole year does, or the demo ends with
    // an error.
    let draft = summary["stories"]["draft"].as_str().unwrap();
    assert!(draft.starts_with("×2 leaves "), "{draft}");
    // Three waited for rice, and two bags came: the walk stops where it goes otherwise.
    assert_eq!(summary["stories"]["queue"], "one passed over, two served in order");
    // A station off line for a day, and one spent twice: fifteen points, of which one was left.
    assert_eq!(points("points_short"), 1_400, "{summary:#}");
    assert_eq!(points("points_issued"), gone + points("points_outstanding"));
    assert_eq!(summary["root"].as_str().unwrap().len(), 64);
    for name in ["seconds", "audit"] {
        assert!(!summary[name].is_null(), "{name}");
    }
    assert!(summary["audit"]["records_per_second"].as_u64().unwrap() > 0);
}
