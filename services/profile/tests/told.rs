//! Every shipped profile is read, told key by key, and held against the others.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has found something")]

use linli_domain::rules::{RuleSet, RuleVersion};
use linli_domain::time::Timestamp;
use linli_profile::{Change, Line, SHIPPED, diff, lines, parse};

fn rules(name: &str, text: &str) -> RuleSet {
    parse(name, text, RuleVersion(1), Timestamp::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

fn shipped(name: &str) -> RuleSet {
    let (name, text) = SHIPPED.into_iter().find(|(known, _)| *known == name).unwrap();
    rules(name, text)
}

fn sheet(lines: &[Line]) -> String {
    lines.iter().map(|line| format!("{} = {}\n", line.key, line.value)).collect()
}

fn changes(changes: &[Change]) -> String {
    let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".to_owned());
    let line =
        |one: &Change| format!("{}: {} → {}\n", one.key, side(&one.before), side(&one.after));
    changes.iter().map(line).collect()
}

#[test]
fn a_shipped_profile_bears_its_own_name() {
    for (name, _) in SHIPPED {
        assert_eq!(shipped(name).profile.as_str(), name);
    }
}

#[test]
fn a_sheet_is_golden() {
    for (name, _) in SHIPPED {
        insta::assert_snapshot!(name, sheet(&lines(&shipped(name))));
    }
}

/// What is worth more, and what a low pool gives.
const HARD: &str = "alert = { factor = \"1.5\" }
difficulty = [\"1.2\", \"1.5\"]
assisted = { factor = \"1.25\" }

[throttle.street]
below = \"5000\"
part = \"0.5\"
";

/// Each pair is what is changed in the text of Gulou, and what is told of it.
#[test]
fn a_diff_names_the_act_and_the_field() {
    let before = shipped("gulou");
    let text = SHIPPED[0].1;
    let told = |what: &str, with: &str| {
        assert!(text.contains(what), "{what:?} is not in the shipped profile");
        let after = rules("my.toml", &text.replacen(what, with, 1));
        changes(&diff(&lines(&before), &lines(&after)))
    };
    insta::assert_snapshot!(told("{ per = \"day\", hours = 3 }", "{ per = \"day\", hours = 4 }"),
        @"act.AS-1.caps.day.time: 3 h → 4 h");
    insta::assert_snapshot!(told("    { per = \"month\", hours = 12, for = \"pair\" },\n", ""),
        @"act.AS-1.caps.month.time.pair: 12 h → —");
    insta::assert_snapshot!(told("month_cap = \"120\"\n", ""), @"month_cap: 120 → —");
    insta::assert_snapshot!(told("alert = { factor = \"1.5\" }\n", HARD), @r"
    coefficients.assisted.factor: — → 1.25
    coefficients.difficulty.1: — → 1.2
    coefficients.difficulty.2: — → 1.5
    throttle.street.below: — → 5000
    throttle.street.part: — → 0.5
    ");
    insta::assert_snapshot!(told("points = \"1.5\"\nunit = { slot_minutes = 90 }", "points = \"1.5\"\nunit = \"half-hour\""),
        @"act.PA-1.unit: slot of 90 min → slot of 30 min");
    insta::assert_snapshot!(told("    { per = \"month\", hours = 12, for = \"pair\" },\n", "    { per = \"month\", hours = 12, for = \"beneficiary\" },\n"), @r"
    act.AS-1.caps.month.time.beneficiary: — → 12 h
    act.AS-1.caps.month.time.pair: 12 h → —
    ");
    insta::assert_snapshot!(told("points = \"1.5\"\nunit = { slot_minutes = 90 }", "points = \"2\"\nunit = \"hour\""), @r"
    act.PA-1.points: 1.5 → 2
    act.PA-1.unit: slot of 90 min → hour
    ");
    insta::assert_snapshot!(told("round = \"quarter\"", "round = \"year\""), @"lot_life.round: quarter → year");
    insta::assert_snapshot!(told("start = \"0.03\"", "start = \"0.05\""), @"fairness.sampling.start: 0.03 → 0.05");
    insta::assert_snapshot!(told("    \"2025-01-26\",\n", ""), @"calendar.made_up.2025: 01-26, 02-08, 04-27, 09-28, 10-11 → 02-08, 04-27, 09-28, 10-11");
    insta::assert_snapshot!(told("# Time bank.\n", ""), @"");
}

#[test]
fn what_is_taken_away_comes_back_when_it_is_asked_the_other_way_round() {
    let (gulou, hailin) = (lines(&shipped("gulou")), lines(&shipped("hailin")));
    let (there, back) = (diff(&gulou, &hailin), diff(&hailin, &gulou));
    assert!(!there.is_empty());
    for (one, other) in there.iter().zip(&back) {
        assert_eq!((&one.key, &one.before, &one.after), (&other.key, &other.after, &other.before));
    }
    assert!(there.iter().any(|change| change.act() == Some("PA-1") && change.after.is_none()));
    assert_eq!(diff(&gulou, &gulou), []);
}

/// Two caps that count the same over the same stretch are two lines, and neither hides the other.
#[test]
fn no_line_hides_another() {
    let cap = "{ per = \"day\", hours = 3 }";
    let twice = SHIPPED[0].1.replacen(cap, &format!("{cap}, {{ per = \"day\", hours = 5 }}"), 1);
    let told = lines(&rules("my.toml", &twice));
    let found =
        |key: &str| told.iter().find(|line| line.key == key).map(|line| line.value.as_str());
    assert_eq!(found("act.AS-1.caps.day.time"), Some("3 h"));
    assert_eq!(found("act.AS-1.caps.day.time-2"), Some("5 h"));
}

/// What rules can say is said by one of the profiles that ship, so that whoever writes their own finds
/// an example.
#[test]
fn what_can_be_said_is_said_somewhere() {
    let all: Vec<_> = SHIPPED.iter().flat_map(|(name, _)| lines(&shipped(name))).collect();
    let said = |key: &str, value: &str| {
        let found = |line: &Line| line.key.contains(key) && line.value.contains(value);
        assert!(all.iter().any(found), "nothing says {key} {value}");
    };
    for (key, value) in [
        (".unit", "slot of 30 min"),
        (".caps.month.time.beneficiary", "h"),
        (".caps.month.time.pair", "h"),
        (".credits", "h"),
        (".difficulty", ""),
        (".assisted", ""),
        ("coefficients.difficulty.2", "1.5"),
        ("coefficients.assisted.factor", "1.2"),
        ("throttle.city.part", "0.5"),
        ("queue.fetch", "72 h"),
        ("conduct.forgotten_check_outs", "true"),
        ("honours.granting", "on-application"),
        ("honours.medals", ""),
    ] {
        said(key, value);
    }
    for (name, _) in SHIPPED {
        let told = lines(&shipped(name));
        for part in ["notice.", "conduct.", "activities.", "honours."] {
            assert!(told.iter().any(|line| line.key.starts_with(part)), "{name} has no {part}");
        }
    }
}
