//! Moving house (居民迁居): a resident lives with another household from then on.
//!
//! What was earned stays where it was earned, so the boards of areas say of the old grid what was
//! done there and of the new one what is done since. Whom a household's rules bind goes with the
//! person: who may verify whom, and what limits count for a household. Stored time goes along too, and the
//! clearing of both communities follows it in the same decision.

use crate::id::{HouseholdId, ResidentId};
use crate::resident::Event;
use crate::state::{Law, Step, known};
use crate::{Decision, Noun, Refusal, State};

/// Who moves where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Who moves.
    pub resident: ResidentId,
    /// To which household: one that is registered, also if nobody lives in it yet.
    pub household: HouseholdId,
    /// Does that household receive assistance?
    pub assisted: bool,
}

pub(super) fn decide(state: &State, to: Move) -> Result<Decision, Refusal> {
    let before = state.resident(to.resident)?.registration.household;
    if !state.households.contains(to.household) {
        return Err(Refusal::Unknown(Noun::Household));
    }
    if before == to.household {
        return Err(Refusal::LivesThere);
    }
    let moved = Event::Moved { to, before };
    Ok(match state.time_followed(to.resident, (before, to.household)) {
        Some(followed) => Decision::two(moved, followed),
        None => Decision::one(moved),
    })
}

pub(super) fn evolve(state: &mut State, to: Move, before: HouseholdId) -> Step {
    let resident = known(state.residents.get_mut(to.resident), to.resident)?;
    let home = &mut resident.registration;
    if home.household != before {
        return Err((Law::Known, format!("{} lives in {}", to.resident, home.household)));
    }
    (home.household, home.assisted) = (to.household, to.assisted);
    state.takings_move(to.resident, before, to.household);
    Ok(())
}
