//! Calling slots off (停开): for a reason that is nobody's who had booked, and until it is taken back.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::booking::{Request, Side};
use crate::calendar::Day;
use crate::id::{ResourceId, StationId, SupplierId};
use crate::resource::{DAYS_MAX, Event, Place, in_a_row};
use crate::time::Timestamp;
use crate::{Decision, Refusal, State};

/// The most slots of a resource that are off at once and not over: half hours through three weeks.
/// Whoever wants more withdraws it.
pub const OFF_MAX: usize = 1008;

/// Who has a resource in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Keeper {
    /// The station that hands out the key.
    Station(StationId),
    /// The supplier of its item.
    Supplier(SupplierId),
}

impl Keeper {
    /// On whose side that is.
    #[must_use]
    pub const fn side(self) -> Side {
        match self {
            Self::Station(_) => Side::Station,
            Self::Supplier(_) => Side::Supplier,
        }
    }
}

/// Why slots are called off. A word of a list, since the log keeps no free text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum OffReason {
    /// The weather doesn't allow it.
    Weather,
    /// It is damaged, or being repaired.
    Damage,
    /// It is needed for something else.
    Needed,
    /// Nobody is there to hand out the key.
    Unstaffed,
    /// Another reason.
    Other,
}

/// Which slots are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// All that begin on a day, by the clock of the timetable, and aren't over.
    Day(Day),
    /// The one that begins then.
    Slot(Timestamp),
}

/// That a slot is off, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct Off {
    /// Who called it off.
    pub by: Keeper,
    /// Why.
    pub reason: OffReason,
}

pub(super) fn call_off(
    state: &State,
    (id, span): (ResourceId, Span),
    off: Off,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let place = state.kept_by(id, off.by)?;
    let starts = place.meant(span, now)?;
    let latest = now.days_after(DAYS_MAX);
    if starts.iter().any(|start| *start > latest) {
        return Err(Refusal::TooFarAhead { latest });
    }
    let starts: Vec<Timestamp> =
        starts.into_iter().filter(|start| place.off(*start).is_none()).collect();
    if starts.is_empty() {
        return Err(Refusal::AlreadyOff);
    }
    let most = OFF_MAX;
    if place.off_after(now).count().saturating_add(starts.len()) > most {
        return Err(Refusal::TooManyOff { most });
    }
    Ok(Decision::one(Event::CalledOff { resource: id, span, off, starts }))
}

pub(super) fn reopen(
    state: &State,
    (id, span): (ResourceId, Span),
    by: Keeper,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let place = state.kept_by(id, by)?;
    let mut starts = place.meant(span, now)?;
    starts.retain(|start| place.off(*start).is_some());
    if starts.is_empty() {
        return Err(Refusal::NotOff);
    }
    Ok(Decision::one(Event::Reopened { resource: id, span, by, starts }))
}

impl State {
    /// A resource that can be booked, if this keeper has it in hand.
    fn kept_by(&self, id: ResourceId, by: Keeper) -> Result<&Place, Refusal> {
        let place = self.place(id)?;
        let keeps = match by {
            Keeper::Station(station) => station == place.resource.station,
            Keeper::Supplier(supplier) => supplier == self.item(place.resource.item)?.supplier,
        };
        if !keeps {
            return Err(Refusal::NotItsKeeper);
        }
        if place.withdrawn { Err(Refusal::ResourceWithdrawn) } else { Ok(place) }
    }
}

impl Place {
    /// The starts of the slots that are meant and aren't over, in their order.
    fn meant(&self, span: Span, now: Timestamp) -> Result<Vec<Timestamp>, Refusal> {
        let table = &self.resource.timetable;
        let mut starts = match span {
            Span::Day(day) => table.of_day(self.zone, day),
            Span::Slot(start) => table.row(self.zone, start, 1).unwrap_or_default(),
        };
        let over = starts.last().map(|last| last.after(table.slot));
        starts.retain(|start| start.after(table.slot) > now);
        match over {
            None => Err(Refusal::NoSuchSlot),
            Some(since) if starts.is_empty() => Err(Refusal::SlotOver { since }),
            Some(_) => Ok(starts),
        }
    }

    /// Is the slot that begins then off?
    #[must_use]
    pub fn off(&self, start: Timestamp) -> Option<Off> {
        self.off.get(&start).copied()
    }

    /// The first of these slots that is off.
    #[must_use]
    pub fn first_off(
        &self,
        starts: impl IntoIterator<Item = Timestamp>,
    ) -> Option<(Timestamp, Off)> {
        starts.into_iter().find_map(|start| Some((start, self.off(start)?)))
    }

    /// Is one of the slots off that somebody wants?
    pub(crate) fn is_off(&self, request: &Request) -> bool {
        let slot = self.resource.timetable.slot;
        self.first_off(in_a_row(request.start, slot, request.slots)).is_some()
    }

    /// The starts of the slots that are off and not over.
    fn off_after(&self, now: Timestamp) -> impl Iterator<Item = Timestamp> {
        let slot = self.resource.timetable.slot;
        self.off.keys().copied().filter(move |start| start.after(slot) > now)
    }

    /// Takes note that slots are off, or no longer. Slots that are over leave the table.
    pub(super) fn set_off(&mut self, starts: &[Timestamp], off: Option<Off>, now: Timestamp) {
        let slot = self.resource.timetable.slot;
        self.off.retain(|start, _| start.after(slot) > now && !starts.contains(start));
        if let Some(off) = off {
            self.off.extend(starts.iter().map(|start| (*start, off)));
        }
    }
}
