//! The command line: what it says of itself, and how it exits.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here has found something"
)]

use std::process::Output;

use linli_devstack::TestDatabase;
use linli_tests::Binary;
use serde_json::Value;

fn linli() -> Binary {
    Binary::new(env!("CARGO_BIN_EXE_linli-tested"))
}

fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

/// Every command that there is, deepest last.
const COMMANDS: &[&str] = &[
    "",
    "serve",
    "migrate",
    "audit",
    "audit verify",
    "audit digest",
    "audit compare",
    "audit shard",
    "audit reconcile",
    "audit export",
    "audit sample",
    "keys",
    "keys create",
    "keys list",
    "keys revoke",
    "log-key",
    "log-key new",
    "log-key public",
    "badge",
    "badge new-key",
    "badge verify",
    "receipt",
    "receipt verify",
    "witness",
    "witness new-key",
    "witness serve",
    "past",
    "past resident",
    "past rank",
    "past hold",
    "past stock",
    "past pools",
    "past time",
    "past rules",
    "trail",
    "trail redemption",
    "trail booking",
    "trail voucher",
    "trail contribution",
    "vault",
    "vault new-key",
    "vault rotate",
    "rules",
    "rules check",
    "rules diff",
    "rules sheet",
    "rules publish",
    "rules try",
    "rules show",
    "rebuild",
    "dev",
    "demo",
    "health",
];

#[tokio::test]
async fn what_it_says_of_itself_is_golden() {
    let mut golden = String::new();
    for command in COMMANDS {
        let args: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let output = linli().run(&args).await.unwrap();
        assert!(output.status.success(), "{command}");
        let (help, _) = said(&output);
        golden.push_str(&format!("──── linli {}\n{help}\n", args.join(" ")));
        let listed = help.split_once("Commands:\n").map_or("", |(_, list)| list);
        let listed = listed.split("\n\n").next().unwrap_or_default().lines();
        for name in listed.filter_map(command_of) {
            let known = format!("{command} {name}");
            let known = COMMANDS.contains(&known.trim()) || name == "help";
            assert!(known, "`linli {command} {name}` is not in the list of this test");
        }
    }
    // Under its own name, not under that of the copy which is tested.
    let golden = golden.replace("linli-tested", "linli");
    let golden = golden.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(golden);
}

/// The command that a line of the list begins with; lines of explanation are indented further.
fn command_of(line: &str) -> Option<&str> {
    let line = line.strip_prefix("  ").filter(|line| !line.starts_with(' '))?;
    line.split_whitespace().next()
}

#[tokio::test]
async fn misused_it_exits_2() {
    for args in [
        &[][..],
        &["fly"],
        &["serve"],
        &["serve", "everything"],
        &["serve", "all"],
        &["serve", "all", "--database-url", "postgres://x", "--bind", "here"],
        &["serve", "all", "--database-url", "postgres://x", "--test-clock", "yesterday"],
        &["migrate"],
        &["audit", "verify"],
        &["audit", "verify", "--database-url", "postgres://x", "--upto", "5"],
        &["audit", "verify", "--from", "nowhere"],
        &["audit", "compare", "nowhere"],
        &["keys", "create", "--database-url", "postgres://x", "--kind", "king", "--name", "x"],
        &["rules", "check"],
        &["demo", "--scale", "0"],
        &["demo", "--scale", "many"],
        &["demo", "--quickly"],
    ] {
        let output = linli().run(args).await.unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {:?}", said(&output));
        let (out, err) = said(&output);
        assert!(out.is_empty() && !err.is_empty(), "{args:?}");
    }
}

#[tokio::test]
async fn where_nothing_answers_it_exits_3() {
    let nowhere = "postgres://nobody@127.0.0.1:1/nothing";
    for args in [
        &["migrate", "--database-url", nowhere][..],
        &["audit", "verify", "--database-url", nowhere],
        &["keys", "list", "--database-url", nowhere],
        &["audit", "verify", "--database-url", nowhere, "--district", "GULOU"],
        &["audit", "verify", "--database-url", "not a url"],
        &["audit", "digest", "--from", "nowhere"],
    ] {
        let output = linli().run(args).await.unwrap();
        assert_eq!(output.status.code(), Some(3), "{args:?}: {:?}", said(&output));
        let (out, err) = said(&output);
        assert!(out.is_empty() && err.starts_with("linli: "), "{args:?}: {out}{err}");
        assert!(!err.contains('\u{1b}') && !err.contains("panicked"), "{args:?}: {err}");
    }
    let health = linli().run(&["health", "--url", "http://127.0.0.1:1/readyz"]).await.unwrap();
    assert_ne!(health.status.code(), Some(0));
}

#[tokio::test]
async fn tables_are_made_once() {
    let database = TestDatabase::create().await.unwrap();
    let args = ["migrate", "--database-url", database.url()];
    let first = linli().run(&args).await.unwrap();
    let again = linli().run(&args).await.unwrap();
    assert!(first.status.success() && again.status.success());
    assert!(!said(&first).0.starts_with("0 "), "{:?}", said(&first));
    assert!(said(&again).0.starts_with("0 migrations applied"), "{:?}", said(&again));
    // And two at once are no trouble.
    let database = TestDatabase::create().await.unwrap();
    let args = ["migrate", "--database-url", database.url()];
    let (binary, other) = (linli(), linli());
    let (one, two) = tokio::join!(binary.run(&args), other.run(&args));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert!(one.status.success() && two.status.success(), "{:?} {:?}", said(&one), said(&two));
}

