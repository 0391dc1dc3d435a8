//! A rule set in the words in which it was written, and what is otherwise in another. Both are told
//! of the record that published it: the read model keeps what screens ask for, the log keeps all.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::response::Response;
use linli_api::rules::{RuleChange, RuleDiff, RuleLine, RuleSheet};
use linli_domain::rules::{Event as Happened, RuleSet as Rules, RuleVersion};
use linli_domain::{Event, Position};
use linli_profile::{Change, Line, diff as changes, lines};
use linli_readmodel::Projection;
use linli_readmodel::directory::RuleSet;

use crate::front::Here;
use crate::gateway::Inner;
use crate::problem::{Kind, Problem};
use crate::receipt::tried;
use crate::request::{PathText, Reading};
use crate::routes::rules::in_short;
use crate::told::{Seen, fault, shown};

/// A rule set, key by key
///
/// All that it says, in the words and the order of a profile: to be printed, and to be held against
/// the file that somebody keeps.
#[utoipa::path(get, path = "/v1/rules/{version}/sheet", tag = "rules",
    params(("version" = u32, Path, description = "The version")),
    responses((status = 200, description = "All that it says", body = RuleSheet)))]
pub(super) async fn sheet(
    Here(gateway): Here,
    PathText(version): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Directory], reading.after).await?;
    let sets = gateway.reader.rule_sets().await.map_err(fault)?;
    let set = published(&sets, version.parse().ok().map(RuleVersion))?;
    let rules = gateway.said(set.position).await?;
    let line = |Line { key, value }| RuleLine { key, value };
    let told = RuleSheet {
        rules: in_short(set),
        position: set.position.0,
        tried: rules.tried.as_ref().map(tried),
        lines: lines(&rules).into_iter().map(line).collect(),
    };
    Ok(shown(position, &told))
}

/// What is otherwise in a rule set
///
/// Line by line, each with its act, what stood there and what stands there. Its version and its
/// date are in its head.
#[utoipa::path(get, path = "/v1/rules/{version}/diff", tag = "rules",
    params(("version" = u32, Path, description = "The version"),
        ("from" = Option<u32>, Query, description = "The version that it is held against; the one before it unless told")),
    responses((status = 200, description = "The lines that are not the same", body = RuleDiff)))]
pub(super) async fn diff(
    Here(gateway): Here,
    PathText(version): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let from = reading.asked.value("from")?.map(RuleVersion);
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Directory], reading.after).await?;
    let sets = gateway.reader.rule_sets().await.map_err(fault)?;
    let set = published(&sets, version.parse().ok().map(RuleVersion))?;
    let from = match from {
        Some(from) => Some(published(&sets, Some(from))?),
        None => sets.iter().rev().find(|other| other.version < set.version),
    };
    let before = match from {
        Some(from) => lines(&*gateway.said(from.position).await?),
        None => Vec::new(),
    };
    let rules = gateway.said(set.position).await?;
    let told = RuleDiff {
        from: from.map(in_short),
        to: in_short(set),
        tried: rules.tried.as_ref().map(tried),
        changes: changes(&before, &lines(&rules)).into_iter().map(change).collect(),
    };
    Ok(shown(position, &told))
}

fn published(sets: &[RuleSet], version: Option<RuleVersion>) -> Result<&RuleSet, Problem> {
    let found = sets.iter().find(|set| Some(set.version) == version);
    found.ok_or_else(|| Problem::plain(Kind::NotFound))
}

fn change(told: Change) -> RuleChange {
    let act = told.act().map(str::to_owned);
    let Change { key, before, after } = told;
    RuleChange { key, act, before, after }
}

/// Rule sets that were asked for, by the records that published them. What a record says stays so, so
/// nothing here grows old; every contribution that is shown asks for one.
#[derive(Debug, Default)]
pub(crate) struct Said(Mutex<BTreeMap<Position, Arc<Rules>>>);

/// Most rule sets that are kept, the newest: old contributions are looked at seldom.
const SAID_MAX: usize = 16;

impl Said {
    fn get(&self, position: Position) -> Option<Arc<Rules>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&position).cloned()
    }

    fn keep(&self, position: Position, rules: Arc<Rules>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(position, rules);
        while kept.len() > SAID_MAX {
            kept.pop_first();
        }
    }
}

impl Inner {
    /// The rule set that was published at this position; not found if none was, which a read model
    /// that is made of the log doesn't tell of.
    pub(super) async fn said(&self, position: Position) -> Result<Arc<Rules>, Problem> {
        if let Some(rules) = self.said.get(position) {
            return Ok(rules);
        }
        let found = self.record_at(position).await?;
        let rules = found.and_then(|(record, _)| rules_of(record.event));
        let rules = Arc::from(rules.ok_or_else(|| Problem::plain(Kind::NotFound))?);
        self.said.keep(position, Arc::clone(&rules));
        Ok(rules)
    }
}

fn rules_of(event: Event) -> Option<Box<Rules>> {
    let Event::Rules(Happened::Published(rules)) = event else { return None };
    Some(rules)
}
