//! What happens to bookings by itself: the waiting list moves on, and what nobody used ends.
//!
//! While somebody waits for whom there would be room, the queue of deadlines holds the moment at
//! which there came to be. Deadlines become records before the next command is taken, so nobody
//! who comes later overtakes one who fits; and since its record takes the candidate off the list
//! in any case, the list always moves on.

use crate::booking::decide::{cancelled, starts, ticket};
use crate::booking::{Ended, Event, Request, Side, Unfit};
use crate::id::{BookingId, ResourceId};
use crate::resource::Place;
use crate::time::Timestamp;
use crate::{Deadline, Refusal, State};
use rust_decimal::Decimal;

impl State {
    /// The first who waits, in the order of arrival, and for whom there is room.
    fn candidate(&self, place: &Place) -> Option<&Request> {
        let requests = place.waiting.iter().filter_map(|id| self.bookings.get(*id)?.waiting());
        let mut fitting =
            requests.filter(|request| place.free(starts(place, request)) >= request.quantity);
        fitting.next()
    }

    /// Is there a deadline for the waiting list, if and only if it has a candidate?
    pub(crate) fn watches_waiting(&self, place: &Place) -> bool {
        let moves = !place.withdrawn && self.candidate(place).is_some();
        place.advances_at.is_some() == moves
    }

    /// Keeps the deadline of a waiting list just as long as it has a candidate.
    pub(super) fn watch_waiting(&mut self, id: ResourceId, now: Timestamp) {
        let Some(place) = self.resources.get(id) else { return };
        let before = place.advances_at;
        let moves = !place.withdrawn && self.candidate(place).is_some();
        let after = moves.then(|| before.unwrap_or(now));
        self.reset_deadline(Deadline::WaiterAdvances(id), before, after);
        if let Some(place) = self.resources.get_mut(id) {
            place.advances_at = after;
        }
    }

    /// What becomes of the candidate.
    pub(crate) fn advanced(&self, id: ResourceId, now: Timestamp) -> Option<Event> {
        let place = self.resources.get(id)?;
        let request = *self.candidate(place)?;
        if request.start <= now {
            return Some(Event::WaitLapsed(request));
        }
        Some(match ticket(self, place, &request, now) {
            Ok(ticket) => Event::Promoted(ticket),
            Err(refusal) => Event::PassedOver { request, why: unfit(&refusal) },
        })
    }

    /// How a booking ends at its time, which for what was withdrawn or called off, or whose resident was
    /// erased, is at once.
    pub(crate) fn ended(&self, id: BookingId, now: Timestamp) -> Option<Event> {
        let ticket = self.bookings.get(id)?.booked()?;
        let place = self.resources.get(ticket.request.resource)?;
        if place.withdrawn {
            return cancelled(ticket, Side::Supplier, now);
        }
        if self.is_erased(ticket.request.resident) {
            return cancelled(ticket, Side::Erased, now);
        }
        if let Some((_, off)) = place.first_off(ticket.starts()) {
            // Whatever was agreed: it is nobody's fault who had booked.
            let ended = Ended::of(ticket, Decimal::ZERO, now)?;
            return Some(Event::CalledOff { ended, off });
        }
        let ended = Ended::of(ticket, ticket.terms.no_show_part, now)?;
        let (resident, over) = (ticket.request.resident, ticket.ends_at());
        let paused_until = place.pause_after(resident, ticket.terms.pause, over);
        Some(Event::NotShown { ended, paused_until })
    }

    /// How waiting ends at its time, which for what was withdrawn or called off, or whose resident was
    /// erased, is at once.
    pub(crate) fn waited(&self, id: BookingId) -> Option<Event> {
        let request = *self.bookings.get(id)?.waiting()?;
        let place = self.resources.get(request.resource)?;
        Some(if self.is_erased(request.resident) {
            Event::PassedOver { request, why: Unfit::Erased }
        } else if place.withdrawn {
            Event::PassedOver { request, why: Unfit::Withdrawn }
        } else if place.is_off(&request) {
            Event::PassedOver { request, why: Unfit::CalledOff }
        } else {
            Event::WaitLapsed(request)
        })
    }
}

/// Why one who waited couldn't have it.
pub(crate) fn unfit(refusal: &Refusal) -> Unfit {
    if matches!(refusal, Refusal::BookingPaused { .. }) {
        Unfit::Paused
    } else if matches!(refusal, Refusal::TooFewStars { .. }) {
        Unfit::Stars
    } else if matches!(refusal, Refusal::AssistedOnly { .. }) {
        Unfit::Assistance
    } else if matches!(refusal, Refusal::ResidentErased) {
        Unfit::Erased
    } else if matches!(refusal, Refusal::NotOpenTo { .. }) {
        Unfit::NotOpen
    } else if matches!(
        refusal,
        Refusal::TooManyTaken { .. }
            | Refusal::TooMuchSpent { .. }
            | Refusal::TooManyRedemptions { .. }
            | Refusal::TooMuchRedeemed { .. }
    ) {
        Unfit::Limit
    } else {
        // All that is left to fail is the price.
        Unfit::Points
    }
}
