//! Rules: published as the text of a profile, and what was published.

use axum::response::Response;
use linli_api as api;
use linli_api::Bilingual;
use linli_api::receipt::Receipt;
use linli_api::rules::{RuleBook, RulesPublished};
use linli_domain::Refusal;
use linli_domain::rules::{Command, RuleVersion};
use linli_domain::time::Timestamp;
use linli_port::Rejected;
use linli_profile::ProfileError;
use linli_readmodel::Projection;
use linli_readmodel::directory::{Act, RuleSet};

use crate::command::{Deed, answered};
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Spoken as _};
use crate::problem::{Kind, Problem};
use crate::receipt::{amount, instant, rules};
use crate::request::{Asked, PathText, Reading, Sent};
use crate::told::{Seen, fault, log_fault, shown};

const PUBLISH: Deed = Deed::creating("rules.publish");

/// How often a set is handed in again under what the ledger then says is next: others who publish at
/// the same moment were first so often, and the read models know nothing of it yet.
const AGAIN_MAX: u8 = 7;

/// Where a set is to stand, as far as its sender told it.
#[derive(Clone, Copy)]
struct Standing {
    version: Option<RuleVersion>,
    effective_from: Option<Timestamp>,
}

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
        "" => None,
        text => Some(parse::instant("effective_from", &text.into())?),
    };
    let version = sent.asked.value("version")?.map(RuleVersion);
    let period = period(&mut sent.asked)?;
    sent.asked.done()?;
    let text = std::str::from_utf8(&sent.body).map_err(|_| not_text())?;
    // What is wished for is more than the text: the same text without a trial is another wish.
    let subject = match &period {
        Some((from, until)) => {
            format!("{subject} tried {} {}", from.microseconds(), until.microseconds())
        }
        None => subject,
    };
    let standing = Standing { version, effective_from };
    let mut set = gateway.next_set(text, standing).await?;
    let mut again = AGAIN_MAX;
    loop {
        gateway.try_first(&sent, &mut set, period).await?;
        let command = Command::Publish(Box::new(set.clone()));
        let rejected = match gateway.hand_in(PUBLISH, &sent, &subject, command.into()).await? {
            Ok(accepted) => return answered(PUBLISH, &accepted, rules),
            Err(rejected) => rejected,
        };
        if again == 0 || !gateway.put_right(standing, &mut set, &rejected).await? {
            return Err(Problem::from(&rejected));
        }
        again = again.saturating_sub(1);
    }
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
    /// The set that a profile says. What its sender didn't tell is as the directory has it, which may
    /// be behind the log: see [`Inner::put_right`].
    async fn next_set(
        &self,
        text: &str,
        told: Standing,
    ) -> Result<linli_domain::rules::RuleSet, Problem> {
        let effective_from = match told.effective_from {
            Some(instant) => instant,
            None => self.ledger_time(Projection::Directory).await?,
        };
        let version = match told.version {
            Some(version) => version,
            None => {
                let known = self.reader.rule_sets().await.map_err(fault)?;
                RuleVersion(known.last().map_or(0, |set| set.version.0).saturating_add(1))
            }
        };
        rule_set(text, version, effective_from)
    }

    /// Tries a set on the period that its sender told, if one was.
    async fn try_first(
        &self,
        sent: &Sent,
        set: &mut linli_domain::rules::RuleSet,
        period: Option<(Timestamp, Timestamp)>,
    ) -> Result<(), Problem> {
        let Some((from, until)) = period else { return Ok(()) };
        // What was published under this key is told again: a trial takes as long as two replays, and
        // would be of no use to anybody.
        if !self.has_done(sent).await? {
            set.tried = None;
            set.tried = Some(self.tried(set, from, until).await?);
        }
        Ok(())
    }

    /// Takes from a refusal what the directory didn't know yet, and answers if it is of use to hand
    /// the set in again. A refusal leaves no record, so its key is free; and what the sender told
    /// stays refused.
    async fn put_right(
        &self,
        told: Standing,
        set: &mut linli_domain::rules::RuleSet,
        rejected: &Rejected,
    ) -> Result<bool, Problem> {
        let Rejected::Refused(refusal) = rejected else { return Ok(false) };
        if let (Refusal::RulesVersion { expected, .. }, None) = (refusal, told.version) {
            set.version = *expected;
            return Ok(true);
        }
        if let (Refusal::RulesOutOfOrder { after }, None) = (refusal, told.effective_from) {
            // The log knows the last record's time for sure. Rules of the future stay in the way.
            let head = self.log.head(&self.district).await.map_err(log_fault)?;
            let now = head
                .map_or(set.effective_from, |head| Timestamp::from_microseconds(head.recorded_at));
            set.effective_from = now;
            return Ok(now >= *after);
        }
        Ok(false)
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
