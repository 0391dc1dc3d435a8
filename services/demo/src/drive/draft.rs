//! Mediation at twice the points and more, tried on the year before anybody publishes it: the trials
//! show what the pool that pays for it would have left, and from which factor on its budget would be
//! overrun, by how much and since when. Nothing is written.
//!
//! A trial goes through the whole log, so those that can't come to anything else are left out: mediation at
//! one more time the points never costs more than the first time more did, for months have caps and the pool
//! an end.

use linli_api::award::Category;
use linli_api::trial::{Trial, TryRules};
use linli_api::{Amount, Client, Instant};

use super::hands::Hands;
use super::{DemoSettings, rules};
use crate::amount::{amount, hundredths};
use crate::error::{DemoError, Doing as _};
use crate::scale::Scale;

const STORY: &str = "mediation at more points, tried before it is published";

/// The pool that pays for mediation.
const POOL: &str = "street";

/// The draft that is asked for, and the most that is tried after it.
const FIRST: i64 = 2;
const MOST: i64 = 8;

/// What a draft would come to.
#[derive(Debug)]
struct Outcome {
    /// What the pool has left, and what it would have.
    real_left: i64,
    left: i64,
    /// How far its budget would be overrun, and since when.
    overrun: Option<(i64, Instant)>,
}

/// Tries it, and says what it would come to.
pub(super) async fn tried(
    operator: &Client,
    hands: &Hands,
    settings: &DemoSettings,
) -> Result<String, DemoError> {
    // The rules that are in force when somebody thinks of it.
    let rules = rules::second(&settings.rules)?;
    let before = hands.head().await?;
    let (mut asked_for, mut overrun) = (String::new(), None);
    let (mut factor, mut dearest) = (FIRST, 0);
    while factor <= MOST {
        let draft = TryRules {
            profile: mediation_times(factor, &rules)?,
            from: Instant::from("2025-01-01T00:00:00+08:00"),
            until: Instant::from("2026-01-01T00:00:00+08:00"),
            bands: std::collections::BTreeMap::new(),
        };
        let trial = operator.try_rules(&draft).await.doing(|| format!("try {STORY}"))?.body;
        let outcome = outcome(&trial)?;
        if factor == FIRST {
            asked_for = format!("×{factor} leaves {} in the pool", amount(outcome.left));
            dearest = outcome.real_left.saturating_sub(outcome.left);
        }
        if let Some((short, since)) = outcome.overrun {
            let day = since.as_str().get(..10).unwrap_or_default();
            overrun = Some(format!("×{factor} overruns it by {} since {day}", amount(short)));
            break;
        }
        factor = next(factor, outcome.left, dearest);
    }
    let after = hands.head().await?;
    match overrun {
        _ if before != after => Err(told(format!("the log went on from {before} to {after}"))),
        Some(overrun) => Ok(format!("{asked_for}, {overrun}")),
        // The pools are those of a whole year: in a part of it there is enough for more.
        None if settings.scale < Scale::WHOLE => Ok(asked_for),
        None => Err(told(format!("{asked_for}, and nothing overruns it"))),
    }
}

/// The next factor that may overrun what is left after this one, if one time more costs so much at the most.
fn next(factor: i64, left: i64, dearest: i64) -> i64 {
    let more = left.max(0).checked_div(dearest.max(1)).unwrap_or_default();
    factor.saturating_add(more).saturating_add(1)
}

fn told(outcome: String) -> DemoError {
    DemoError::Story { story: STORY, outcome }
}

/// What a trial says of the pool, if it says of mediation what it has to: that it would cost more.
fn outcome(trial: &Trial) -> Result<Outcome, DemoError> {
    let mediation = trial.categories.iter().find(|told| told.category == Category::Mediation);
    let pool = trial.pools.iter().find(|pool| pool.code == POOL);
    let (Some(mediation), Some(pool)) = (mediation, pool) else {
        return Err(told(format!("no mediation or no pool in {trial:?}")));
    };
    let change = &mediation.change;
    let costs_more = hundredths(&change.draft.points)? > hundredths(&change.real.points)?;
    let (real, draft) = (&pool.real, &pool.draft);
    let (real_left, left) = (hundredths(&real.left)?, hundredths(&draft.left)?);
    if !costs_more || left > real_left {
        return Err(told(format!("{mediation:?}, {pool:?}")));
    }
    let short = hundredths(&draft.short)?.saturating_sub(hundredths(&real.short)?);
    let since = draft.short_since.clone().filter(|_| short > 0);
    Ok(Outcome { real_left, left, overrun: since.map(|since| (short, since)) })
}

/// The profile with so many times the points for every act of mediation.
fn mediation_times(factor: i64, profile: &str) -> Result<String, DemoError> {
    let (mut is_mediation, mut text) = (false, String::with_capacity(profile.len()));
    for line in profile.lines() {
        if line.starts_with('[') {
            is_mediation = line.starts_with("[act.ME-");
        }
        let points = line.strip_prefix("points = \"").and_then(|rest| rest.strip_suffix('"'));
        match points.filter(|_| is_mediation) {
            Some(points) => {
                let more = hundredths(&Amount::from(points))?.saturating_mul(factor);
                text.push_str(&format!("points = \"{}\"", amount(more)));
            }
            None => text.push_str(line),
        }
        text.push('\n');
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_overrun_is_not_tried() {
        // 3,000 left and 2,000 for the first time more: the next may overrun, or the one after it.
        assert_eq!(next(2, 3_000, 2_000), 4);
        assert_eq!(next(2, 1_999, 2_000), 3);
        assert!(next(2, 60_000, 40) > MOST, "a part of the year, with the pools of all of it");
        assert_eq!(next(2, 0, 0), 3);
    }

    #[test]
    fn mediation_alone_is_changed() {
        let profile = "[act.ME-1]\npoints = \"2.5\"\nunit = \"each\"\n[act.HZ-1]\npoints = \"2\"\n";
        let doubled = mediation_times(2, profile).unwrap();
        let expected =
            "[act.ME-1]\npoints = \"5.00\"\nunit = \"each\"\n[act.HZ-1]\npoints = \"2\"\n";
        assert_eq!(doubled, expected);
    }
}
