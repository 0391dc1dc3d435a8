//! Residents (居民): known by an id and a card; volunteers if they enrol, ranked if they wish.

mod card;
mod erasure;
mod moving;
mod pseudonym;
mod referral;

pub use card::{CardBlock, CardDesk, CardIssue};
pub use erasure::{Erasure, ErasureReason};
pub use moving::Move;
pub(crate) use pseudonym::Given;
pub use pseudonym::{
    PSEUDONYM_WORDS, Pseudonym, PseudonymFact, PseudonymWish, WithdrawalReason, Words,
};
pub(crate) use referral::{Change, Referral};

use borsh::{BorshDeserialize, BorshSerialize};

use crate::award::MinutesKind;
use crate::contribution::Served;
use crate::honour::{self, Honours};
use crate::id::{AreaId, HouseholdId, ResidentId, TeamId};
use crate::quantity::{Merit, Minutes};
use crate::state::{Step, known};
use crate::text::CardCode;
use crate::time::Timestamp;
use crate::wallet::Wallet;
use crate::{Decision, Noun, Refusal, State};

/// A resident as registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Registration {
    /// The resident's id.
    pub resident: ResidentId,
    /// The household.
    pub household: HouseholdId,
    /// The code on the resident's card.
    pub card: CardCode,
    /// Does the household receive assistance? Some items are for such households alone.
    pub assisted: bool,
}

/// What can be wished of residents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Register a resident.
    Register(Registration),
    /// Enrol a resident as a volunteer.
    EnrolVolunteer(ResidentId),
    /// Enrol a resident whom another volunteer brought.
    EnrolReferred {
        /// Who enrols.
        resident: ResidentId,
        /// Who referred this one.
        by: ResidentId,
    },
    /// Show a resident in the rankings, at the resident's own wish.
    JoinRanking(ResidentId),
    /// Show a resident there no longer.
    LeaveRanking(ResidentId),
    /// Let a resident live with another household.
    Move(Move),
    /// Call a resident something there, or nothing.
    Pseudonym(PseudonymWish),
    /// Give a resident another card.
    IssueCard(CardIssue),
    /// Block a card.
    BlockCard(CardBlock),
    /// Close a resident's account for good.
    Erase(Erasure),
}

/// What happened to residents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A resident was registered.
    Registered(Registration),
    /// A resident enrolled as a volunteer.
    VolunteerEnrolled(ResidentId),
    /// A resident enrolled whom another volunteer had brought.
    VolunteerReferred {
        /// Who enrolled.
        resident: ResidentId,
        /// Who referred this one.
        by: ResidentId,
    },
    /// A resident chose to be shown in the rankings.
    RankingJoined(ResidentId),
    /// A resident chose not to be shown any longer.
    RankingLeft(ResidentId),
    /// A resident moved, from this household.
    Moved {
        /// Where to.
        to: Move,
        /// Where from.
        before: HouseholdId,
    },
    /// A resident is called something, or nothing, where that is read.
    Pseudonym(PseudonymFact),
    /// A resident was given another card.
    CardIssued {
        /// The card.
        issue: CardIssue,
        /// The one before, unless that was blocked.
        before: Option<CardCode>,
    },
    /// A card was blocked.
    CardBlocked {
        /// The card.
        block: CardBlock,
        /// Whose it was.
        resident: ResidentId,
    },
    /// A resident's account was closed for good.
    Erased(Erasure),
}

/// A resident in the state.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Resident {
    /// As registered, with the household of today.
    pub registration: Registration,
    /// The card that is good; none while it is blocked.
    pub card: Option<CardCode>,
    /// Of what was shown at counters and counts once, the time of the last.
    pub(crate) shown: Option<Timestamp>,
    /// Enrolled as a volunteer?
    pub volunteer: bool,
    /// Shown in the rankings?
    pub ranked: bool,
    /// What the resident is called there; kept while they aren't shown.
    pub pseudonym: Option<Pseudonym>,
    /// When the account was closed for good, if it was.
    pub erased_at: Option<Timestamp>,
    /// Verified service minutes, which stars are given for.
    pub minutes: Minutes,
    /// Minutes entered afterwards by an administrator (荣誉时数), shown apart.
    pub honour_minutes: Minutes,
    /// Merit of all time.
    pub merit: Merit,
    /// The team that the resident is in.
    pub team: Option<TeamId>,
    /// Points.
    pub wallet: Wallet,
    /// What was served, as far as caps and overlaps need it.
    pub(crate) served: Served,
    /// Titles and certificates, once there was a volunteer's service.
    pub(crate) honours: Option<Box<Honours>>,
}

