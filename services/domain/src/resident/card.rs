//! A resident's card (居民卡): one at a time. A card that is lost is blocked, and another one takes
//! its place; a number that was a card's is never another's.
//!
//! The PIN that a card is shown with is the gateway's: of it the log knows nothing.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{OfficerId, ResidentId, StationId};
use crate::resident::{Event, Resident};
use crate::state::{Law, Step, known};
use crate::text::CardCode;
use crate::{Decision, Noun, Refusal, State};

/// Whose hand a card is issued or blocked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum CardDesk {
    /// An officer whose area holds the resident's home.
    Officer(OfficerId),
    /// A station, which anybody may come to.
    Station(StationId),
}

/// A card for a resident, in the place of the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardIssue {
    /// Whose it will be.
    pub resident: ResidentId,
    /// Its code.
    pub card: CardCode,
    /// By whom.
    pub by: CardDesk,
}

/// A card that is to be good for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardBlock {
    /// Its code.
    pub card: CardCode,
    /// By whom.
    pub by: CardDesk,
}

pub(super) fn issue(state: &State, issue: CardIssue) -> Result<Decision, Refusal> {
    let resident = state.resident(issue.resident)?;
    if state.cards.contains(issue.card) {
        return Err(Refusal::CardTaken);
    }
    serves(state, issue.by, resident)?;
    Ok(Decision::one(Event::CardIssued { issue, before: resident.card }))
}

pub(super) fn block(state: &State, block: CardBlock) -> Result<Decision, Refusal> {
    let id = *state.cards.get(block.card).ok_or(Refusal::Unknown(Noun::Card))?;
    let resident = state.resident(id)?;
    if resident.card != Some(block.card) {
        return Err(Refusal::CardBlocked);
    }
    serves(state, block.by, resident)?;
    Ok(Decision::one(Event::CardBlocked { block, resident: id }))
}

/// May this desk give this resident a card, or take one?
fn serves(state: &State, desk: CardDesk, resident: &Resident) -> Result<(), Refusal> {
    match desk {
        CardDesk::Station(station) => state.station(station).map(|_| ()),
        CardDesk::Officer(officer) => {
            let outer = state.officer_on_duty(officer)?.appointment.area;
            state.lives_within(resident, outer)
        }
    }
}

pub(super) fn issued(state: &mut State, issue: CardIssue, before: Option<CardCode>) -> Step {
    let resident = known(state.residents.get_mut(issue.resident), issue.resident)?;
    if resident.card != before {
        return Err((Law::Known, format!("the card of {} is {:?}", issue.resident, resident.card)));
    }
    resident.card = Some(issue.card);
    state.cards.insert(issue.card, issue.resident);
    Ok(())
}

pub(super) fn blocked(state: &mut State, block: CardBlock, id: ResidentId) -> Step {
    let resident = known(state.residents.get_mut(id), id)?;
    known((resident.card == Some(block.card)).then_some(()), block.card)?;
    resident.card = None;
    Ok(())
}
