//! `linli rules`: profiles and rule sets on the command line.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use linli_api::Client;
use linli_api::rules::{Publishing, RuleChange};
use linli_domain::rules::{RuleSet, RuleVersion};
use linli_domain::time::Timestamp;
use linli_profile::{Change, Line, ProfileError, SHIPPED};
use serde_json::{Value, json};
use ulid::Ulid;

use crate::cli::RulesCommand;
use crate::cli::past::{PublishArgs, SourceArgs};
use crate::past::{client, table, tell};
use crate::trial;

/// Something was found wrong, or not the same.
const FOUND: u8 = 1;

pub(crate) async fn run(command: RulesCommand) -> anyhow::Result<ExitCode> {
    match command {
        RulesCommand::Check { file, json } => check(&file, json),
        RulesCommand::Diff { before, after, source } => diff(&before, &after, &source).await,
        RulesCommand::Sheet { rules, source } => sheet(&rules, &source).await,
        RulesCommand::Try(args) => trial::run(args).await,
        RulesCommand::Publish(args) => publish(args).await,
        RulesCommand::Show { profile } => match shipped(&profile) {
            Some(text) => {
                print!("{text}");
                Ok(ExitCode::SUCCESS)
            }
            None => {
                let names = SHIPPED.map(|(name, _)| name).join(", ");
                bail!("no profile {profile:?} ships with Linli; there are: {names}")
            }
        },
    }
}

fn shipped(name: &str) -> Option<&'static str> {
    SHIPPED.into_iter().find(|(known, _)| *known == name).map(|(_, text)| text)
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

fn parse(name: &str, text: &str) -> Result<RuleSet, ProfileError> {
    linli_profile::parse(name, text, RuleVersion(1), Timestamp::default())
}

fn check(file: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let (text, name) = (read(file)?, file.display().to_string());
    let parsed = parse(&name, &text);
    if json {
        println!("{:#}", checked(&parsed));
    } else if let Ok(RuleSet { profile, acts, .. }) = &parsed {
        println!("{name}: profile {profile} with {} acts, ready to publish", acts.len());
    }
    match parsed {
        Ok(_) => Ok(ExitCode::SUCCESS),
        Err(mistake) => {
            if !json {
                eprintln!("{mistake}");
            }
            Ok(ExitCode::from(FOUND))
        }
    }
}

fn checked(parsed: &Result<RuleSet, ProfileError>) -> Value {
    match parsed {
        Ok(RuleSet { profile, acts, .. }) => {
            json!({ "valid": true, "profile": profile.as_str(), "acts": acts.len() })
        }
        Err(ProfileError { file, line, column, offending, reason }) => json!({
            "valid": false, "file": file, "line": line, "column": column, "offending": offending,
            "reason": reason,
        }),
    }
}

async fn publish(args: PublishArgs) -> anyhow::Result<ExitCode> {
    let PublishArgs { file, effective_from, tried_from, tried_until, server } = args;
    let instant = |told: jiff::Timestamp| told.to_string().into();
    let publishing = Publishing {
        effective_from: effective_from.map(instant),
        version: None,
        tried: tried_from.map(instant).zip(tried_until.map(instant)),
    };
    let (client, key) = (client(&server)?, Ulid::generate().to_string());
    let published = client.publish(&key, &read(&file)?, &publishing).await?.body;
    let version = published.changed.version;
    let diff = client.after(published.last).rule_diff(version, None).await?.body;
    tell(&server, &diff, |diff| {
        let changes = diff.changes.iter().map(|change| {
            let RuleChange { key, before, after, .. } = change.clone();
            row(&Change { key, before, after })
        });
        let changes = table(["what", "before", "after"], changes);
        let tried = diff.tried.as_ref().map(trial::beside).unwrap_or_default();
        format!("{changes}\n{tried}Published as version {version}, at position {}.", published.last)
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn diff(before: &str, after: &str, source: &SourceArgs) -> anyhow::Result<ExitCode> {
    let (before, after) = (lines(before, source).await?, lines(after, source).await?);
    let changes = linli_profile::diff(&before, &after);
    if source.json {
        let told: Vec<Value> = changes.iter().map(told).collect();
        println!("{:#}", Value::from(told));
    } else if changes.is_empty() {
        println!("Both say the same.");
    } else {
        println!("{}", table(["what", "before", "after"], changes.iter().map(row)));
    }
    Ok(if changes.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}

fn told(change: &Change) -> Value {
    let Change { key, before, after } = change;
    json!({ "key": key, "act": change.act(), "before": before, "after": after })
}

fn row(change: &Change) -> Vec<String> {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "—".to_owned());
    vec![change.key.clone(), side(&change.before), side(&change.after)]
}

async fn sheet(rules: &str, source: &SourceArgs) -> anyhow::Result<ExitCode> {
    let lines = lines(rules, source).await?;
    if source.json {
        let told = lines.iter().map(|Line { key, value }| json!({ "key": key, "value": value }));
        println!("{:#}", Value::from_iter(told));
    } else {
        let rows = lines.into_iter().map(|Line { key, value }| vec![key, value]);
        println!("{}", table(["what", "says"], rows));
    }
    Ok(ExitCode::SUCCESS)
}

/// A number is a version of the server's, then come the names of those that ship, then files.
async fn lines(rules: &str, source: &SourceArgs) -> anyhow::Result<Vec<Line>> {
    if let Ok(version) = rules.parse::<u32>() {
        let key = source.key.as_ref().context("a published version is asked with --key")?;
        let sheet = Client::new(&source.url, key)?.rule_sheet(version).await?.body;
        let line = |line: linli_api::rules::RuleLine| Line { key: line.key, value: line.value };
        return Ok(sheet.lines.into_iter().map(line).collect());
    }
    let parsed = match shipped(rules) {
        Some(text) => parse(rules, text),
        None => parse(rules, &read(Path::new(rules))?),
    };
    Ok(linli_profile::lines(&parsed?))
}