impl Resident {
    /// Titles and certificates, once there was a volunteer's service.
    #[must_use]
    pub fn honours(&self) -> Option<&Honours> {
        self.honours.as_deref()
    }

    pub(crate) fn new(registration: Registration) -> Self {
        Self {
            card: Some(registration.card),
            registration,
            shown: None,
            volunteer: false,
            ranked: false,
            pseudonym: None,
            erased_at: None,
            minutes: Minutes::ZERO,
            honour_minutes: Minutes::ZERO,
            merit: Merit::ZERO,
            team: None,
            wallet: Wallet::default(),
            served: Served::default(),
            honours: None,
        }
    }

    /// The sum that minutes of this kind are added to.
    pub(crate) const fn minutes_of(&mut self, kind: MinutesKind) -> &mut Minutes {
        match kind {
            MinutesKind::Service => &mut self.minutes,
            MinutesKind::Honour => &mut self.honour_minutes,
        }
    }
}

impl State {
    /// Refuses an officer outside of whose area somebody lives.
    pub(crate) fn lives_within(&self, resident: &Resident, area: AreaId) -> Result<(), Refusal> {
        let home = self.households.get(resident.registration.household);
        let home = home.ok_or(Refusal::Unknown(Noun::Household))?;
        let within = self.lies_in(home.micro_grid, area);
        if within { Ok(()) } else { Err(Refusal::OutsideAuthority) }
    }
}

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Register(registration) => register(state, registration),
        Command::EnrolVolunteer(id) => {
            if state.resident(*id)?.volunteer {
                return Err(Refusal::AlreadyVolunteer);
            }
            Ok(Decision::one(Event::VolunteerEnrolled(*id)))
        }
        Command::EnrolReferred { resident, by } => referral::decide(state, *resident, *by),
        Command::JoinRanking(id) => {
            if state.resident(*id)?.ranked {
                return Err(Refusal::AlreadyRanked);
            }
            if state.is_unranked_staff(*id, now) {
                return Err(Refusal::StaffUnranked);
            }
            Ok(Decision::one(Event::RankingJoined(*id)))
        }
        Command::LeaveRanking(id) => {
            if !state.resident(*id)?.ranked {
                return Err(Refusal::NotRanked);
            }
            Ok(Decision::one(Event::RankingLeft(*id)))
        }
        Command::Move(to) => moving::decide(state, *to),
        Command::Pseudonym(wish) => pseudonym::decide(state, wish),
        Command::IssueCard(wish) => card::issue(state, *wish),
        Command::BlockCard(wish) => card::block(state, *wish),
        Command::Erase(erasure) => erasure::decide(state, erasure),
    }
}

fn register(state: &State, registration: &Registration) -> Result<Decision, Refusal> {
    state.residents.vacant(registration.resident, Noun::Resident)?;
    if !state.households.contains(registration.household) {
        return Err(Refusal::Unknown(Noun::Household));
    }
    if state.cards.contains(registration.card) {
        return Err(Refusal::CardTaken);
    }
    Ok(Decision::one(Event::Registered(*registration)))
}

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    match event {
        Event::Registered(registration) => {
            state.cards.insert(registration.card, registration.resident);
            state.residents.insert(registration.resident, Resident::new(*registration));
        }
        Event::VolunteerEnrolled(id) => {
            known(state.residents.get_mut(*id), id)?.volunteer = true;
            honour::enrolled(state, *id, now);
        }
        Event::VolunteerReferred { resident, by } => {
            known(state.residents.get_mut(*resident), resident)?.volunteer = true;
            honour::enrolled(state, *resident, now);
            referral::evolve(state, *resident, *by);
        }
        Event::RankingJoined(id) => known(state.residents.get_mut(*id), id)?.ranked = true,
        Event::RankingLeft(id) => known(state.residents.get_mut(*id), id)?.ranked = false,
        Event::Moved { to, before } => return moving::evolve(state, *to, *before),
        Event::Pseudonym(fact) => return pseudonym::evolve(state, fact),
        Event::CardIssued { issue, before } => return card::issued(state, *issue, *before),
        Event::CardBlocked { block, resident } => return card::blocked(state, *block, *resident),
        Event::Erased(erasure) => return erasure::evolve(state, erasure, now),
    }
    Ok(())
}
