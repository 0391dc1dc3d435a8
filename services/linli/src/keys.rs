//! `linli keys`: the first key of a place, and the others.

use std::process::ExitCode;

use anyhow::Context as _;
use comfy_table::Table;
use linli_domain::time::Timestamp;
use linli_gateway::key::{self, Environment, KeyKind as Kind, NewKey};

use crate::cli::{KeyKind, KeysCommand, StoreArgs};
use crate::ground::Ground;

const MICROSECONDS_A_DAY: i64 = 86_400_000_000;

pub(crate) async fn run(command: KeysCommand) -> anyhow::Result<ExitCode> {
    match command {
        KeysCommand::Create { stores, kind, name, subject, days, json } => {
            let subject = subject.map(|id| id.parse::<ulid::Ulid>()).transpose();
            let subject = subject.context("the id of the station or officer")?.map(|id| id.0);
            let expires_at = days.map(|days| expiry(now(), days));
            let new = NewKey { subject, expires_at, ..NewKey::of(kind_of(kind), name) };
            create(&stores, new, json).await
        }
        KeysCommand::List { stores, json } => list(&stores, json).await,
        KeysCommand::Revoke { stores, id } => {
            let ground = Ground::lay(&stores, "keys").await?;
            let known = key::revoke(ground.pool(), ground.district.as_str(), &id, now()).await?;
            anyhow::ensure!(known, "no key {id} that still works");
            println!("key {id} ends within a second or so");
            Ok(ExitCode::SUCCESS)
        }
    }
}

const fn kind_of(kind: KeyKind) -> Kind {
    match kind {
        KeyKind::Partner => Kind::Partner,
        KeyKind::Station => Kind::Station,
        KeyKind::Staff => Kind::Staff,
        KeyKind::Auditor => Kind::Auditor,
        KeyKind::Operator => Kind::Operator,
        KeyKind::Supplier => Kind::Supplier,
        KeyKind::Finance => Kind::Finance,
        KeyKind::Resident => Kind::Resident,
    }
}

async fn create(stores: &StoreArgs, new: NewKey, json: bool) -> anyhow::Result<ExitCode> {
    let ground = Ground::lay(stores, "keys").await?;
    let environment = Environment::new("live")?;
    let minted =
        key::mint(ground.pool(), ground.district.as_str(), &environment, new, now()).await?;
    if json {
        println!("{}", serde_json::json!({ "id": minted.id(), "key": minted.text }));
    } else {
        println!("{}", minted.text);
        eprintln!("key {}: this is the only time that it is shown", minted.id());
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(stores: &StoreArgs, json: bool) -> anyhow::Result<ExitCode> {
    let ground = Ground::lay(stores, "keys").await?;
    let keys = key::list(ground.pool(), ground.district.as_str()).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&keys)?);
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = Table::new();
    table.set_header(["id", "kind", "name", "bound to", "works until"]);
    for key in keys {
        let until = key.revoked_at.as_ref().map(|at| format!("revoked {at}"));
        let until = until.or(key.expires_at.as_ref().map(ToString::to_string)).unwrap_or_default();
        let subject = key.subject.as_ref().map(ToString::to_string).unwrap_or_default();
        table.add_row([key.id.to_string(), format!("{:?}", key.kind), key.name, subject, until]);
    }
    println!("{table}");
    Ok(ExitCode::SUCCESS)
}

/// The time of this machine, for keys alone: the ledger has its own.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_microseconds(jiff::Timestamp::now().as_microsecond())
}

fn expiry(now: Timestamp, days: u32) -> Timestamp {
    let life = i64::from(days).saturating_mul(MICROSECONDS_A_DAY);
    Timestamp::from_microseconds(now.microseconds().saturating_add(life))
}
