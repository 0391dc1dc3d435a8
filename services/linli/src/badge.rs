//! `linli badge`, and the key of badges as a part of a gateway.

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use linli_badge::{BadgeKey, BadgeKeys, Checked, Holder};
use linli_gateway::Badges;
use serde_json::Value;

use crate::cli::badge::{BadgeArgs, BadgeCommand};
use crate::secret;

/// The badge does not hold, or is void.
const FOUND_WRONG: u8 = 1;

/// It is no badge.
const MISUSED: u8 = 2;

pub(crate) fn run(command: BadgeCommand) -> anyhow::Result<ExitCode> {
    match command {
        BadgeCommand::NewKey { out } => {
            secret::write_new(&out, &linli_badge::new_key(&rand::random()))?;
            read(&out)?.all().map(BadgeKey::public).for_each(|key| println!("{key}"));
            eprintln!("the key is in {}: whoever has it issues badges", out.display());
            Ok(ExitCode::SUCCESS)
        }
        BadgeCommand::Verify { file, issuer, status, holder, json } => {
            let files = [Some(file.as_path()), Some(issuer.as_path()), status.as_deref()];
            match files.map(|file| file.map(document)) {
                [Some(Ok(badge)), Some(Ok(issuer)), None] => {
                    Ok(verify((&badge, &issuer, None), holder.as_deref(), json))
                }
                [Some(Ok(badge)), Some(Ok(issuer)), Some(Ok(status))] => {
                    Ok(verify((&badge, &issuer, Some(&status)), holder.as_deref(), json))
                }
                read => {
                    for error in read.into_iter().flatten().filter_map(Result::err) {
                        eprintln!("linli: {error:#}");
                    }
                    Ok(ExitCode::from(MISUSED))
                }
            }
        }
    }
}

/// What a gateway is told; none where no badges are signed.
pub(crate) fn told(args: &BadgeArgs) -> anyhow::Result<Option<Badges>> {
    let (Some(file), Some(url)) = (&args.badge_key, &args.public_url) else { return Ok(None) };
    Ok(Some(of(url, read(file)?)))
}

/// The same, with a key that is made if the file isn't there: for places to try things in.
pub(crate) fn kept(file: &Path, url: &str) -> anyhow::Result<Badges> {
    if !file.exists() {
        secret::write_new(file, &linli_badge::new_key(&rand::random()))?;
    }
    Ok(of(url, read(file)?))
}

fn of(url: &str, keys: BadgeKeys) -> Badges {
    Badges { address: url.trim_end_matches('/').to_owned(), keys: Arc::new(keys) }
}

fn read(file: &Path) -> anyhow::Result<BadgeKeys> {
    let text = secret::read(file)?;
    BadgeKeys::parse(&text).with_context(|| format!("the key of badges in {}", file.display()))
}

fn document(file: &Path) -> anyhow::Result<Value> {
    let mut text = String::new();
    if file.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text).context("reading standard input")?;
    } else {
        text =
            std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    }
    serde_json::from_str(&text).with_context(|| format!("{} is no JSON", file.display()))
}

/// A badge, its issuer's document, and the list of what is void, if it is at hand.
type Documents<'a> = (&'a Value, &'a Value, Option<&'a Value>);

fn verify((badge, issuer, status): Documents<'_>, holder: Option<&str>, json: bool) -> ExitCode {
    let checked = match linli_badge::check(badge, issuer, status, holder) {
        Ok(checked) => checked,
        Err(why) => {
            if json {
                println!("{}", serde_json::json!({ "ok": false, "why": why.to_string() }));
            } else {
                println!("not believed: {why}");
            }
            return ExitCode::from(FOUND_WRONG);
        }
    };
    let ok = checked.void != Some(true) && checked.holder != Holder::Other;
    if json {
        println!("{:#}", as_json(&checked, ok));
    } else {
        say(&checked);
    }
    if ok { ExitCode::SUCCESS } else { ExitCode::from(FOUND_WRONG) }
}

fn as_json(checked: &Checked, ok: bool) -> Value {
    let holder = match checked.holder {
        Holder::Told => Some(true),
        Holder::Other => Some(false),
        Holder::Unasked => None,
    };
    serde_json::json!({
        "ok": ok, "badge": checked.id, "issuer": checked.issuer, "name": checked.name,
        "narrative": checked.narrative, "valid_from": checked.valid_from, "key": checked.key,
        "void": checked.void, "is_holder": holder,
    })
}

fn say(checked: &Checked) {
    println!("{}", checked.name);
    checked.narrative.iter().filter(|text| !text.is_empty()).for_each(|text| println!("{text}"));
    println!("signed by {}, since {}", checked.issuer, checked.valid_from);
    println!(
        "{}",
        match checked.void {
            Some(true) => "VOID: the issuer says so",
            Some(false) => "not void, as of the status list",
            None => "whether it is void was not looked at: say --status",
        }
    );
    match checked.holder {
        Holder::Told => println!("it is of the holder that was told"),
        Holder::Other => println!("IT IS OF SOMEBODY ELSE than was told"),
        Holder::Unasked => {}
    }
}
