//! Every figure is measured for a blink, and the report is as machines expect it. How fast anything
//! was is not judged here.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has found something")]

use std::process::Command;

use serde_json::Value;

/// What `all` measures, in its order.
const FIGURES: [&str; 12] = [
    "writer",
    "commands",
    "bulk",
    "hot",
    "tail",
    "restart",
    "memory",
    "projectors",
    "rank",
    "districts",
    "audit",
    "receipt",
];

fn bench(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_linli-bench")).args(args).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?} ended with {}: {said}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().unwrap_or_else(|| panic!("no list {name} in {value:#}"))
}

#[test]
fn all_of_it_runs_and_tells_what_it_found() {
    let report: Value = serde_json::from_str(&bench(&["all", "--quick", "--json"])).unwrap();
    for told in ["processor", "cores", "postgres", "fdatasync"] {
        assert!(!report["machine"][told].is_null(), "no {told} in {:#}", report["machine"]);
    }
    assert_eq!(report["terms"]["quick"], true);
    let names: Vec<&str> =
        list(&report, "figures").iter().map(|figure| figure["name"].as_str().unwrap()).collect();
    assert_eq!(names, FIGURES);
    assert!(list(&report, "failures").is_empty());
    for figure in list(&report, "figures") {
        let name = &figure["name"];
        assert!(!list(figure, "tables").is_empty(), "{name} has no table");
        for table in list(figure, "tables") {
            for row in list(table, "rows") {
                for (key, value) in row.as_object().unwrap() {
                    let shown = value.is_string() || value.as_f64().is_some_and(|n| n >= 0.0);
                    assert!(shown, "{name}: {key} is {value} in {row:#}");
                }
            }
            assert!(!list(table, "rows").is_empty(), "{name}: {} has no row", table["title"]);
        }
        for verdict in list(figure, "verdicts") {
            let whole = verdict["what"].is_string()
                && verdict["target"].is_number()
                && verdict["measured"].is_number()
                && verdict["reached"].is_boolean();
            assert!(whole, "{name}: {verdict:#}");
        }
    }
}
