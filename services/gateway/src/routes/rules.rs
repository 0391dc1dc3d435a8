//! Rules: published as the text of a profile, and what was published.

use axum::response::Response;
use linli_api as api;
use linli_api::Bilingual;
use linli_api::receipt::Receipt;
use linli_api::rules::{RuleBook, RulesPublished};
use linli_domain::rules::{Command, RuleVersion};
use linli_domain::time::Timestamp;
use linli_profile::ProfileError;
use linli_readmodel::Projection;
use linli_readmodel::directory::{Act, RuleSet};

use crate::command::Deed;
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Spoken as _};
use crate::problem::{Kind, Problem};
use crate::receipt::{amount, instant, rules};
use crate::request::{Asked, PathText, Reading, Sent};
use crate::told::{Seen, fault, shown};

const PUBLISH: Deed = Deed::creating("rules.publish");

/// What a profile that came over HTTP is called in its mistakes.
const FILE_NAME: &str = "profile.toml";

/// Publish a rule set
///
/// The body is the text of a profile. A mistake in it is refused as `invalid-profile`, with line,
/// column and reason.
///
/// With `tried_from` and `tried_until` it is tried on that period first, as by `/v1/rules/trials`, and
/// published with what the trial came to beside it: who gains and loses, and what the pools lack.
#[utoipa::path(post, path = "/v1/rules", tag = "rules",
    params(("effective_from" = Option<String>, Query, description = "Contributions that end at or after this instant (RFC 3339) are awarded by it; from the last record's time on unless told"),
        ("version" = Option<u32>, Query, description = "Its version, which has to be the next; the next one unless told"),
        ("tried_from" = Option<String>, Query, description = "Try it first: contributions of the past that ended at or after this instant are awarded by it"),
        ("tried_until" = Option<String>, Query, description = "The period of the trial ends before this instant; both or neither")),
    request_body(content = String, content_type = "application/toml", description = "A profile"),
    responses((status = 201, description = "Published", body = Receipt<RulesPublished>)))]
pub(super) async fn publish(Here(gateway): Here, mut sent: Sent) -> Result<Response, Problem> {
    let subject = sent.asked.text("effective_from").unwrap_or_default();
    let effective_from = match subject.as_str() {
        "" => gateway.ledger_time(Projection::Directory).await?,
        text => parse::instant("effective_from", &text.into())?,
    };
    let version = match sent.asked.value("version")? {
        Some(version) => RuleVersion(version),
        None => gateway.next_version().await?,
    };
    let period = period(&mut sent.asked)?;
    sent.asked.done()?;
    let text = std::str::from_utf8(&sent.body).map_err(|_| not_text())?;
    let mut set = rule_set(text, version, effective_from)?;
    // What is wished for is more than the text: the same text without a trial is another wish.
    let subject = match &period {
        Some((from, until)) => {
            // What was published under this key is told again: a trial takes as long as two replays, and
            // would be of no use to anybody.
            if !gateway.has_done(&sent).await? {
                set.tried = Some(gateway.tried(&set, *from, *until).await?);
            }
            format!("{subject} tried {} {}", from.microseconds(), until.microseconds())
        }
        None => subject,
    };
    let command = Command::Publish(Box::new(set));
    gateway.submit(PUBLISH, &sent, &subject, command.into(), rules).await
}

/// The period on which a set is to be tried before it is published, if it is.
fn period(asked: &mut Asked) -> Result<Option<(Timestamp, Timestamp)>, Problem> {
    let mut instant = |name: &'static str| {
        let said = asked.text(name);
        said.map(|text| parse::instant(name, &text.as_str().into())).transpose()
    };
    match (instant("tried_from")?, instant("tried_until")?) {
        (Some(from), Some(until)) => Ok(Some((from, until))),
        (None, None) => Ok(None),
        (from, _) => {
            let lacking = if from.is_some() { "tried_until" } else { "tried_from" };
            Err(Problem::plain(Kind::InvalidInterval).with("field", lacking))
        }
    }
}

