//! What may be booked, waited for, cancelled and used.

use crate::booking::{Booking, Command, Ended, Event, Request, Side, Ticket};
use crate::id::{BookingId, StationId};
use crate::item::{Amount, Item};
use crate::resource::{Place, in_a_row};
use crate::time::Timestamp;
use crate::{Decision, Noun, Refusal, State};

/// The most who wait for one resource: more would wait for nothing.
pub const WAITING_MAX: usize = 200;

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Book(request) => {
            let place = wanted(state, request, now)?;
            let free = place.free(starts(place, request));
            let (of, wanted) = (place.resource.quantity, request.quantity);
            if free < wanted {
                return Err(Refusal::SlotFull { free, of, wanted });
            }
            Ok(Decision::one(Event::Booked(ticket(state, place, request, now)?)))
        }
        Command::Wait(request) => wait(state, request, now),
        Command::Leave(booking) => {
            let found = find(state, *booking)?;
            let wrong = Refusal::BookingStatus { found: found.status };
            Ok(Decision::one(Event::Left(*found.waiting().ok_or(wrong)?)))
        }
        Command::Cancel { booking, station, by } => {
            let ticket = booked(state, *booking, *station)?;
            if *by == Side::Erased {
                return Err(Refusal::ReasonReserved);
            }
            let ended = cancelled(ticket, *by, now).ok_or(Refusal::AmountTooLarge)?;
            Ok(Decision::one(ended))
        }
        Command::CheckIn { booking, station } => {
            let ticket = booked(state, *booking, Some(*station))?;
            let from = ticket.key_from();
            if now < from {
                return Err(Refusal::KeyTooEarly { from });
            }
            let ended = Ended::whole(ticket.clone()).ok_or(Refusal::AmountTooLarge)?;
            Ok(Decision::one(Event::Used(ended)))
        }
    }
}

fn wait(state: &State, request: &Request, now: Timestamp) -> Result<Decision, Refusal> {
    let place = wanted(state, request, now)?;
    if request.start <= now {
        return Err(Refusal::SlotOver { since: request.start });
    }
    if place.waiting.len() >= WAITING_MAX {
        return Err(Refusal::WaitingListFull { most: WAITING_MAX });
    }
    let free = place.free(starts(place, request));
    if free >= request.quantity {
        return Err(Refusal::SlotHasRoom { free, of: place.resource.quantity });
    }
    eligible(state, place, request, now)?;
    Ok(Decision::one(Event::Waited(*request)))
}

fn find(state: &State, booking: BookingId) -> Result<&Booking, Refusal> {
    state.bookings.get(booking).ok_or(Refusal::Unknown(Noun::Booking))
}

/// The ticket of what is booked, at its own station.
fn booked(
    state: &State,
    booking: BookingId,
    station: Option<StationId>,
) -> Result<&Ticket, Refusal> {
    let found = find(state, booking)?;
    let ticket = found.booked().ok_or(Refusal::BookingStatus { found: found.status })?;
    if station.is_some_and(|station| station != ticket.station) {
        return Err(Refusal::OtherStation);
    }
    Ok(ticket)
}

/// Ending what is booked, on the wish or by the fault of this side. `None` past the range, which a
/// ticket that could be booked never reaches.
pub(super) fn cancelled(ticket: &Ticket, by: Side, now: Timestamp) -> Option<Event> {
    let mut ended = Ended::of(ticket, ticket.part_kept(by, now), now)?;
    if by == Side::Erased {
        ended.lapsed.clone_from(&ticket.lots);
    }
    Some(Event::Cancelled { ended, by })
}

/// The place of a request that could be, if there were room.
fn wanted<'a>(state: &'a State, request: &Request, now: Timestamp) -> Result<&'a Place, Refusal> {
    state.bookings.vacant(request.booking, Noun::Booking)?;
    state.resident(request.resident)?;
    let place = state.place(request.resource)?;
    let resource = &place.resource;
    if place.withdrawn {
        return Err(Refusal::ResourceWithdrawn);
    }
    if request.quantity == 0 || request.slots == 0 {
        return Err(Refusal::QuantityZero { item: resource.item });
    }
    let (of, wanted) = (resource.quantity, request.quantity);
    if wanted > of {
        return Err(Refusal::MoreThanThereAre { of, wanted });
    }
    if request.slots > resource.in_a_row_most {
        let most = resource.in_a_row_most;
        return Err(Refusal::TooManySlots { most, wanted: request.slots });
    }
    let latest = now.days_after(resource.days_ahead);
    if request.start > latest {
        return Err(Refusal::TooFarAhead { latest });
    }
    if resource.timetable.row(place.zone, request.start, request.slots).is_none() {
        return Err(Refusal::NoSuchSlot);
    }
    let since = request.start.after(resource.timetable.slot);
    if since <= now {
        return Err(Refusal::SlotOver { since });
    }
    if let Some((start, off)) = place.first_off(starts(place, request)) {
        return Err(Refusal::SlotOff { start, off });
    }
    Ok(place)
}

/// May this resident have it?
fn eligible<'a>(
    state: &'a State,
    place: &Place,
    request: &Request,
    now: Timestamp,
) -> Result<&'a Item, Refusal> {
    let resident = state.resident(request.resident)?;
    let item = state.item(place.resource.item)?;
    if let Some(until) = place.paused(request.resident, now) {
        return Err(Refusal::BookingPaused { until });
    }
    state.open_to(item, resident, now)?;
    Ok(item)
}

/// What would be agreed with somebody for whom there is room.
pub(super) fn ticket(
    state: &State,
    place: &Place,
    request: &Request,
    now: Timestamp,
) -> Result<Ticket, Refusal> {
    let item = eligible(state, place, request, now)?;
    let total = item.price.times(request.quantity).ok_or(Refusal::AmountTooLarge)?;
    let total = total.times(u32::from(request.slots)).ok_or(Refusal::AmountTooLarge)?;
    let wallet = &state.resident(request.resident)?.wallet;
    let short = Refusal::InsufficientPoints { available: wallet.available.points, needed: total };
    let ticket = Ticket {
        request: *request,
        item: item.item,
        supplier: item.supplier,
        station: place.resource.station,
        slot: place.resource.timetable.slot,
        price: item.price,
        cost: item.cost,
        total,
        lots: wallet.allocate(total).ok_or(short)?,
        terms: place.resource.terms,
    };
    ticket.total_cost().ok_or(Refusal::AmountTooLarge)?;
    let amount = Amount::of_ticket(&ticket).ok_or(Refusal::AmountTooLarge)?;
    state.within_limits(amount, request.resident, now)?;
    state.within_spending(total, request.resident, now)?;
    Ok(ticket)
}

pub(super) fn starts(place: &Place, request: &Request) -> impl Iterator<Item = Timestamp> + use<> {
    in_a_row(request.start, place.resource.timetable.slot, request.slots)
}
