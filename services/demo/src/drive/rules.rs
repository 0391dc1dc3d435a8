//! The second set of rules: tried on ten months of the year, published from that trial, and in force from
//! November on. What is otherwise than in the first set is held against what it should be, line by line.

use linli_api::Client;
use linli_api::rules::{Publishing, RuleChange, RuleDiff};

use super::tally::Tally;
use crate::calendar::{Day, Moment};
use crate::error::{DemoError, Doing as _};
use crate::summary::SecondRules;
use crate::traffic::SECOND_RULES;

const STORY: &str = "a second set of rules, published from its trial";

/// It is tried and published on the eve of the day from which on it is in force.
const PUBLISHED_ON: Day = Day(SECOND_RULES.0.saturating_sub(1));

/// The lines of the first set that the second one goes on after, and with what: a clearing may be hard; a
/// check-out that was forgotten is looked at as any claim is.
const ADDED: [(&str, &str); 3] = [
    ("[coefficients]\n", "difficulty = [\"1.2\", \"1.5\"]\n"),
    ("[act.EN-2]\n", "difficulty = true\n"),
    ("[conduct]\n", "forgotten_check_outs = true\n"),
];

/// The lines that are others: communities owe each other less.
const CHANGED: [(&str, &str); 2] = [
    ("surplus_hours = 5000\n", "surplus_hours = 20\n"),
    ("deficit_hours = 5000\n", "deficit_hours = 20\n"),
];

/// While the departments have less than this, awards that draw on them are a half of themselves, so that at
/// the year's end there is something for everybody. Merit and minutes are whole.
const THROTTLE: &str = "\n[throttle.departments]\nbelow = \"1000\"\npart = \"0.5\"\n";

/// What is otherwise, as the server tells it.
const DIFFERENT: [&str; 8] = [
    "act.EN-2.difficulty: none → true",
    "coefficients.difficulty.1: none → 1.2",
    "coefficients.difficulty.2: none → 1.5",
    "conduct.forgotten_check_outs: none → true",
    "throttle.departments.below: none → 1000",
    "throttle.departments.part: none → 0.5",
    "time_bank.deficit_hours: 5000 → 20",
    "time_bank.surplus_hours: 5000 → 20",
];

/// The text of the second set, made of that of the first.
pub(super) fn second(first: &str) -> Result<String, DemoError> {
    let mut text = first.to_owned();
    let added = ADDED.map(|(line, more)| (line, format!("{line}{more}")));
    let changed = CHANGED.map(|(line, other)| (line, other.to_owned()));
    for (line, instead) in added.into_iter().chain(changed) {
        if !text.contains(line) {
            return Err(DemoError::Plan("a line of the rules"));
        }
        text = text.replacen(line, &instead, 1);
    }
    text.push_str(THROTTLE);
    Ok(text)
}

/// The second set, as long as it is to come.
pub(super) struct Reform<'a> {
    operator: &'a Client,
    first: &'a str,
    to_come: bool,
}

impl<'a> Reform<'a> {
    pub(super) const fn new(operator: &'a Client, first: &'a str) -> Self {
        Self { operator, first, to_come: true }
    }

    /// What is to be done at a stop of the clock.
    pub(super) async fn stop(&mut self, at: Moment, tally: &mut Tally) -> Result<(), DemoError> {
        if self.to_come && at.day() >= PUBLISHED_ON {
            self.to_come = false;
            tally.shown.second_rules = self.publish().await?;
            tally.command();
        }
        Ok(())
    }

    /// The year is over, and so they have to be in force.
    pub(super) fn end(self) -> Result<(), DemoError> {
        if self.to_come { Err(ended("nobody published it")) } else { Ok(()) }
    }

    async fn publish(&self) -> Result<SecondRules, DemoError> {
        let from = Moment::on(SECOND_RULES, 0).instant();
        let publishing = Publishing {
            effective_from: Some(from.clone()),
            version: Some(2),
            tried: Some((Moment::NEW_YEAR.instant(), from)),
        };
        let text = second(self.first)?;
        let published = self.operator.publish("rules-2025-11", &text, &publishing).await;
        let published = published.doing(|| "publish the second rules".to_owned())?.body;
        let reader = self.operator.after(published.last);
        let diff = reader.rule_diff(2, None).await;
        let diff = diff.doing(|| "hold the rules against the first".to_owned())?.body;
        let tried = published.changed.tried.filter(|tried| diff.tried.as_ref() == Some(tried));
        let mut changes: Vec<String> = diff.changes.iter().map(told).collect();
        changes.sort_unstable();
        let is_next = (diff.to.version, versions(&diff)) == (2, Some(1));
        let Some(tried) = tried.filter(|_| is_next && changes == DIFFERENT) else {
            return Err(ended(&format!("they differ in {changes:?}, {diff:?}")));
        };
        Ok(SecondRules {
            version: diff.to.version,
            changes,
            points_of_first: tried.change.real.points,
            points_of_second: tried.change.draft.points,
            points_short: tried.short,
            found_hard: 0,
        })
    }
}

/// The version that it is held against.
fn versions(diff: &RuleDiff) -> Option<u32> {
    diff.from.as_ref().map(|from| from.version)
}

/// A line that isn't the same.
fn told(change: &RuleChange) -> String {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "none".to_owned());
    format!("{}: {} → {}", change.key, side(&change.before), side(&change.after))
}

fn ended(how: &str) -> DemoError {
    DemoError::Story { story: STORY, outcome: how.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_and_changed_once_each() {
        let first =
            "[coefficients]\n[act.EN-2]\n[conduct]\nsurplus_hours = 5000\ndeficit_hours = 5000\n";
        let text = second(first).unwrap();
        for line in ["difficulty = true", "forgotten_check_outs = true", "deficit_hours = 20"] {
            assert_eq!(text.matches(line).count(), 1, "{text}");
        }
        assert!(second("[conduct]\n").is_err(), "rules that don't say so can't be changed");
    }
}
