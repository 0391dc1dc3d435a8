//! `linli past`, `linli trail`: the past, asked of a server.

use std::process::ExitCode;

use comfy_table::Table;
use linli_api::client::When;
use linli_api::past::{Hold, HoldStatus, PastHold, PastResident, Trail, TrailRole, TrailSubject};
use linli_api::time_bank::{PastTime, TimeAccount};
use linli_api::{Client, Id};
use serde::Serialize;

use crate::cli::past::{PastCommand, ServerArgs, TrailCommand, WhenArgs};

pub(crate) async fn run(command: PastCommand) -> anyhow::Result<ExitCode> {
    match command {
        PastCommand::Resident { id, when, server } => {
            let told = client(&server)?.past_resident(&id.into(), &moment(&when)).await?;
            tell(&server, &told.body, resident)?;
        }
        PastCommand::Rank { id, area, window, when, server } => {
            let (client, area) = (client(&server)?, area.map(Id::from));
            let (when, window) = (moment(&when), Some(window.name()));
            let told = client.past_rank(&id.into(), area.as_ref(), window, &when).await?;
            tell(&server, &told.body, |told| match (&told.rank, &told.of, &told.merit) {
                (Some(rank), Some(of), Some(merit)) => {
                    format!("{rank} of {of}, with {merit} merit")
                }
                _ => "not on the board".to_owned(),
            })?;
        }
        PastCommand::Hold { id, when, server } => {
            let told = client(&server)?.past_hold(&id.into(), &moment(&when)).await?;
            tell(&server, &told.body, |PastHold { moment, hold }| {
                let (position, at) = (moment.position, &moment.recorded_at);
                format!("after record {position} of {at}:\n{}", holds(std::slice::from_ref(hold)))
            })?;
        }
        PastCommand::Time { when, server } => {
            let told = client(&server)?.past_time(&moment(&when)).await?;
            tell(&server, &told.body, stored_time)?;
        }
        PastCommand::Stock { when, server } => {
            let told = client(&server)?.past_stock(&moment(&when)).await?;
            tell(&server, &told.body, |told| {
                let head = ["station", "item", "received", "on hand", "reserved", "delivered"];
                table(
                    head,
                    told.shelves.iter().map(|shelf| {
                        let counts =
                            [shelf.received, shelf.on_hand, shelf.reserved, shelf.delivered];
                        let names = [shelf.station.to_string(), shelf.item.to_string()];
                        names.into_iter().chain(counts.map(|count| count.to_string())).collect()
                    }),
                )
            })?;
        }
        PastCommand::Pools { when, server } => {
            let told = client(&server)?.past_pools(&moment(&when)).await?;
            tell(&server, &told.body, |told| {
                table(
                    ["pool", "funded", "left", "lapsed", "owed to it"],
                    told.pools.iter().map(|pool| {
                        let sums = [&pool.funded, &pool.left, &pool.lapsed, &pool.claims];
                        std::iter::once(pool.code.clone())
                            .chain(sums.map(ToString::to_string))
                            .collect()
                    }),
                )
            })?;
        }
        PastCommand::Rules { when, server } => {
            let told = client(&server)?.past_rules(&moment(&when)).await?;
            tell(&server, &told.body, |told| match told.version {
                Some(version) => format!("version {version} of {}", told.published.len()),
                None => "none".to_owned(),
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn trail(command: TrailCommand) -> anyhow::Result<ExitCode> {
    let (subject, server) = match command {
        TrailCommand::Redemption { id, server } => (TrailSubject::Redemption(id.into()), server),
        TrailCommand::Booking { id, server } => (TrailSubject::Booking(id.into()), server),
        TrailCommand::Voucher { id, server } => (TrailSubject::Voucher(id.into()), server),
        TrailCommand::Contribution { id, server } => {
            (TrailSubject::Contribution(id.into()), server)
        }
    };
    let told = client(&server)?.trail(&subject).await?;
    tell(&server, &told.body, steps)?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn client(server: &ServerArgs) -> anyhow::Result<Client> {
    Ok(Client::new(&server.url, &server.key)?)
}

/// JSON for machines, words for people.
pub(crate) fn tell<T: Serialize>(
    server: &ServerArgs,
    told: &T,
    words: impl FnOnce(&T) -> String,
) -> anyhow::Result<()> {
    let text = if server.json { serde_json::to_string_pretty(told)? } else { words(told) };
    println!("{text}");
    Ok(())
}

pub(crate) fn table<const N: usize>(
    head: [&str; N],
    rows: impl Iterator<Item = Vec<String>>,
) -> String {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY).set_header(head);
    rows.for_each(|row| {
        table.add_row(row);
    });
    table.to_string()
}

fn moment(when: &WhenArgs) -> When {
    When { position: when.position, at: when.at.map(|at| at.to_string().into()) }
}

fn resident(told: &PastResident) -> String {
    let PastResident { moment, available, held, receivable, merit, stars, .. } = told;
    let PastResident { minutes, honour_minutes, .. } = told;
    let lots = table(
        ["lot", "available", "held", "lapses"],
        told.lots.iter().map(|lot| {
            vec![
                lot.lot.to_string(),
                lot.available.to_string(),
                lot.held.to_string(),
                lot.expires_at.to_string(),
            ]
        }),
    );
    format!(
        "after record {} of {}: {available} points, {held} set aside, {receivable} owed; {merit} \
         merit, {minutes} minutes and {honour_minutes} honour minutes, {stars} stars\n{lots}\n{}",
        moment.position,
        moment.recorded_at,
        holds(&told.holds),
    )
}

fn holds(holds: &[Hold]) -> String {
    table(
        ["set aside for", "id", "status", "points", "ends"],
        holds.iter().map(|hold| {
            let (kind, status) = match &hold.is {
                HoldStatus::Redemption { status } => ("redemption", word(status)),
                HoldStatus::Booking { status } => ("booking", word(status)),
                HoldStatus::Voucher { status } => ("voucher", word(status)),
            };
            let ends = hold.ends_at.as_ref().map(ToString::to_string).unwrap_or_default();
            vec![kind.to_owned(), hold.id.to_string(), status, hold.points.to_string(), ends]
        }),
    )
}

/// As it stands in JSON.
fn word(told: &impl Serialize) -> String {
    let value = serde_json::to_value(told).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn stored_time(told: &PastTime) -> String {
    let accounts = table(
        ["account", "minutes"],
        told.accounts.iter().map(|stand| {
            let (kind, id) = match &stand.account {
                TimeAccount::Fund => ("fund", None),
                TimeAccount::Resident(id) => ("resident", Some(id)),
                TimeAccount::Team(id) => ("team", Some(id)),
                TimeAccount::Chest(id) => ("chest of", Some(id)),
                TimeAccount::Clearing(id) => ("clearing of", Some(id)),
            };
            let id = id.map(ToString::to_string).unwrap_or_default();
            vec![format!("{kind} {id}").trim_end().to_owned(), stand.minutes.to_string()]
        }),
    );
    let waiting = table(
        ["waits", "community", "minutes", "lapses"],
        told.waiting.iter().map(|one| {
            let (who, where_) = (one.resident.to_string(), one.community.to_string());
            vec![who, where_, one.minutes.to_string(), one.lapses_at.to_string()]
        }),
    );
    format!("{accounts}\n{waiting}")
}

fn steps(trail: &Trail) -> String {
    table(
        ["position", "recorded at", "what", "lot", "points"],
        trail.steps.iter().map(|step| {
            let what = match step.role {
                TrailRole::Claimed => "claimed",
                TrailRole::Attached => "evidence came later",
                TrailRole::Judged => "judged",
                TrailRole::Awarded => "awarded",
                TrailRole::Reversed => "taken back",
                TrailRole::Rules => "rules published",
                TrailRole::Waited => "waited for",
                TrailRole::Spent => "spent",
                TrailRole::Ended => "ended",
                TrailRole::Returned => "returned",
            };
            vec![
                step.record.position.to_string(),
                step.record.recorded_at.to_string(),
                what.to_owned(),
                step.lot.as_ref().map(ToString::to_string).unwrap_or_default(),
                step.points.as_ref().map(ToString::to_string).unwrap_or_default(),
            ]
        }),
    )
}
