//! Whose second look counts.

use crate::contribution::has_authority;
use crate::inspection::{Command, Event, Inspection};
use crate::time::Timestamp;
use crate::{Decision, Refusal, State};

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Inspect(word) => inspect(state, word, now),
    }
}

/// An inspector has authority over where it was done, has nothing to do with the people in it, and
/// stands no lower than those who vouched for it, of whom none inspects.
fn inspect(state: &State, word: &Inspection, now: Timestamp) -> Result<Decision, Refusal> {
    let contribution = state.contribution(word.contribution)?;
    let drawn = state.inspections.get(word.contribution).ok_or(Refusal::NotDrawn)?;
    if drawn.outcome.is_some() {
        return Err(Refusal::AlreadyInspected);
    }
    has_authority(state, contribution, word.officer)?.no_lower(state, contribution)?;
    let rules = state.rules.in_force(now).ok_or(Refusal::NoRulesInForce)?;
    let sampling = rules.fairness.sampling.as_ref().ok_or(Refusal::NoRulesInForce)?;
    let before = state.officers.get(drawn.verifier).and_then(|officer| officer.rate);
    let rate = sampling.moved(before.unwrap_or(sampling.start), word.outcome);
    Ok(Decision::one(Event::Inspected { word: *word, verifier: drawn.verifier, rate }))
}
