//! Mediation at twice the points, tried on the year before anybody publishes it: the trial shows by
//! how much the pool that pays for it would be overrun, and since when. Nothing is written.

use linli_api::award::Category;
use linli_api::trial::{Trial, TrialPool, TryRules};
use linli_api::{Amount, Client, Instant};

use super::DemoSettings;
use super::hands::Hands;
use crate::amount::{amount, hundredths};
use crate::error::{DemoError, Doing as _};
use crate::scale::Scale;

const DOUBLED: &str = "mediation at twice the points, tried before it is published";

/// The pool that pays for mediation.
const POOL: &str = "street";

/// Tries it, and says what it would come to.
pub(super) async fn doubled(
    operator: &Client,
    hands: &Hands,
    settings: &DemoSettings,
) -> Result<String, DemoError> {
    let before = hands.head().await?;
    let draft = TryRules {
        profile: doubled_mediation(&settings.rules)?,
        from: Instant::from("2025-01-01T00:00:00+08:00"),
        until: Instant::from("2026-01-01T00:00:00+08:00"),
        bands: std::collections::BTreeMap::new(),
    };
    let trial = operator.try_rules(&draft).await.doing(|| format!("try {DOUBLED}"))?.body;
    let after = hands.head().await?;
    let outcome = outcome(&trial, settings.scale)?;
    match outcome {
        Ok(told) if before == after => Ok(told),
        Ok(_) => Err(told(format!("the log went on from {before} to {after}"))),
        Err(found) => Err(told(found)),
    }
}

fn told(outcome: String) -> DemoError {
    DemoError::Story { story: DOUBLED, outcome }
}

/// How far the budget is overrun; what is wrong with the trial, if something is.
fn outcome(trial: &Trial, scale: Scale) -> Result<Result<String, String>, DemoError> {
    let mediation = trial.categories.iter().find(|told| told.category == Category::Mediation);
    let pool = trial.pools.iter().find(|pool| pool.code == POOL);
    let (Some(mediation), Some(pool)) = (mediation, pool) else {
        return Ok(Err(format!("no mediation or no pool in {trial:?}")));
    };
    let (real, draft) =
        (hundredths(&mediation.change.real.points)?, hundredths(&mediation.change.draft.points)?);
    let TrialPool { real: was, draft: would, .. } = pool;
    let (left, short) = (hundredths(&would.left)?, hundredths(&would.short)?);
    let costs_more = draft > real && left <= hundredths(&was.left)?;
    let overrun = short > hundredths(&was.short)? && would.short_since.is_some();
    // The pools are those of a whole year: in a part of it there is enough for twice as much.
    let as_told = costs_more && (overrun || scale < Scale::WHOLE);
    Ok(match (as_told, &would.short_since) {
        (true, Some(since)) => Ok(overrun_by(short, since)),
        (true, None) => Ok(format!("{} of the pool left, of {}", amount(left), was.left)),
        (false, _) => Err(format!("{mediation:?}, {pool:?}")),
    })
}

fn overrun_by(short: i64, since: &Instant) -> String {
    let day = since.as_str().get(..10).unwrap_or_default();
    format!("pool overrun by {} since {day}", amount(short))
}

/// The profile with twice the points for every act of mediation.
fn doubled_mediation(profile: &str) -> Result<String, DemoError> {
    let (mut is_mediation, mut text) = (false, String::with_capacity(profile.len()));
    for line in profile.lines() {
        if line.starts_with('[') {
            is_mediation = line.starts_with("[act.ME-");
        }
        let points = line.strip_prefix("points = \"").and_then(|rest| rest.strip_suffix('"'));
        match points.filter(|_| is_mediation) {
            Some(points) => {
                let twice = hundredths(&Amount::from(points))?.saturating_mul(2);
                text.push_str(&format!("points = \"{}\"", amount(twice)));
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
    fn mediation_alone_is_doubled() {
        let profile = "[act.ME-1]\npoints = \"2.5\"\nunit = \"each\"\n[act.HZ-1]\npoints = \"2\"\n";
        let doubled = doubled_mediation(profile).unwrap();
        let expected =
            "[act.ME-1]\npoints = \"5.00\"\nunit = \"each\"\n[act.HZ-1]\npoints = \"2\"\n";
        assert_eq!(doubled, expected);
    }
}
