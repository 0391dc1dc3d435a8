//! Contributions that other facts vouch for: a checked order, both sides of mutual aid. They are
//! submitted and awarded as all others are, so caps, rankings, lots and pools treat them alike.

use crate::award::{self, Assessment};
use crate::contribution::decide::{base, elsewhere, over_quota, timely};
use crate::contribution::{Claim, Contribution, Event, Queued, Status, Verification};
use crate::quantity::Points;
use crate::time::Timestamp;
use crate::{Noun, Refusal, State, conduct, notice};

/// Would the claim be taken, if somebody submitted it now?
pub(crate) fn fits(state: &State, claim: &Claim, now: Timestamp) -> Result<(), Refusal> {
    let rules = state.rules.in_force(claim.happened.end()).ok_or(Refusal::NoRulesInForce)?;
    timely(rules, claim.happened, now)?;
    let resident = state.resident(claim.resident)?;
    match resident.served.overlapping(claim.happened) {
        Some((happened, other)) => Err(Refusal::Overlaps { other, happened }),
        None => elsewhere(state, claim),
    }
}

/// The claim, with the grade of what vouches for it, and that it is held where it looks odd.
pub(crate) fn submitted_by(
    state: &State,
    claim: Claim,
    now: Timestamp,
) -> Result<Vec<crate::Event>, Refusal> {
    let held = conduct::held(&claim, conduct::signs(state, &claim, now)?, false);
    let facts = [Some(submitted(state, claim)?), held.map(crate::Event::from)];
    Ok(facts.into_iter().flatten().collect())
}

/// The claim alone, where one fact is all that there can be.
pub(crate) fn submitted(state: &State, claim: Claim) -> Result<crate::Event, Refusal> {
    let rules = state.rules.in_force(claim.happened.end()).ok_or(Refusal::NoRulesInForce)?;
    let grade = rules.grade_of(claim.signals);
    Ok(Event::Submitted { claim, grade, caused_by: None }.into())
}

/// What becomes of a word beyond what a day allows, where other facts have called for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beyond {
    /// It counts against the day and is good all the same.
    Counts,
    /// It waits for the next day, or for an officer of a higher level, as any other word does.
    Waits,
}

/// The claim, the words for it, and its award, which need no further officer; where it looks odd it
/// is held instead, until somebody has looked, and where a word is beyond its day it waits for that.
pub(crate) fn reward(
    state: &State,
    claim: Claim,
    words: Vec<Verification>,
    beyond: Beyond,
    now: Timestamp,
) -> Result<Vec<crate::Event>, Refusal> {
    let rules = state.rules.in_force(claim.happened.end()).ok_or(Refusal::NoRulesInForce)?;
    let act = rules.act(&claim.act).ok_or_else(|| Refusal::UnknownAct(claim.act.clone()))?;
    let contribution = Contribution {
        claim: claim.clone(),
        grade: rules.grade_of(claim.signals),
        status: Status::Pending,
        verified_by: words.iter().map(|word| word.officer).collect(),
        difficulty: None,
        given: None,
        queued: None,
    };
    // What is held by the rules of before was never assessed.
    let assess = || {
        let each = base(act, None)?;
        let found = Assessment::ordinary(each);
        Ok((award::assess(state, rules, act, &contribution, found, now)?, each))
    };
    let (good, waiting, assessed) = match beyond {
        Beyond::Counts => (words, None, None),
        Beyond::Waits => {
            let (award, each) = assess()?;
            let (good, waiting) = within(state, &contribution, words, award.points(), now)?;
            (good, waiting, Some((award, each)))
        }
    };
    let held = conduct::held(&claim, conduct::signs(state, &claim, now)?, waiting.is_none());
    let last = match (held, &waiting) {
        (Some(held), _) => Some(held.into()),
        (None, Some(_)) => None,
        (None, None) => {
            let (award, each) = assessed.map_or_else(assess, Ok)?;
            Some(notice::concluded(rules, award, each, now))
        }
    };
    let mut facts = vec![submitted(state, claim)?];
    facts.extend(good.into_iter().map(|word| Event::Verified(word).into()));
    facts.extend(waiting.map(|queued| Event::Queued(queued).into()));
    facts.extend(last);
    Ok(facts)
}

/// The words that the day allows, and the first that it doesn't. The points are on the last one, as ever.
fn within(
    state: &State,
    contribution: &Contribution,
    words: Vec<Verification>,
    points: Points,
    now: Timestamp,
) -> Result<(Vec<Verification>, Option<Queued>), Refusal> {
    let last = words.last().map(|word| word.officer);
    let (mut good, mut waiting) = (Vec::new(), None);
    for word in words {
        let Some(officer) = state.officers.get(word.officer) else {
            return Err(Refusal::Unknown(Noun::Officer));
        };
        let points = if last == Some(word.officer) { points } else { Points::ZERO };
        match over_quota(state, contribution, officer, &word, points, now) {
            Some(queued) => waiting = waiting.or(Some(queued)),
            None => good.push(word),
        }
    }
    Ok((good, waiting))
}
