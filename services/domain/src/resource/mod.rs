//! Shared resources (共享资源): rooms, courts, tools, seats, which are booked by the slot.

mod off;
mod place;
mod terms;
mod timetable;

pub use off::{Keeper, OFF_MAX, Off, OffReason, Span};
pub use place::{Place, Taken};
pub use terms::{BEFORE_MAX, DAYS_MAX, Pause, Terms};
pub(crate) use timetable::in_a_row;
pub use timetable::{OPENINGS_MAX, Opening, SLOTS_MAX, Timetable, WEEKS_MAX, Weekday};

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{ItemId, ResourceId, StationId};
use crate::item::ItemKind;
use crate::state::{Step, known};
use crate::time::{Timestamp, Zone};
use crate::{Decision, Noun, Refusal, State};

/// The most units of one resource: a large hall.
pub const QUANTITY_MAX: u32 = 10_000;
/// The most slots that one booking takes: a year of days.
pub const IN_A_ROW_MAX: u16 = 366;

/// A bookable item's place in the world. Price, cost, supplier and eligibility are the item's; its
/// price is for one unit and one slot.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Resource {
    /// Its id.
    pub resource: ResourceId,
    /// Which item.
    pub item: ItemId,
    /// The station that hands out the key.
    pub station: StationId,
    /// How many units: 1 room, 20 seats, 3 wheelchairs.
    pub quantity: u32,
    /// When its slots begin.
    pub timetable: Timetable,
    /// The most slots in a row that one booking takes.
    pub in_a_row_most: u16,
    /// A slot can be booked from so many days before its start.
    pub days_ahead: u16,
    /// What is agreed with every booking.
    pub terms: Terms,
}

/// What of a resource makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResourcePart {
    /// The quantity.
    Quantity,
    /// The timetable.
    Timetable,
    /// The most slots in a row.
    InARow,
    /// The days ahead.
    DaysAhead,
    /// The terms.
    Terms,
}

/// What can be wished of resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open one for booking.
    Open(Resource),
    /// Let nobody book it any more.
    Withdraw(ResourceId),
    /// Call slots off, as who has it in hand.
    CallOff {
        /// Of which.
        resource: ResourceId,
        /// Which slots.
        span: Span,
        /// By whom, and why.
        off: Off,
    },
    /// Open slots again that were called off.
    Reopen {
        /// Of which.
        resource: ResourceId,
        /// Which slots.
        span: Span,
        /// By whom.
        by: Keeper,
    },
}

/// What happened to resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// One was opened for booking.
    Opened {
        /// The resource.
        resource: Resource,
        /// The clock of the rules in force then, which its timetable goes by for good.
        zone: Zone,
    },
    /// One was withdrawn. What is booked of it is cancelled, and who waits for it is passed over.
    Withdrawn(ResourceId),
    /// Slots were called off. What is booked of them ends with all of its points given back, and who
    /// waits for them is passed over.
    CalledOff {
        /// Of which.
        resource: ResourceId,
        /// Which slots were meant.
        span: Span,
        /// By whom, and why.
        off: Off,
        /// The starts of those that were on until then, in their order.
        starts: Vec<Timestamp>,
    },
    /// Slots were opened again.
    Reopened {
        /// Of which.
        resource: ResourceId,
        /// Which slots were meant.
        span: Span,
        /// By whom.
        by: Keeper,
        /// The starts of those that were off until then, in their order.
        starts: Vec<Timestamp>,
    },
}

impl Event {
    /// The wish behind the fact.
    pub(crate) fn wish(&self) -> Command {
        match self {
            Self::Opened { resource, .. } => Command::Open(resource.clone()),
            Self::Withdrawn(id) => Command::Withdraw(*id),
            Self::CalledOff { resource, span, off, starts: _ } => {
                Command::CallOff { resource: *resource, span: *span, off: *off }
            }
            Self::Reopened { resource, span, by, starts: _ } => {
                Command::Reopen { resource: *resource, span: *span, by: *by }
            }
        }
    }
}

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Open(resource) => open(state, resource, now),
        Command::Withdraw(id) => {
            if state.place(*id)?.withdrawn {
                return Err(Refusal::ResourceWithdrawn);
            }
            Ok(Decision::one(Event::Withdrawn(*id)))
        }
        Command::CallOff { resource, span, off } => {
            off::call_off(state, (*resource, *span), *off, now)
        }
        Command::Reopen { resource, span, by } => off::reopen(state, (*resource, *span), *by, now),
    }
}

fn open(state: &State, resource: &Resource, now: Timestamp) -> Result<Decision, Refusal> {
    state.resources.vacant(resource.resource, Noun::Resource)?;
    let kind = state.item(resource.item)?.kind;
    state.station(resource.station)?;
    if kind != ItemKind::Bookable {
        return Err(Refusal::NotBookable { item: resource.item });
    }
    let parts = [
        (ResourcePart::Quantity, (1..=QUANTITY_MAX).contains(&resource.quantity)),
        (ResourcePart::Timetable, resource.timetable.is_sensible()),
        (ResourcePart::InARow, (1..=IN_A_ROW_MAX).contains(&resource.in_a_row_most)),
        (ResourcePart::DaysAhead, (1..=DAYS_MAX).contains(&resource.days_ahead)),
        (ResourcePart::Terms, resource.terms.are_sensible()),
    ];
    if let Some((part, _)) = parts.iter().find(|(_, sensible)| !sensible) {
        return Err(Refusal::InvalidResource { part: *part });
    }
    let zone = state.rules.in_force(now).ok_or(Refusal::NoRulesInForce)?.zone;
    Ok(Decision::one(Event::Opened { resource: resource.clone(), zone }))
}

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    match event {
        Event::Opened { resource, zone } => {
            let place = Place::new(resource.clone(), *zone);
            state.resources.insert(resource.resource, place);
            Ok(())
        }
        Event::Withdrawn(id) => {
            known(state.resources.get_mut(*id), id)?.withdrawn = true;
            state.end_all_of(*id, now)
        }
        Event::CalledOff { resource, span: _, off, starts } => {
            known(state.resources.get_mut(*resource), resource)?.set_off(starts, Some(*off), now);
            state.end_what_is_off(*resource, now)
        }
        Event::Reopened { resource, span: _, by: _, starts } => {
            known(state.resources.get_mut(*resource), resource)?.set_off(starts, None, now);
            Ok(())
        }
    }
}

impl State {
    /// Is there a resource of this item that can be booked?
    #[must_use]
    pub fn is_booked(&self, item: ItemId) -> bool {
        self.resources.values().any(|place| place.resource.item == item && !place.withdrawn)
    }

    pub(crate) fn place(&self, id: ResourceId) -> Result<&Place, Refusal> {
        self.resources.get(id).ok_or(Refusal::Unknown(Noun::Resource))
    }
}
