//! Draft rules, tried on a period of the past before anybody publishes them.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use linli_api::trial::{
    Trial as ApiTrial, TrialCategory, TrialChange, TrialGroup, TrialOutstanding, TrialPerson,
    TrialPool, TrialPoolSide, TrialRefused as ApiRefused, TryRules,
};
use linli_archive::{Bands, Change, Draft, Person, PoolTold, Refused, Side, Trial, TrialRefused};
use linli_domain::Position;
use linli_domain::id::ResidentId;
use linli_domain::rules::{RuleSet, RuleVersion, Tried};
use linli_domain::time::Timestamp;

use crate::command::told;
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Spoken as _};
use crate::problem::{Kind, Problem};
use crate::receipt::{amount, id, instant, tried_sums};
use crate::request::{SentLarge, json};
use crate::routes::past::past_fault;
use crate::routes::rules::rule_set;

/// Try draft rules on a period of the past
///
/// Every wish of the period is asked again under the draft, in a copy of the ledger's state, and
/// the two worlds are compared: who gains and who loses, by category, grid and band, what becomes
/// of the pools, and what would have been refused. Nothing is written. Takes about twice as long
/// as a replay of the log.
#[utoipa::path(post, path = "/v1/rules/trials", tag = "rules", request_body = TryRules,
    responses((status = 200, description = "What it came to", body = ApiTrial)))]
pub(super) async fn run(Here(gateway): Here, sent: SentLarge) -> Result<Response, Problem> {
    let said: TryRules = json(&sent.body)?;
    let (from, until) =
        (parse::instant("from", &said.from)?, parse::instant("until", &said.until)?);
    let rules = rule_set(&said.profile, RuleVersion(1), from)?;
    let draft = Draft { rules, from, until, bands: bands(&said.bands)? };
    let trial = gateway.archive.try_rules(draft).await.map_err(|it| refused(it, "until"))?;
    Ok(told(StatusCode::OK, Position(trial.position), &tell(&trial)))
}

impl Inner {
    /// What a rule set comes to on a period, for the record that will publish it.
    pub(super) async fn tried(
        &self,
        rules: &RuleSet,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Tried, Problem> {
        let draft = Draft { rules: rules.clone(), from, until, bands: Bands::new() };
        let trial = self.archive.try_rules(draft).await.map_err(|it| refused(it, "tried_until"))?;
        Ok(trial.in_short(from, until))
    }
}

fn bands(said: &BTreeMap<String, String>) -> Result<Bands, Problem> {
    let band = |(resident, band): (&String, &String)| {
        let resident = parse::id::<ResidentId>("bands", &resident.as_str().into())?;
        Ok((resident, band.clone()))
    };
    said.iter().map(band).collect()
}

/// `until` is what the sender calls the end of the period.
fn refused(refused: TrialRefused, until: &'static str) -> Problem {
    match refused {
        TrialRefused::Invalid(invalid) => Problem::new(
            Kind::InvalidProfile,
            "规则不合常理。",
            format!("The draft makes no sense: {invalid}."),
        ),
        TrialRefused::Period => Problem::plain(Kind::InvalidInterval).with("field", until),
        TrialRefused::Archive(error) => past_fault(error),
    }
}

fn tell(trial: &Trial) -> ApiTrial {
    let group = |name: String, told: &Change| TrialGroup { group: name, change: change(told) };
    let category = |(category, told): (&linli_domain::rules::Category, &Change)| TrialCategory {
        category: category.said(),
        change: change(told),
    };
    let (real, draft) = trial.outstanding;
    ApiTrial {
        position: trial.position,
        all: change(&trial.all),
        categories: trial.categories.iter().map(category).collect(),
        grids: trial.grids.iter().map(|(grid, told)| group(grid.to_string(), told)).collect(),
        bands: trial.bands.iter().map(|(band, told)| group(band.clone(), told)).collect(),
        pools: trial.pools.iter().map(pool).collect(),
        outstanding: TrialOutstanding { real: amount(real), draft: amount(draft) },
        people: trial.people.iter().map(person).collect(),
        refused: trial.refused.iter().map(said).collect(),
    }
}

fn change(told: &Change) -> TrialChange {
    let Change { real, draft, gain, lose } = told;
    TrialChange { real: tried_sums(real), draft: tried_sums(draft), gain: *gain, lose: *lose }
}

fn pool(told: &PoolTold) -> TrialPool {
    TrialPool {
        pool: id(told.pool),
        code: told.code.clone(),
        real: side(&told.real),
        draft: side(&told.draft),
    }
}

fn side(told: &Side) -> TrialPoolSide {
    TrialPoolSide {
        left: amount(told.left),
        short: amount(told.short),
        short_since: told.short_since.map(instant),
    }
}

fn person(told: &Person) -> TrialPerson {
    TrialPerson { resident: id(told.resident), real: amount(told.real), draft: amount(told.draft) }
}

fn said(told: &Refused) -> ApiRefused {
    ApiRefused { reason: told.reason.clone(), times: told.times }
}
