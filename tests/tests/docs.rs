//! What the guides say is so: their links lead somewhere, the binary understands their commands,
//! and the gateway has the routes that they speak of.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that meets what it didn't expect has failed"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser as _;
use linli::cli::Cli;

/// How a line of a guide begins that runs the binary.
const RUNS: &[&str] = &["linli ", "cargo run --release -- ", "cargo run -- "];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// The guides, by their place in the tree.
fn guides() -> Vec<(PathBuf, String)> {
    let mut places = vec![PathBuf::from("README.md"), PathBuf::from("CHANGELOG.md")];
    for folder in ["docs", "docs/decisions"] {
        let entries = fs::read_dir(root().join(folder)).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name());
        places.extend(
            names
                .map(|name| Path::new(folder).join(name))
                .filter(|place| place.extension().is_some_and(|ending| ending == "md")),
        );
    }
    places
        .into_iter()
        .map(|place| {
            let text = fs::read_to_string(root().join(&place)).unwrap();
            (place, text)
        })
        .collect()
}

/// Where a heading is reached, as forges make it.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            let words = line.trim_start_matches('#').trim().to_lowercase();
            let kept =
                words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    for (place, text) in guides() {
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').map_or((link, None), |(f, a)| (f, Some(a)));
            let beside = root().join(&place).parent().unwrap().to_path_buf();
            let file = if file.is_empty() { root().join(&place) } else { beside.join(file) };
            assert!(file.exists(), "{}: {link}", place.display());
            if let Some(anchor) = anchor {
                let there = anchors(&fs::read_to_string(&file).unwrap());
                assert!(there.contains(anchor), "{}: no {anchor} among {there:?}", place.display());
            }
        }
    }
}

/// The commands in blocks of shell and between backquotes.
fn commands(text: &str) -> Vec<String> {
    let joined = text.replace("\\\n", " ");
    let mut found = Vec::new();
    let mut in_shell = false;
    for line in joined.lines() {
        match line.strip_prefix("```") {
            Some(language) => in_shell = language == "sh",
            None if in_shell => found.push(line.trim().to_owned()),
            None => found.extend(line.split('`').skip(1).step_by(2).map(str::to_owned)),
        }
    }
    found
}

/// The words of a command, as a shell would take them as far as the guides go.
fn words(command: &str) -> Vec<String> {
    let command = command.split(" #").next().unwrap_or_default();
    let command = command.split(" > ").next().unwrap_or_default();
    let mut words: Vec<String> = Vec::new();
    for (at, part) in command.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn the_binary_understands_every_command() {
    let mut count = 0;
    for (place, text) in guides() {
        for command in commands(&text) {
            let run = RUNS.iter().find_map(|run| command.strip_prefix(run));
            // A command that is only spoken of, or whose arguments are left to the reader.
            let Some(run) = run.filter(|run| !run.contains(['…', '|', '<'])) else { continue };
            let mut line = vec!["linli".to_owned()];
            line.extend(words(run));
            if line.len() == 2 || line.last().is_some_and(|word| word == "--help") {
                line.truncate(2);
                line.push("--help".to_owned());
            }
            // What a guide has said before by an `export`.
            let needs_stores =
                ["serve", "migrate", "audit", "keys", "rebuild"].contains(&line[1].as_str());
            if needs_stores && !line.iter().any(|word| word == "--database-url" || word == "--help")
            {
                line.extend(["--database-url".to_owned(), "postgresql://db/linli".to_owned()]);
            }
            if ["past", "trail"].contains(&line[1].as_str()) && line.last().unwrap() != "--help" {
                line.extend(["--key".to_owned(), "linli_live_key".to_owned()]);
            }
            let parsed = Cli::try_parse_from(&line);
            let is_help = |error: &clap::Error| error.kind() == clap::error::ErrorKind::DisplayHelp;
            if let Err(error) = parsed {
                assert!(is_help(&error), "{}: {command}\n{error}", place.display());
            }
            count += 1;
        }
    }
    assert!(count > 20, "the guides have only {count} commands; are they still found?");
}

/// A path with its parameters told alike: `/v1/residents/*/wallet`.
fn plain(path: &str) -> String {
    let is_parameter = |part: &&str| {
        part.starts_with(['{', '$', '<']) || part.len() == 26 || part.parse::<u64>().is_ok()
    };
    let parts = path.trim_end_matches('/').split('/');
    parts.map(|part| if is_parameter(&part) { "*" } else { part }).collect::<Vec<_>>().join("/")
}

#[test]
fn the_gateway_has_every_route() {
    let document = fs::read_to_string(root().join("services/gateway/openapi.json")).unwrap();
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    let known: BTreeSet<String> =
        document["paths"].as_object().unwrap().keys().map(|path| plain(path)).collect();
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '`' | '"' | '\'' | '?' | ',' | ')' | ';' | '·');
    for (place, text) in guides() {
        for at in text.match_indices("/v1/").map(|(at, _)| at) {
            // A folder of that name, as in linli/v1/record.proto.
            if text[..at].ends_with(|c: char| c.is_ascii_lowercase()) {
                continue;
            }
            let path = text[at..].split(ends).next().unwrap_or_default().trim_end_matches('.');
            assert!(known.contains(&plain(path)), "{}: {path}", place.display());
        }
    }
}
