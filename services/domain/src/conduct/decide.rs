//! What a submission leads to where something looks odd, and whose word lets it go on.

use crate::award::{self, Assessment};
use crate::conduct::{Command, Event, Holding, Review, Sign, Verdict, signs};
use crate::contribution::{self, Claim, Status, base, has_authority};
use crate::id::ContributionId;
use crate::time::Timestamp;
use crate::{Decision, Refusal, State, notice};

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Review(review) => self::review(state, *review, now),
    }
}

/// A submission, and that it is held where something looks odd.
pub(crate) fn submitted(
    state: &State,
    fact: contribution::Event,
    claim: &Claim,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let signs = signs(state, claim, now)?;
    Ok(match held(claim, signs, false) {
        Some(held) => Decision::two(fact, held),
        None => Decision::one(fact),
    })
}

/// That what a seat became is held, by what was found odd about it.
pub(crate) fn found_odd(state: &State, id: ContributionId) -> Option<Event> {
    let odd = state.odd.get(id)?;
    held(&state.contributions.get(id)?.claim, odd.signs.clone(), false)
}

/// That a claim is held; none if nothing looks odd.
pub(crate) fn held(claim: &Claim, signs: Vec<Sign>, complete: bool) -> Option<Event> {
    let Claim { contribution, resident, grid, .. } = *claim;
    let holding = || Holding { contribution, resident, grid, signs: signs.clone(), complete };
    (!signs.is_empty()).then(|| Event::Held(Box::new(holding())))
}

/// Somebody with authority over where it was done and nothing to do with its people, of the level
/// that the rules want, looks at it. What everybody had vouched for is awarded when it is released.
fn review(state: &State, review: Review, now: Timestamp) -> Result<Decision, Refusal> {
    let contribution = state.contribution(review.contribution)?;
    let held = match contribution.status {
        Status::Held => state.held.get(review.contribution).ok_or(Refusal::NotHeld)?,
        Status::Pending
        | Status::OnNotice
        | Status::Awarded
        | Status::Rejected
        | Status::Reversed => return Err(Refusal::NotHeld),
    };
    let claim = &contribution.claim;
    let rules = state.rules.in_force(claim.happened.end()).ok_or(Refusal::NoRulesInForce)?;
    let officer = has_authority(state, contribution, review.officer)?;
    officer.no_lower(state, contribution)?;
    let found = officer.appointment.duty.level();
    let needed = rules.conduct.as_ref().map_or(found, |terms| terms.reviewer);
    if found < needed {
        return Err(Refusal::LevelTooLow { needed, found });
    }
    let reviewed = Event::Reviewed(review);
    if !held.complete || review.verdict != Verdict::Release {
        return Ok(Decision::one(reviewed));
    }
    let act = rules.act(&claim.act).ok_or_else(|| Refusal::UnknownAct(claim.act.clone()))?;
    let each = base(act, None)?;
    let award = award::assess(state, rules, act, contribution, Assessment::ordinary(each), now)?;
    Ok(Decision::two(reviewed, notice::concluded(rules, award, each, now)))
}
