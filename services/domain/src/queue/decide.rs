//! Who may wait, for what, and where.

use crate::id::{ItemId, RedemptionId, StationId};
use crate::item::Much;
use crate::queue::{Command, Event, Request, Status};
use crate::time::Timestamp;
use crate::{Decision, Noun, Refusal, State};

/// The most who wait for one item at one station: more than a station hands out of it in a month.
pub const QUEUE_MAX: usize = 100;

/// The most of an item that one waits for: who needs more orders it from the supplier.
pub const WANTED_MAX: u32 = 100;

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Join(request) => join(state, request, now),
        Command::Leave { redemption, station } => leave(state, *redemption, *station),
    }
}

fn join(state: &State, request: &Request, now: Timestamp) -> Result<Decision, Refusal> {
    let Request { redemption, station, item, quantity: wanted, .. } = *request;
    state.redemption_vacant(redemption)?;
    let resident = state.resident(request.resident)?;
    state.station(station)?;
    let listed = state.item(item)?;
    let rules = state.rules.in_force(now).ok_or(Refusal::NoRulesInForce)?;
    if rules.queue.is_none() {
        return Err(Refusal::NoQueues);
    }
    if wanted == 0 {
        return Err(Refusal::QuantityZero { item });
    }
    if !listed.kind.is_stocked() {
        return Err(Refusal::NotStocked { item });
    }
    let most = state.most_at_once(item);
    if wanted > most {
        return Err(Refusal::TooManyWanted { item, most, wanted });
    }
    state.open_to(listed, resident, now)?;
    let mut waiting = state.queue(station, item);
    if waiting.any(|other| other.resident == request.resident) {
        return Err(Refusal::QueuedAlready { item });
    }
    let free = state.shelf(station, item).free();
    if free >= wanted {
        return Err(Refusal::InStock { item, free, wanted });
    }
    if state.queue(station, item).count() >= QUEUE_MAX {
        return Err(Refusal::QueueFull { most: QUEUE_MAX });
    }
    Ok(Decision::one(Event::Joined(*request)))
}

fn leave(
    state: &State,
    redemption: RedemptionId,
    station: Option<StationId>,
) -> Result<Decision, Refusal> {
    let found = state.waits.get(redemption).ok_or(Refusal::Unknown(Noun::Redemption))?;
    let request = found.request.ok_or(Refusal::NotQueued { found: found.status })?;
    if station.is_some_and(|station| station != request.station) {
        return Err(Refusal::OtherStation);
    }
    Ok(Decision::one(Event::Left { request, station }))
}

impl State {
    /// Refuses an id that a redemption has, or will have once its wait is over.
    pub(crate) fn redemption_vacant(&self, id: RedemptionId) -> Result<(), Refusal> {
        self.redemptions.vacant(id, Noun::Redemption)?;
        self.waits.vacant(id, Noun::Redemption)
    }

    /// How many of an item somebody can ever have at once: whoever waited for more would wait for
    /// ever, or be passed over.
    fn most_at_once(&self, item: ItemId) -> u32 {
        let limits = self.terms(item).map_or(&[][..], |terms| &terms.limits);
        let pieces = limits.iter().filter_map(|limit| match limit.most {
            Much::Pieces(most) => Some(most),
            Much::Points(_) => None,
        });
        pieces.fold(WANTED_MAX, u32::min)
    }

    /// Those who wait for an item at a station, in the order of arrival.
    pub fn queue(&self, station: StationId, item: ItemId) -> impl Iterator<Item = &Request> {
        let waiting = self.queues.get((station, item)).map_or(&[][..], |queue| &queue.waiting);
        waiting.iter().filter_map(|id| self.waits.get(*id)?.request.as_ref())
    }

    /// How far a wait has come, if there ever was one under this id.
    #[must_use]
    pub fn wait(&self, redemption: RedemptionId) -> Option<Status> {
        self.waits.get(redemption).map(|found| found.status)
    }
}
