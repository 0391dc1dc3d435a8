//! `linli rules try`: a draft on a period of the past.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use linli_api::rules::RulesTried;
use linli_api::trial::{Trial, TrialChange, TryRules};

use crate::cli::past::TryArgs;
use crate::past::{client, table, tell};

pub(crate) async fn run(args: TryArgs) -> anyhow::Result<ExitCode> {
    let TryArgs { file, from, until, bands, server } = args;
    let profile = text(&file)?;
    let bands = bands.as_deref().map(read_bands).transpose()?.unwrap_or_default();
    let (from, until) = (from.to_string().into(), until.to_string().into());
    let told = client(&server)?.try_rules(&TryRules { profile, from, until, bands }).await?;
    tell(&server, &told.body, words)?;
    Ok(ExitCode::SUCCESS)
}

fn text(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

fn read_bands(file: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut bands = BTreeMap::new();
    for (number, line) in (1..).zip(text(file)?.lines()) {
        match line.split_once(',') {
            _ if line.trim().is_empty() => {}
            Some((resident, band)) => {
                bands.insert(resident.trim().to_owned(), band.trim().to_owned());
            }
            None => bail!("{}: line {number} is not `resident,band`", file.display()),
        }
    }
    Ok(bands)
}

/// Points in and out of the draft, group by group, then the pools, then what would be refused.
fn words(told: &Trial) -> String {
    let name = |category| serde_json::to_value(category).ok()?.as_str().map(str::to_owned);
    let categories = told.categories.iter();
    let groups = std::iter::once(row("all".to_owned(), &told.all))
        .chain(categories.map(|one| row(name(one.category).unwrap_or_default(), &one.change)))
        .chain(told.grids.iter().map(|one| row(format!("grid {}", one.group), &one.change)))
        .chain(told.bands.iter().map(|one| row(format!("band {}", one.group), &one.change)));
    let groups = table(
        ["group", "points", "with the draft", "merit", "with the draft", "gain", "lose"],
        groups,
    );
    let pools = table(
        ["pool", "left", "with the draft", "short", "short since"],
        told.pools.iter().map(|pool| {
            let since = pool.draft.short_since.as_ref().map(ToString::to_string);
            let sums = [&pool.real.left, &pool.draft.left, &pool.draft.short];
            let sums = sums.map(ToString::to_string).into_iter();
            std::iter::once(pool.code.clone())
                .chain(sums)
                .chain(since.or(Some(String::new())))
                .collect()
        }),
    );
    let refused = table(
        ["would have been refused", "times"],
        told.refused.iter().map(|one| vec![one.reason.clone(), one.times.to_string()]),
    );
    format!("{groups}\n{pools}\n{refused}\nNothing was written.")
}

/// What a trial came to that rules were published from.
pub(crate) fn beside(tried: &RulesTried) -> String {
    let RulesTried { from, until, position, change, short } = tried;
    let groups = table(
        ["group", "points", "with the draft", "merit", "with the draft", "gain", "lose"],
        std::iter::once(row("all".to_owned(), change)),
    );
    format!(
        "Tried from {from} until {until}, up to position {position}:\n{groups}\nThe pools would have lacked {short} points.\n"
    )
}

fn row(name: String, change: &TrialChange) -> Vec<String> {
    let TrialChange { real, draft, gain, lose } = change;
    let sums = [&real.points, &draft.points, &real.merit, &draft.merit].map(ToString::to_string);
    let counts = [gain, lose].map(ToString::to_string);
    std::iter::once(name).chain(sums).chain(counts).collect()
}
