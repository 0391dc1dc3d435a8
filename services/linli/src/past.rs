//! `linli past`, `linli trail`: the past, asked of a server.

use std::process::ExitCode;

use comfy_table::Table;
use linli_api::client::When;
use linli_api::past::{PastResident, Trail, TrailRole, TrailSubject};
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
                    ["pool", "funded", "left", "lapsed"],
                    told.pools.iter().map(|pool| {
                        let sums = [&pool.funded, &pool.left, &pool.lapsed];
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
    let PastResident { moment, available, held, minutes, honour_minutes, merit, stars, .. } = told;
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
        "after record {} of {}: {available} points, {held} set aside in {} slips; {merit} merit, \
         {minutes} minutes and {honour_minutes} honour minutes, {stars} stars\n{lots}",
        moment.position,
        moment.recorded_at,
        told.holds.len(),
    )
}

fn steps(trail: &Trail) -> String {
    table(
        ["position", "recorded at", "what", "lot", "points"],
        trail.steps.iter().map(|step| {
            let what = match step.role {
                TrailRole::Claimed => "claimed",
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
