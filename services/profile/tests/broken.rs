//! Broken profiles, a line each: what is changed in the shipped one, and what is said of it.

use linli_domain::rules::RuleVersion;
use linli_domain::time::Timestamp;

/// What `text` is refused with.
fn refusal(text: &str) -> String {
    match linli_profile::parse("my.toml", text, RuleVersion(1), Timestamp::default()) {
        Ok(_) => "taken".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_broken_profile_is_refused_with_its_place() {
    // The comment at the head explains with examples, which are not to be broken.
    let (head, rules) =
        linli_profile::GULOU.split_at(linli_profile::GULOU.find("\nprofile = ").unwrap());
    let mut table = String::new();
    for (what, with) in BROKEN {
        assert!(rules.contains(what), "{what:?} is not in the shipped profile");
        let text = format!("{head}{}", rules.replacen(what, with, 1));
        table.push_str(&format!("{what:?} → {with:?}\n    {}\n", refusal(&text)));
    }
    insta::assert_snapshot!(table);
}

#[test]
fn no_acts_and_no_text_are_refused() {
    let (head, _) = linli_profile::GULOU.split_once("[act.AS-1]").unwrap();
    insta::assert_snapshot!(refusal(head), @"my.toml:1:1: missing key `act`");
    insta::assert_snapshot!(refusal(&format!("{head}[act]\n")), @"my.toml:1:1: there have to be 1 to 64 acts, each code once, in the order of the codes");
    insta::assert_snapshot!(refusal(""), @"my.toml:1:1: missing key `profile`");
}

#[test]
fn an_act_on_notice_needs_to_be_told_for_how_long() {
    let (head, table) = linli_profile::GULOU.split_once("\n[notice]\n").unwrap();
    let (_, tail) = table.split_once("\n[").unwrap();
    let text = format!("{head}\n[{tail}");
    let (before, _) = text.split_once("[act.HZ-3]").unwrap();
    let expected = format!(
        "my.toml:{}:6: an act stands on notice, and there is no table [notice] that says for how long (here: HZ-3)",
        before.lines().count() + 1,
    );
    assert_eq!(refusal(&text), expected);
}

#[test]
fn the_offending_text_is_cut_to_a_line() {
    let text = linli_profile::GULOU.replacen("\"gulou\"", &format!("\"{}\"", "鼓".repeat(200)), 1);
    let error = linli_profile::parse("my.toml", &text, RuleVersion(1), Timestamp::default());
    assert_eq!(error.unwrap_err().offending.chars().count(), 80);
}

const BROKEN: &[(&str, &str)] = &[
    // What was entered afterwards.
    ("[grade.D]\npoints = \"0\"", "[grade.D]\npoints = \"0.1\""),
    (
        "{ any = [\"photo\", \"paper-sheet\", \"confirmed\"], none = [\"administrator-entry\"] }",
        "{ any = [\"photo\", \"paper-sheet\", \"confirmed\"] }",
    ),
    // What is worth more, what is credited, what a low pool gives.
    (
        "alert = { factor = \"1.5\" }",
        "alert = { factor = \"1.5\" }\ndifficulty = [\"1.5\", \"1.2\"]",
    ),
    (
        "alert = { factor = \"1.5\" }",
        "alert = { factor = \"1.5\" }\nassisted = { factor = \"0.5\" }",
    ),
    ("[fairness]", "[throttle.nobody]\nbelow = \"10\"\npart = \"0.5\"\n\n[fairness]"),
    ("[fairness]", "[throttle.street]\nbelow = \"10\"\npart = \"1.5\"\n\n[fairness]"),
    ("unit = \"hour\"", "unit = \"hour\"\ncredits_minutes = 60"),
    ("unit = \"hour\"", "unit = \"hour\"\ndifficulty = true"),
    // Syntax.
    ("step = \"0.1\"", "step = 0.1.1"),
    ("step = \"0.1\"", "step \"0.1\""),
    ("profile = \"gulou\"", "profile = \"gulou"),
    ("[act.AS-1]", "[act.AS-1"),
    // Keys.
    ("late_entry_days", "late_entry_dais"),
    ("merit = \"1.3\"", "pionts = \"2\""),
    ("hours = 3 }", "hour = 3 }"),
    ("slot_minutes", "slot"),
    ("{ from = \"20\", to = \"100\" }", "{ from = \"20\" }"),
    ("hold_minutes = 30\n", ""),
    ("[grade.D]", "[grade.E]"),
    ("evidence = \"B\"\n", ""),
    // Twice.
    ("[act.AS-2]", "[act.AS-1]"),
    ("step = \"0.1\"", "step = \"0.1\"\nstep = \"0.1\""),
    // Types.
    ("late_entry_days = 7", "late_entry_days = \"seven\""),
    ("late_entry_days = 7", "late_entry_days = -1"),
    ("night = true", "night = \"yes\""),
    ("points = \"2.0\"", "points = 2.5"),
    ("points = \"2.0\"", "points = [2]"),
    ("category = \"assistance\"", "category = 7"),
    ("caps = [{ per = \"month\", times = 2 }]", "caps = 2"),
    ("unit = \"hour\"", "unit = 60"),
    // Words.
    ("category = \"assistance\"", "category = \"help\""),
    ("evidence = \"B\"", "evidence = \"E\""),
    ("verifier = \"grid\"", "verifier = \"gird\""),
    ("per = \"day\"", "per = \"fortnight\""),
    ("round = \"quarter\"", "round = \"week\""),
    ("unit = \"hour\"", "unit = \"hours\""),
    ("\"rotating-code\"", "\"qr\""),
    ("for = \"pair\"", "for = \"couple\""),
    ("pool = \"departments\"", "pool = \"Departments\""),
    ("[act.AS-1]", "[act.as-1]"),
    ("zh = \"探访、跑腿、陪同就医\"", "zh = \"\""),
    // Numbers.
    ("points = \"2.0\"", "points = \"2.005\""),
    ("points = \"2.0\"", "points = \"-2\""),
    ("points = \"2.0\"", "points = \"two\""),
    ("points = \"2.0\"", "points = \"99999999999\""),
    ("merit = \"1.3\"", "merit = \"11\""),
    ("merit = \"1.3\"", "merit = \"lots\""),
    ("points = \"0.5\"", "points = \"1.5\""),
    ("night = { factor = \"1.5\"", "night = { factor = \"0.5\""),
    ("\"22:00\"", "\"24:00\""),
    ("\"22:00\"", "\"10 pm\""),
    ("\"+08:00\"", "\"Asia/Shanghai\""),
    ("hours = 3 }", "hours = 99999999999 }"),
    // Days.
    ("\"2025-01-01\"", "\"2025-02-30\""),
    ("\"2025-01-28..2025-02-04\"", "\"2025-02-04..2025-01-28\""),
    ("\"2025-01-28..2025-02-04\"", "\"2025-01-28..2027-02-04\""),
    ("\"monday\"", "\"mon\""),
    ("worked = [\"monday\", \"tuesday\", \"wednesday\", \"thursday\", \"friday\"]", "worked = []"),
    ("\"2025-01-26\"", "\"2025-01-28\""),
    // Activities.
    ("days_ahead = 60", "days_ahead = 0"),
    ("early_minutes = 30", "early_minutes = 721"),
    ("code_minutes = 1\n", "code_minutes = 0\n"),
    ("checkpoints_part = \"0.75\"", "checkpoints_part = \"1.1\""),
    ("checkpoints_part = \"0.75\"", "checkpoints_part = \"0.75\"\nonly = [\"PA-9\"]"),
    ("checkpoints_part = \"0.75\"", "checkpoints_part = \"0.75\"\nonly = [\"HZ-1\"]"),
    // Orders.
    ("ordinary = \"HZ-1\"", "ordinary = \"HZ-9\""),
    ("ordinary = \"HZ-1\"", "ordinary = \"hz\""),
    ("major = \"HZ-3\"", "major = \"OC-1\""),
    ("accept_minutes = 120", "accept_minutes = 0"),
    ("sign_minutes = 60", "sign_minutes = 1441"),
    ("push_working_days = 3\n", ""),
    // Fairness and spending.
    ("recovery_part = \"0.5\"", "recovery_part = \"0.6\""),
    ("{ duty = \"building-head\", hours = 60", "{ duty = \"building-head\", hours = 0"),
    ("duty = \"building-head\"", "duty = \"part-time-grid-officer\""),
    ("start = \"0.03\"", "start = \"0.6\""),
    ("unfounded = \"3\"", "unfounded = \"11\""),
    ("working_days = 5\npanel", "working_days = 0\npanel"),
    ("list_working_days = 5", "list_working_days = 0"),
    ("list_working_days = 5", "list_working_days = 61"),
    ("list_working_days = 5", "list_working_days = \"five\""),
    ("panel = 3", "panel = 4"),
    ("panel = 3", "panel = 11"),
    ("award_points = \"10\"", "award_points = \"0\""),
    ("convened_by = \"community\"", "convened_by = \"commune\""),
    ("[notice]", "[returns_too]"),
    ("grid_metres = 500", "grid_metres = 0"),
    ("entries = 6", "entries = 32"),
    ("times = 20", "times = 64"),
    ("staff_hours = { from = \"09:00\"", "staff_hours = { from = \"18:00\""),
    ("window_days = 30", "window_days = 0"),
    ("grace_days = 30", "grace_days = 367"),
    ("[returns]", "[expiry]\nlast_day = \"1969-12-31\"\n\n[returns]"),
    ("[returns]", "[expiry]\nmonths = 6\nround = \"year\"\n\n[returns]"),
    ("[returns]", "[expiry]\nmonths = 6\n\n[returns]"),
    ("[returns]", "[expiry]\nround = \"half-year\"\n\n[returns]"),
    ("[returns]", "[expiry]\n\n[returns]"),
    (
        "[returns]",
        "[expiry]\nmonths = 6\nround = \"half-year\"\nlast_day = \"2026-12-31\"\n\n[returns]",
    ),
    ("[returns]", "[expiry]\nmonths = \"six\"\nround = \"half-year\"\n\n[returns]"),
    ("[returns]", "[expiry]\nlast_day = \"31 December\"\n\n[returns]"),
    ("[returns]", "[expiry]\nyears = 2\n\n[returns]"),
    // The counter.
    ("shift_hours = 12", "shift_hours = 25"),
    ("shift_hours = 12", "shift_hours = 0"),
    ("shift_hours = 12", "shift_hours = 12, presence = \"sometimes\""),
    ("person = \"20\", hours", "person = \"201\", hours"),
    ("hours = 72, sync", "hours = 673, sync"),
    ("sync_days = 7", "sync_days = 61"),
    // Caps.
    ("{ per = \"day\", hours = 3 }", "{ per = \"day\" }"),
    ("{ per = \"day\", hours = 3 }", "{ per = \"day\", hours = 3, times = 2 }"),
    ("{ per = \"day\", hours = 3 }", "{ hours = 3 }"),
    // What the domain refuses.
    ("step = \"0.1\"", "step = \"0\""),
    ("hold_minutes = 30", "hold_minutes = 0"),
    ("longest_hours = 12", "longest_hours = 0"),
    ("[100, 300,", "[300, 100,"),
    ("levels = 2", "levels = 3"),
    ("{ slot_minutes = 90 }", "{ slot_minutes = 0 }"),
    ("{ from = \"20\", to = \"100\" }", "{ from = \"100\", to = \"20\" }"),
    // Mediation.
    ("unsettled_part = \"0.3\"", "unsettled_part = \"1.3\""),
    ("oral = { act = \"ME-0\" }", "oral = { act = \"ME-9\" }"),
    ("oral = { act = \"ME-0\" }", "oral = { act = \"HZ-1\" }"),
    ("same_dispute_days = 365", "same_dispute_days = 1831"),
    ("major = { act = \"ME-3\", written = true }", "major = { act = \"ME-3\", writen = true }"),
    // Queues for goods.
    ("queue = { fetch_hours = 72 }", "queue = { fetch_hours = 0 }"),
    ("queue = { fetch_hours = 72 }", "queue = { fetch_hours = 745 }"),
    ("queue = { fetch_hours = 72 }", "queue = { fetch_days = 3 }"),
    // The time bank.
    ("acts = [\"AS-1\", \"AS-2\"]", "acts = [\"AS-2\", \"AS-1\"]"),
    ("acts = [\"AS-1\", \"AS-2\"]", "acts = [\"AS-1\", \"AS-9\"]"),
    ("cap_hours = 1500", "cap_hours = 0"),
    ("ask_days = 90", "ask_days = 0"),
    // Estates.
    ("members_least = 5", "members_least = 10"),
    ("term_days = 1096", "term_days = 0"),
];
