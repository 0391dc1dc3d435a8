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
    // Forty hours entered late, looked at again and taken back; a broken settlement; and 0.6 % of all beside.
    assert!(number("inspections") >= 4 && number("reversals") > 5, "{summary:#}");
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
    // Held against the samples of their days and a replay of the pools, or the demo ends with an error.
    let lists = summary["award_lists"].as_array().unwrap();
    let awards: u64 = lists.iter().map(|list| list["awards"].as_u64().unwrap()).sum();
    assert!(lists.len() == 4 && awards > 900, "{summary:#}");
    people_help_and_sit_at_tables(&summary);
    hours_are_stored(&summary);
    slots_are_called_off(&summary);
    second_rules_are_published(&summary);
    those_who_lead_are_honoured(&summary);
}

/// A figure of a part of the summary.
fn figure(summary: &Value, part: &str, name: &str) -> u64 {
    let told = summary["shown"][part][name].as_u64();
    told.unwrap_or_else(|| panic!("no {name} in {part}: {summary:#}"))
}

fn people_help_and_sit_at_tables(summary: &Value) {
    let aids = |name| figure(summary, "aids", name);
    assert!(aids("asks") > aids("offers") && aids("offers") > 5, "{summary:#}");
    // Six of 300 at this scale, and each is fulfilled.
    assert_eq!((aids("wishes"), aids("wishes_fulfilled")), (6, 6));
    let orders = |name| figure(summary, "orders", name);
    assert!(orders("dispatched") >= 1 && orders("handed_up") >= 1, "{summary:#}");
    assert_eq!(orders("whistles_in_time"), 1);
    let tables = |name| figure(summary, "tables", name);
    let several = tables("several_bodies");
    assert!(several >= 1 && tables("party") == several, "{summary:#}");
    assert!(tables("police") + tables("legal_aid") + tables("property") >= several);
    assert_eq!(tables("mediated_again"), 1, "a dispute that was paid for pays nobody again");
}

/// Whoever had booked what a station called off has all points back, or the walk stops there.
fn slots_are_called_off(summary: &Value) {
    let off = |name| figure(summary, "slots_off", name);
    assert!(off("slots") >= 1 && off("bookings_ended") >= off("slots"), "{summary:#}");
}

/// Where each hour stands at the end, the demo itself holds against the API.
fn hours_are_stored(summary: &Value) {
    let hours = |name| figure(summary, "saved_time", name);
    assert_eq!((hours("hours_stored"), hours("hours_issued")), (1_552, 1_550));
    assert_eq!(hours("hours_above_cap"), 36, "768 of each of two, and at most 1,500 of one");
    assert_eq!((hours("hours_to_kin"), hours("hours_by_team")), (742, 9));
    assert_eq!((hours("asks_granted"), hours("nettings")), (2, 2));
    let refused = ["not-key-elder", "deficit-limit"];
    assert_eq!(summary["shown"]["saved_time"]["refused"], serde_json::json!(refused));
}

/// From a trial of ten months, and in force for the last two.
fn second_rules_are_published(summary: &Value) {
    let rules = &summary["shown"]["second_rules"];
    assert_eq!(rules["version"], 2);
    let changes = [
        "act.EN-2.difficulty: none → true",
        "coefficients.difficulty.1: none → 1.2",
        "coefficients.difficulty.2: none → 1.5",
        "conduct.forgotten_check_outs: none → true",
        "throttle.departments.below: none → 1000",
        "throttle.departments.part: none → 0.5",
        "time_bank.deficit_hours: 5000 → 20",
        "time_bank.surplus_hours: 5000 → 20",
    ];
    assert_eq!(rules["changes"], serde_json::json!(changes));
    // Nothing was hard before anybody asked, and no pool is low at this scale.
    assert_eq!(rules["points_of_first"], rules["points_of_second"], "{summary:#}");
    assert_eq!(rules["points_short"], "0.00");
    assert!(rules["found_hard"].as_u64().unwrap() >= 1, "{summary:#}");
}

fn those_who_lead_are_honoured(summary: &Value) {
    let honours = |name| figure(summary, "honours", name);
    let certificates = ["certificates", "certificates_valid", "certificates_revoked", "badges"];
    assert_eq!(certificates.map(honours), [5, 4, 1, 4]);
    assert_eq!(honours("reports_answered"), 1);
    assert_eq!(summary["shown"]["honours"]["pseudonym"], "Quiet Heron");
    assert_eq!(honours("teams_ranked"), 13);
    assert!(honours("households_ranked") > 10 && honours("estates_ranked") >= 1, "{summary:#}");
}
