//! Pseudonyms (化名): what a resident is called where rankings and notices are read.
//!
//! Two words of a list that the district's apps know, and a number where somebody was called so
//! before. No text comes from outside, so nobody's name stands in the log, nobody calls himself
//! mayor, and there is nothing to take offence at but how two words happen to meet: such a pair an
//! officer withdraws, for everybody. A number is never given again, so nobody is taken for who was
//! called so earlier.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::area::Level;
use crate::id::{OfficerId, ResidentId};
use crate::state::{Law, Step, known};
use crate::{Decision, Refusal, State};

/// How many first words there are, and how many second ones. Words are only added to the lists.
pub const PSEUDONYM_WORDS: u8 = 64;

/// Two words, by their places in the two lists: each below [`PSEUDONYM_WORDS`].
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct Words {
    /// What kind of one.
    pub first: u8,
    /// What.
    pub second: u8,
}

/// A pseudonym: nobody else of the district has it, had it or will have it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct Pseudonym {
    /// The words.
    pub words: Words,
    /// The how manieth of these words, from 1.
    pub number: u32,
}

/// Why an officer withdraws one: a closed list, since free text about people stays out of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum WithdrawalReason {
    /// The two words together offend.
    Offensive,
    /// People take it for somebody else.
    TakenForAnother,
}

/// What can be wished of pseudonyms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PseudonymWish {
    /// Be called so from now on.
    Choose {
        /// Who.
        resident: ResidentId,
        /// How.
        words: Words,
    },
    /// Be called nothing.
    Drop(ResidentId),
    /// Withdraw a resident's pseudonym; its words are nobody's from then on.
    Withdraw {
        /// Whose.
        resident: ResidentId,
        /// Who says so.
        officer: OfficerId,
        /// Why.
        reason: WithdrawalReason,
    },
}

/// What happened to pseudonyms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PseudonymFact {
    /// A resident is called so from now on.
    Chosen {
        /// Who.
        resident: ResidentId,
        /// How.
        pseudonym: Pseudonym,
    },
    /// A resident gave one up.
    Dropped {
        /// Who.
        resident: ResidentId,
        /// Which.
        pseudonym: Pseudonym,
    },
    /// An officer withdrew one.
    Withdrawn {
        /// Whose it was.
        resident: ResidentId,
        /// Which.
        pseudonym: Pseudonym,
        /// Who said so.
        officer: OfficerId,
        /// Why.
        reason: WithdrawalReason,
    },
}

impl PseudonymFact {
    /// Whose pseudonym it is about.
    #[must_use]
    pub const fn resident(&self) -> ResidentId {
        match self {
            Self::Chosen { resident, .. }
            | Self::Dropped { resident, .. }
            | Self::Withdrawn { resident, .. } => *resident,
        }
    }

    /// The wish that it came of.
    pub(crate) const fn wish(&self) -> PseudonymWish {
        match *self {
            Self::Chosen { resident, pseudonym } => {
                PseudonymWish::Choose { resident, words: pseudonym.words }
            }
            Self::Dropped { resident, .. } => PseudonymWish::Drop(resident),
            Self::Withdrawn { resident, officer, reason, .. } => {
                PseudonymWish::Withdraw { resident, officer, reason }
            }
        }
    }

    /// How the resident is called after it.
    #[must_use]
    pub const fn after(&self) -> Option<Pseudonym> {
        match self {
            Self::Chosen { pseudonym, .. } => Some(*pseudonym),
            Self::Dropped { .. } | Self::Withdrawn { .. } => None,
        }
    }
}

/// What became of two words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Given {
    /// The last number that was given.
    pub(crate) number: u32,
    /// Are they nobody's any more?
    pub(crate) withdrawn: bool,
}

pub(super) fn decide(state: &State, wish: &PseudonymWish) -> Result<Decision, Refusal> {
    match *wish {
        PseudonymWish::Choose { resident, words } => choose(state, resident, words),
        PseudonymWish::Drop(resident) => {
            let pseudonym = state.resident(resident)?.pseudonym.ok_or(Refusal::NoPseudonym)?;
            Ok(Decision::one(super::Event::Pseudonym(PseudonymFact::Dropped {
                resident,
                pseudonym,
            })))
        }
        PseudonymWish::Withdraw { resident, officer, reason } => {
            withdraw(state, resident, officer, reason)
        }
    }
}

/// Whoever is shown may be called something, and something else later.
fn choose(state: &State, id: ResidentId, words: Words) -> Result<Decision, Refusal> {
    let resident = state.resident(id)?;
    if !resident.ranked {
        return Err(Refusal::NotRanked);
    }
    if words.first >= PSEUDONYM_WORDS || words.second >= PSEUDONYM_WORDS {
        return Err(Refusal::NoSuchWords);
    }
    if resident.pseudonym.is_some_and(|now| now.words == words) {
        return Err(Refusal::CalledSoAlready);
    }
    let given = state.pseudonyms.get(words).copied().unwrap_or_default();
    if given.withdrawn {
        return Err(Refusal::WordsWithdrawn);
    }
    let number = given.number.checked_add(1).ok_or(Refusal::AmountTooLarge)?;
    let pseudonym = Pseudonym { words, number };
    Ok(Decision::one(super::Event::Pseudonym(PseudonymFact::Chosen { resident: id, pseudonym })))
}

/// An officer of a community at the least, in whose area the resident lives.
fn withdraw(
    state: &State,
    id: ResidentId,
    officer: OfficerId,
    reason: WithdrawalReason,
) -> Result<Decision, Refusal> {
    let resident = state.resident(id)?;
    let appointment = state.officer_on_duty(officer)?.appointment;
    let found = appointment.duty.level();
    if found < Level::Community {
        return Err(Refusal::LevelTooLow { needed: Level::Community, found });
    }
    state.lives_within(resident, appointment.area)?;
    let pseudonym = resident.pseudonym.ok_or(Refusal::NoPseudonym)?;
    let resident = id;
    let fact = PseudonymFact::Withdrawn { resident, pseudonym, officer, reason };
    Ok(Decision::one(super::Event::Pseudonym(fact)))
}

pub(super) fn evolve(state: &mut State, fact: &PseudonymFact) -> Step {
    let id = fact.resident();
    let resident = known(state.residents.get_mut(id), id)?;
    match *fact {
        PseudonymFact::Chosen { pseudonym, .. } => {
            let given = state.pseudonyms.entry(pseudonym.words);
            if given.withdrawn || given.number.checked_add(1) != Some(pseudonym.number) {
                return Err((Law::Known, format!("{pseudonym:?} was not to be given")));
            }
            given.number = pseudonym.number;
        }
        PseudonymFact::Dropped { pseudonym, .. } => {
            known((resident.pseudonym == Some(pseudonym)).then_some(()), id)?;
        }
        PseudonymFact::Withdrawn { pseudonym, .. } => {
            known((resident.pseudonym == Some(pseudonym)).then_some(()), id)?;
            state.pseudonyms.entry(pseudonym.words).withdrawn = true;
        }
    }
    resident.pseudonym = fact.after();
    Ok(())
}
