//! The laws of the tree: which crate may use which, what the core may use, what stands where.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here has found something"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use toml::Table;

/// Which of our crates each may use. An arrow that isn't here fails.
const ARROWS: &[(&str, &[&str])] = &[
    ("linli-domain", &[]),
    ("linli-profile", &["linli-domain"]),
    ("linli-proto", &["linli-domain"]),
    ("linli-log", &[]),
    // What is followed and decoded once in a process, for all who fold it.
    ("linli-feed", &["linli-domain", "linli-proto", "linli-log"]),
    ("linli-port", &["linli-domain", "linli-proto"]),
    ("linli-ledger", &["linli-domain", "linli-proto", "linli-log", "linli-port"]),
    ("linli-notary", &["linli-log"]),
    ("linli-readmodel", &["linli-domain"]),
    (
        "linli-projector",
        &["linli-domain", "linli-proto", "linli-log", "linli-feed", "linli-readmodel"],
    ),
    // Bytes under keys: it knows neither what they mean nor anything of points.
    ("linli-vault", &[]),
    // Documents about what was achieved, and their proofs: who achieved it is told to it.
    ("linli-badge", &[]),
    ("linli-api", &[]),
    (
        "linli-gateway",
        &[
            "linli-domain",
            "linli-proto",
            "linli-profile",
            "linli-port",
            "linli-log",
            "linli-notary",
            "linli-readmodel",
            "linli-ranks",
            "linli-archive",
            "linli-vault",
            "linli-badge",
            "linli-api",
        ],
    ),
    // The past is replayed from the log; the rows say where in it things stand.
    ("linli-archive", &["linli-domain", "linli-proto", "linli-log", "linli-readmodel"]),
    // Ranks are a read model in memory: filled from the rows, moved on by the log.
    ("linli-ranks", &["linli-domain", "linli-log", "linli-feed", "linli-readmodel"]),
    // Checkpoints are checked as those who sign them write them.
    (
        "linli-auditor",
        &["linli-domain", "linli-proto", "linli-log", "linli-notary", "linli-readmodel"],
    ),
    ("linli-demo", &["linli-api"]),
    // What is simulated is what decides, without any of its shells.
    (
        "linli-simulation",
        &["linli-domain", "linli-proto", "linli-log", "linli-feed", "linli-port", "linli-ledger"],
    ),
    ("linli-devstack", &[]),
];

/// Crates from which everything may be seen.
const ROOFS: &[&str] = &["linli", "linli-tests", "linli-bench"];

/// What the core is built on, and nothing else.
const CORE_USES: &[&str] =
    &["borsh", "hashbrown", "jiff", "rust_decimal", "rustc-hash", "sha2", "thiserror", "ulid"];

/// What stands at the top level, besides dotfiles and what a build leaves.
const TOP_LEVEL: &[&str] = &[
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "deploy",
    "docker-compose.yml",
    "docs",
    "proto",
    "services",
    "tests",
];

/// Longer files hold a second noun.
const FILE_LINES_MAX: usize = 400;

/// But a closed list is one list: every reason why a wish is refused, with its figures; every fact.
const LISTS: &[&str] = &[
    "services/api/src/fact.rs",
    "services/domain/src/refusal.rs",
    "services/gateway/src/problem/kind.rs",
    "services/gateway/src/problem/refusal.rs",
    "services/gateway/src/routes/mod.rs",
];

/// Names that say nothing.
const EMPTY_NAMES: &[&str] = &["util", "utils", "common", "helper", "helpers", "manager", "misc"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn manifests() -> BTreeMap<String, Table> {
    let services =
        fs::read_dir(root().join("services")).unwrap().map(|entry| entry.unwrap().path());
    let others =
        ["proto", "tests", "tests/bench", "tests/simulation"].map(|place| root().join(place));
    services
        .chain(others)
        .map(|folder| {
            let text = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
            let manifest: Table = text.parse().unwrap();
            (manifest["package"]["name"].as_str().unwrap().to_owned(), manifest)
        })
        .collect()
}

fn uses(manifest: &Table) -> BTreeSet<String> {
    let table = manifest.get("dependencies").and_then(|table| table.as_table());
    table.into_iter().flat_map(Table::keys).cloned().collect()
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("services"), root().join("proto"), root().join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn arrows_point_one_way() {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut strangers = Vec::new();
    for (name, manifest) in manifests() {
        if ROOFS.contains(&name.as_str()) {
            continue;
        }
        let may =
            allowed.get(name.as_str()).unwrap_or_else(|| panic!("{name} has no place in ARROWS"));
        for used in uses(&manifest) {
            if used.starts_with("linli") && !may.contains(&used.as_str()) {
                strangers.push(format!("{name} -> {used}"));
            }
        }
    }
    assert!(strangers.is_empty(), "arrows that are not permitted: {strangers:?}");
}

#[test]
fn the_core_is_pure() {
    let core = uses(&manifests()["linli-domain"]);
    let allowed: BTreeSet<String> = CORE_USES.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(core, allowed);
    for path in sources().iter().filter(|path| path.starts_with(root().join("services/domain/src")))
    {
        let text = fs::read_to_string(path).unwrap();
        for word in ["serde", "prost", "async fn", ".await", " f32", " f64"] {
            assert!(!text.contains(word), "{word:?} in {}", path.display());
        }
    }
}

#[test]
fn wire_and_http_types_stay_out_of_each_other() {
    let manifests = manifests();
    assert!(!uses(&manifests["linli-log"]).contains("prost"), "the log knows bytes alone");
    assert!(!uses(&manifests["linli-readmodel"]).contains("prost"), "read models know rows alone");
    assert!(!uses(&manifests["linli-ledger"]).contains("axum"), "the writer doesn't speak HTTP");
}

#[test]
fn the_top_level_shows_the_architecture() {
    let mut strangers: Vec<String> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.') && name != "target")
        .filter(|name| !TOP_LEVEL.contains(&name.as_str()))
        .collect();
    strangers.sort();
    assert!(strangers.is_empty(), "at the top level: {strangers:?}");
}

#[test]
fn files_are_short_and_named_after_a_noun() {
    for path in sources() {
        let generated = path.components().any(|part| part.as_os_str() == "generated");
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        let is_list = LISTS.iter().any(|list| path.ends_with(list));
        assert!(
            generated || is_list || lines <= FILE_LINES_MAX,
            "{} has {lines} lines",
            path.display()
        );
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(!EMPTY_NAMES.contains(&stem), "{} says nothing", path.display());
    }
}

#[test]
fn no_test_sleeps_or_is_passed_over() {
    let this = Path::new(file!()).file_name().unwrap();
    for path in sources().iter().filter(|path| path.file_name() != Some(this)) {
        let text = fs::read_to_string(path).unwrap();
        for word in ["thread::sleep", "#[ignore", "todo!(", "unimplemented!("] {
            assert!(!text.contains(word), "{word} in {}", path.display());
        }
    }
}
