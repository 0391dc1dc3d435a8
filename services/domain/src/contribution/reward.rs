//! Contributions that other facts vouch for: a checked order, both sides of mutual aid. They are
//! submitted and awarded as all others are, so caps, rankings, lots and pools treat them alike.

use crate::award::{self, Assessment};
use crate::contribution::decide::{base, elsewhere, timely};
use crate::contribution::{Claim, Contribution, Event, Status, Verification};
use crate::time::Timestamp;
use crate::{Refusal, State, conduct, notice};

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

/// The claim, the words for it, and its award, which need no further officer; where it looks odd it
/// is held instead, until somebody has looked.
pub(crate) fn reward(
    state: &State,
    claim: Claim,
    words: Vec<Verification>,
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
    let last = match conduct::held(&claim, conduct::signs(state, &claim, now)?, true) {
        Some(held) => held.into(),
        None => {
            let each = base(act, None)?;
            let award =
                award::assess(state, rules, act, &contribution, Assessment::ordinary(each), now)?;
            notice::concluded(rules, award, each, now)
        }
    };
    let mut facts = vec![submitted(state, claim)?];
    facts.extend(words.into_iter().map(|word| Event::Verified(word).into()));
    facts.push(last);
    Ok(facts)
}