/// The rules that a profile says.
pub(super) fn rule_set(
    text: &str,
    version: RuleVersion,
    effective_from: Timestamp,
) -> Result<linli_domain::rules::RuleSet, Problem> {
    linli_profile::parse(FILE_NAME, text, version, effective_from).map_err(|error| mistake(&error))
}

fn mistake(error: &ProfileError) -> Problem {
    let ProfileError { line, column, offending, reason, .. } = error;
    Problem::new(
        Kind::InvalidProfile,
        format!("规则文件第 {line} 行第 {column} 列有误:{reason}。"),
        format!("Line {line}, column {column}: {reason}."),
    )
    .with("line", *line)
    .with("column", *column)
    .with("reason", reason.as_str())
    .with("offending", offending.as_str())
}

fn not_text() -> Problem {
    Problem::new(Kind::InvalidProfile, "规则文件须为 UTF-8 文本。", "A profile is UTF-8 text.")
        .with("line", 1)
        .with("column", 1)
        .with("reason", "not UTF-8")
}

impl Inner {
    /// The version after the last that the directory knows. If another was published meanwhile,
    /// the ledger refuses it.
    async fn next_version(&self) -> Result<RuleVersion, Problem> {
        let known = self.reader.rule_sets().await.map_err(fault)?;
        Ok(RuleVersion(known.last().map_or(0, |rules| rules.version.0).saturating_add(1)))
    }
}

/// All rule sets ever published, oldest first
#[utoipa::path(get, path = "/v1/rules", tag = "rules",
    responses((status = 200, description = "The rule sets, in short", body = RuleBook)))]
pub(super) async fn list(Here(gateway): Here, reading: Reading) -> Result<Response, Problem> {
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Directory], reading.after).await?;
    let sets = gateway.reader.rule_sets().await.map_err(fault)?;
    Ok(shown(position, &RuleBook { rules: sets.iter().map(in_short).collect() }))
}

/// A rule set and its acts
#[utoipa::path(get, path = "/v1/rules/{version}", tag = "rules",
    params(("version" = u32, Path, description = "The version")),
    responses((status = 200, description = "The rule set", body = api::rules::RuleSet)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(version): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Directory], reading.after).await?;
    let sets = gateway.reader.rule_sets().await.map_err(fault)?;
    let wanted = version.parse().ok().map(RuleVersion);
    let set = sets
        .iter()
        .find(|set| Some(set.version) == wanted)
        .ok_or_else(|| Problem::plain(Kind::NotFound))?;
    let stars = gateway.reader.stars(set.version).await.map_err(fault)?;
    let acts = gateway.reader.acts(set.version).await.map_err(fault)?;
    let told = api::rules::RuleSet {
        rules: in_short(set),
        late_entry_days: set.late_entry_days,
        longest_minutes: set.longest.get(),
        hold_minutes: set.hold.get(),
        star_hours: stars.iter().map(|star| star.hours).collect(),
        acts: acts.iter().map(of_act).collect(),
    };
    Ok(shown(position, &told))
}

pub(super) fn in_short(set: &RuleSet) -> api::rules::Rules {
    api::rules::Rules {
        version: set.version.0,
        profile: set.profile.to_string(),
        effective_from: instant(set.effective_from),
    }
}

fn of_act(act: &Act) -> api::rules::Act {
    api::rules::Act {
        code: act.code.to_string(),
        name: Bilingual::new(act.name_zh.as_str(), act.name_en.as_str()),
        category: act.category.said(),
        unit: act.unit.said(),
        slot_minutes: act.slot.map(linli_domain::quantity::Minutes::get),
        base_least: amount(act.base_least),
        base_most: amount(act.base_most),
        assessed: act.assessed,
        merit_weight: act.merit_weight.normalize().to_string().into(),
        least_grade: act.least_grade.said(),
        verified_by: act.verified_by.said(),
        verified_levels: act.verified_levels,
        difficulties: (act.difficulties > 0).then_some(act.difficulties),
        credits_minutes: act.credits.map(linli_domain::quantity::Minutes::get),
        pool: act.pool.to_string(),
    }
}
