//! The community's chest (社区时间箱): whoever asks waits, key elders first and then in the order of arrival, and
//! the first is granted by itself once the chest has enough.
//!
//! Asks are few, so the queue is found among all of them.

use crate::area::Level;
use crate::id::{AreaId, ResidentId};
use crate::quantity::Minutes;
use crate::rules::TimeBankRules;
use crate::time::Timestamp;
use crate::time_bank::{Ask, Event, TimeAccount, Waiting};
use crate::{Deadline, Decision, Noun, Refusal, Registry, State};

/// The most who wait at one chest.
const WAITING_MAX: usize = 1_000;

pub(super) fn ask(
    state: &State,
    terms: &TimeBankRules,
    it: Ask,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    state.resident(it.resident)?;
    let account = TimeAccount::Resident(it.resident);
    let community = state.time_home(account).ok_or(Refusal::Unknown(Noun::Area))?;
    if state.asks.contains(it.resident) {
        return Err(Refusal::AsksAlready);
    }
    if it.minutes == Minutes::ZERO {
        return Err(Refusal::NoTime);
    }
    let room = state.time_room(account, terms.cap);
    if it.minutes > room {
        return Err(Refusal::AboveTimeCap { room: room.get() });
    }
    if state.waiting_at(community) >= WAITING_MAX {
        return Err(Refusal::WaitingListFull { most: WAITING_MAX });
    }
    let lapses_at = now.after(State::days(terms.ask_days));
    Ok(Decision::one(Event::Asked { ask: it, rank: state.time_mark(it.resident), lapses_at }))
}

pub(super) fn withdraw(state: &State, resident: ResidentId) -> Result<Decision, Refusal> {
    match state.asks.contains(resident) {
        true => Ok(Decision::one(Event::Withdrawn(resident))),
        false => Err(Refusal::AsksNothing),
    }
}

/// An ask whose time is over.
pub(crate) fn lapsed(state: &State, resident: ResidentId) -> Option<Event> {
    state.asks.get(resident).map(|_| Event::AskLapsed(resident))
}

impl State {
    pub(super) fn chest_of(&self, community: AreaId) -> Result<(), Refusal> {
        let found = self.area(community)?.level;
        if found == Level::Community {
            return Ok(());
        }
        Err(Refusal::WrongLevel { expected: Some(Level::Community), found: Some(found) })
    }

    /// All accounts of stored time that ever moved, in minutes.
    #[must_use]
    pub const fn time_accounts(&self) -> &Registry<TimeAccount, i64> {
        &self.time
    }

    /// Who waits at chests, by community and then in the order in which each grants.
    #[must_use]
    pub fn chest_queues(&self) -> Vec<(ResidentId, Waiting)> {
        let mut all: Vec<_> = self.asks.sorted().map(|(id, ask)| (id, *ask)).collect();
        all.sort_by_key(|(_, ask)| (ask.community, ask.rank, ask.since));
        all
    }

    /// Until when somebody asked whose ask lapses; one without room under the cap lapses before.
    pub(crate) fn asked_until(&self, event: &Event) -> Option<Timestamp> {
        let Event::AskLapsed(resident) = event else { return None };
        self.asks.get(*resident).map(|ask| ask.lapses_at)
    }

    pub(super) fn waiting_at(&self, community: AreaId) -> usize {
        self.asks.values().filter(|ask| ask.community == community).count()
    }

    /// Who comes next at a chest.
    fn first_at(&self, community: AreaId) -> Option<(ResidentId, Waiting)> {
        let here = self.asks.scattered().filter(|(_, ask)| ask.community == community);
        here.map(|(id, ask)| (*id, *ask)).min_by_key(|(_, ask)| (ask.rank, ask.since))
    }

    /// Has the chest enough for who comes next?
    fn chest_moves(&self, community: AreaId) -> bool {
        let has = self.stored_time(TimeAccount::Chest(community));
        self.first_at(community).is_some_and(|(_, ask)| i64::from(ask.minutes.get()) <= has)
    }

    /// Is there a deadline for the chest, if and only if it has enough for who comes next?
    pub(super) fn watches_chest(&self, community: AreaId) -> bool {
        self.chests.contains(community) == self.chest_moves(community)
    }

    /// Keeps the deadline of a chest just as long as it has enough for who comes next.
    pub(super) fn watch_chest(&mut self, community: AreaId, now: Timestamp) {
        let before = self.chests.get(community).copied();
        match (before, self.chest_moves(community)) {
            (None, true) => {
                self.chests.insert(community, now);
                self.deadlines.insert((now, Deadline::ChestGrants(community)));
            }
            (Some(at), false) => {
                self.chests.remove(community);
                self.deadlines.remove(&(at, Deadline::ChestGrants(community)));
            }
            (None, false) | (Some(_), true) => {}
        }
    }

    /// What becomes of who comes next. Who has no room under the cap any more, or is under rules that have no
    /// time bank, gets nothing.
    pub(crate) fn chest_granted(&self, community: AreaId, now: Timestamp) -> Option<Event> {
        let (resident, waiting) = self.first_at(community)?;
        let (chest, to) = (TimeAccount::Chest(community), TimeAccount::Resident(resident));
        let minutes = waiting.minutes;
        let fits = |terms: &TimeBankRules| self.time_room(to, terms.cap) >= minutes;
        if !self.time_terms(now).is_ok_and(fits) {
            return Some(Event::AskLapsed(resident));
        }
        // Whoever moved meanwhile is granted it all the same, and clearing follows.
        let (_, changes) = self.time_changes(chest, to, minutes, Minutes::new(u32::MAX));
        let moves = self.time_moves(&changes)?;
        Some(Event::Granted { ask: Ask { resident, minutes }, moves })
    }
}
