//! Households (居民家庭户), each in one micro-grid.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::area::Level;
use crate::id::{AreaId, HouseholdId};
use crate::{Decision, Noun, Refusal, State};

/// A household as it was registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Household {
    /// Its id.
    pub household: HouseholdId,
    /// The micro-grid it lives in.
    pub micro_grid: AreaId,
}

/// What can be wished of households.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Register a household.
    Register(Household),
}

/// What happened to households.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A household was registered.
    Registered(Household),
}

pub(crate) fn decide(state: &State, command: &Command) -> Result<Decision, Refusal> {
    match command {
        Command::Register(household) => {
            state.households.vacant(household.household, Noun::Household)?;
            let level = state.area(household.micro_grid)?.level;
            if level != Level::MicroGrid {
                let (expected, found) = (Some(Level::MicroGrid), Some(level));
                return Err(Refusal::WrongLevel { expected, found });
            }
            Ok(Decision::one(Event::Registered(*household)))
        }
    }
}