#[tokio::test]
async fn an_empty_log_is_true() {
    let database = TestDatabase::create().await.unwrap();
    let place = ["--database-url", database.url()];
    linli().run(&[&["migrate"][..], &place].concat()).await.unwrap();
    let args = [&["audit", "verify", "--log-only", "--json"][..], &place].concat();
    let output = linli().run(&args).await.unwrap();
    assert_eq!(output.status.code(), Some(0), "{:?}", said(&output));
    let report: Value = serde_json::from_str(&said(&output).0).unwrap();
    assert_eq!((&report["ok"], &report["records"]), (&true.into(), &0.into()));
}

#[tokio::test]
async fn keys_are_made_listed_and_ended() {
    let database = TestDatabase::create().await.unwrap();
    let place = ["--database-url", database.url()];
    let run = async |args: &[&str]| linli().run(&[args, &place].concat()).await.unwrap();
    run(&["migrate"]).await;
    let made =
        run(&["keys", "create", "--kind", "auditor", "--name", "city audit", "--json"]).await;
    let made: Value = serde_json::from_str(&said(&made).0).unwrap();
    let (id, key) = (made["id"].as_str().unwrap(), made["key"].as_str().unwrap());
    assert!(key.starts_with("linli_live_") && key.contains(id), "{key}");
    let (table, _) = said(&run(&["keys", "list"]).await);
    assert!(table.contains(id) && table.contains("city audit") && !table.contains(key), "{table}");
    let revoked = run(&["keys", "revoke", id]).await;
    assert!(revoked.status.success());
    let listed: Value =
        serde_json::from_str(&said(&run(&["keys", "list", "--json"]).await).0).unwrap();
    assert!(listed[0]["revoked_at"].is_string(), "{listed:#}");
    assert!(run(&["keys", "revoke", id]).await.status.success(), "ended twice is ended");
    let nothing = "01JNK0000000000000000000ZZ";
    let unknown = run(&["keys", "revoke", nothing]).await;
    assert_eq!(unknown.status.code(), Some(3));
    assert!(said(&unknown).1.contains(nothing));
    let unbound = run(&["keys", "create", "--kind", "station", "--name", "no station"]).await;
    assert!(!unbound.status.success() && said(&unbound).0.is_empty(), "{:?}", said(&unbound));
}

#[tokio::test]
async fn rules_are_checked_by_file_line_and_reason() {
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (folder.path().join("good.toml"), folder.path().join("bad.toml"));
    let (shown, _) = said(&linli().run(&["rules", "show", "gulou"]).await.unwrap());
    assert_eq!(shown, linli_profile::GULOU);
    std::fs::write(&good, &shown).unwrap();
    std::fs::write(&bad, shown.replace("late_entry_days = 7", "late_entry_days = \"soon\""))
        .unwrap();
    let check = async |file: &std::path::Path| {
        linli().run(&["rules", "check", file.to_str().unwrap()]).await.unwrap()
    };
    let taken = check(&good).await;
    assert_eq!(taken.status.code(), Some(0));
    assert!(said(&taken).0.contains("ready to publish"));
    let refused = check(&bad).await;
    assert_eq!(refused.status.code(), Some(1));
    let (_, err) = said(&refused);
    let line = shown.lines().position(|line| line.starts_with("late_entry_days")).unwrap() + 1;
    assert!(err.contains(&format!("bad.toml:{line}:")), "{err}");
    assert_eq!(check(&folder.path().join("none.toml")).await.status.code(), Some(3));
    assert_eq!(linli().run(&["rules", "show", "mars"]).await.unwrap().status.code(), Some(3));
    let as_json = ["rules", "check", bad.to_str().unwrap(), "--json"];
    let refused = linli().run(&as_json).await.unwrap();
    let told: serde_json::Value = serde_json::from_str(&said(&refused).0).unwrap();
    assert_eq!((refused.status.code(), &told["line"]), (Some(1), &serde_json::json!(line)));

    // What is otherwise, between a file and a profile that ships; between the same, nothing.
    let longer = folder.path().join("longer.toml");
    let days = ("late_entry_days = 7", "late_entry_days = 9");
    std::fs::write(&longer, shown.replace(days.0, days.1)).unwrap();
    let ask = ["rules", "diff", "gulou", longer.to_str().unwrap(), "--json"];
    let diff = linli().run(&ask).await.unwrap();
    let told: serde_json::Value = serde_json::from_str(&said(&diff).0).unwrap();
    let change = serde_json::json!(
        [{ "key": "late_entry_days", "act": null, "before": "7", "after": "9" }]
    );
    assert_eq!((diff.status.code(), told), (Some(1), change));
    let same = linli().run(&["rules", "diff", "gulou", good.to_str().unwrap()]).await.unwrap();
    assert_eq!((same.status.code(), said(&same).0), (Some(0), "Both say the same.\n".to_owned()));
    let sheet = linli().run(&["rules", "sheet", "beijing-stars"]).await.unwrap();
    assert!(said(&sheet).0.contains("star_hours.5"), "{:?}", said(&sheet));
    let keyless = linli().run(&["rules", "sheet", "1"]).await.unwrap();
    assert_eq!(keyless.status.code(), Some(3), "a published version takes a key");
}
