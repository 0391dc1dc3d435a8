//! What the facts of bookings do to the state.

use crate::booking::{Booking, Ended, Event, Open, Request, Status, Ticket};
use crate::id::{BookingId, ResourceId};
use crate::item::{Amount, TakenBy};
use crate::resource::{Place, Taken};
use crate::state::{Law, Step, known};
use crate::time::Timestamp;
use crate::wallet::Wallet;
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    let status = event.status();
    match event {
        Event::Booked(ticket) => state.booked(ticket, now)?,
        Event::Waited(request) => {
            state.place_mut(request)?.waiting.push(request.booking);
            state.open_until(request.start, Open::Waiting(*request));
        }
        Event::Left(request) | Event::WaitLapsed(request) | Event::PassedOver { request, .. } => {
            state.wait_ended(request, status)?;
        }
        Event::Promoted(ticket) => {
            state.wait_ended(&ticket.request, status)?;
            state.booked(ticket, now)?;
        }
        Event::Cancelled { ended, .. } | Event::CalledOff { ended, .. } => {
            state.vacated(ended, status, now)?;
            let Request { booking, resident, .. } = ended.ticket.request;
            let amount = known(Amount::of_ticket(&ended.ticket), booking)?;
            state.whole_untaken(amount, resident, TakenBy::Booking(booking))?;
        }
        Event::Used(ended) => {
            let ticket = &ended.ticket;
            state.closed(ticket, status)?;
            state.seats(ticket, now, |taken, units| {
                let (booked, used) = (taken.booked.checked_sub(units)?, taken.used);
                Some(Taken { booked, used: used.checked_add(units)? })
            })?;
            state.purse(ticket, |wallet| wallet.take_held(&ticket.lots))?;
        }
        Event::NotShown { ended, paused_until } => {
            let ticket = &ended.ticket;
            state.vacated(ended, status, now)?;
            let place = state.place_mut(&ticket.request)?;
            place.stayed_away(ticket, *paused_until, ticket.ends_at());
        }
    }
    if let Some(Ended { ticket, .. }) = event.ended() {
        let volume = known(event.owed(), ticket.request.booking)?;
        state.owe_volume(ticket.supplier, ticket.item, volume)?;
    }
    state.watch_waiting(event.request().resource, now);
    Ok(())
}

impl State {
    fn place_mut(&mut self, request: &Request) -> Result<&mut Place, (Law, String)> {
        known(self.resources.get_mut(request.resource), request.resource)
    }

    /// Something is open until its time comes.
    fn open_until(&mut self, ends_at: Timestamp, open: Open) {
        let (status, id, deadline) = match &open {
            Open::Waiting(Request { booking, .. }) => {
                (Status::Waiting, *booking, Deadline::WaitLapses(*booking))
            }
            Open::Booked(ticket) => {
                let booking = ticket.request.booking;
                (Status::Booked, booking, Deadline::BookingEnds(booking))
            }
        };
        self.deadlines.insert((ends_at, deadline));
        self.bookings.insert(id, Booking { status, ends_at, open: Some(open) });
    }

    fn booked(&mut self, ticket: &Ticket, now: Timestamp) -> Step {
        let booking = ticket.request.booking;
        self.place_mut(&ticket.request)?.open.insert(booking);
        self.seats(ticket, now, |taken, units| {
            Some(Taken { booked: taken.booked.checked_add(units)?, ..taken })
        })?;
        self.purse(ticket, |wallet| wallet.hold(&ticket.lots))?;
        self.open_until(ticket.ends_at(), Open::Booked(Box::new(ticket.clone())));
        let amount = known(Amount::of_ticket(ticket), booking)?;
        self.whole_taken(amount, ticket.request.resident, TakenBy::Booking(booking), now)
    }

    fn wait_ended(&mut self, request: &Request, status: Status) -> Step {
        let found = known(self.bookings.get_mut(request.booking), request.booking)?;
        if found.waiting() != Some(request) {
            return Err(ended_before(request.booking, found.status));
        }
        (found.status, found.open) = (status, None);
        let deadline = (found.ends_at, Deadline::WaitLapses(request.booking));
        self.deadlines.remove(&deadline);
        self.place_mut(request)?.waiting.retain(|id| *id != request.booking);
        Ok(())
    }

    fn closed(&mut self, ticket: &Ticket, status: Status) -> Step {
        let booking = ticket.request.booking;
        let found = known(self.bookings.get_mut(booking), booking)?;
        if found.booked() != Some(ticket) {
            return Err(ended_before(booking, found.status));
        }
        (found.status, found.open) = (status, None);
        let deadline = (found.ends_at, Deadline::BookingEnds(booking));
        self.deadlines.remove(&deadline);
        self.place_mut(&ticket.request)?.open.remove(&booking);
        Ok(())
    }

    fn seats(
        &mut self,
        ticket: &Ticket,
        now: Timestamp,
        to: impl Fn(Taken, u32) -> Option<Taken>,
    ) -> Step {
        let changed = self.place_mut(&ticket.request)?.change(ticket, now, to);
        changed.ok_or_else(|| (Law::Capacity, format!("the slots of {:?}", ticket.request)))
    }

    /// Its slots are free again, and what nobody keeps of its points comes back or lapses.
    fn vacated(&mut self, ended: &Ended, status: Status, now: Timestamp) -> Step {
        let ticket = &ended.ticket;
        self.closed(ticket, status)?;
        self.seats(ticket, now, |taken, units| {
            Some(Taken { booked: taken.booked.checked_sub(units)?, ..taken })
        })?;
        self.purse(ticket, |wallet| {
            wallet.release(&ended.lots_back())?;
            wallet.take_held(&ended.lapsed)?;
            wallet.take_held(&ended.kept)
        })
    }

    fn purse(&mut self, ticket: &Ticket, change: impl FnOnce(&mut Wallet) -> Option<()>) -> Step {
        let Request { booking, resident, .. } = ticket.request;
        let wallet = known(self.wallet_mut(resident), resident)?;
        change(wallet).ok_or_else(|| (Law::Lots, format!("the lots of booking {booking}")))?;
        self.watch_lots(resident, &ticket.lots);
        Ok(())
    }

    /// Lets all that is open of a withdrawn resource end now, one after the other.
    pub(crate) fn end_all_of(&mut self, id: ResourceId, now: Timestamp) -> Step {
        self.end_those_of(id, now, |_, _| true)
    }

    /// Lets all that is open of slots that are off end now, one after the other.
    pub(crate) fn end_what_is_off(&mut self, id: ResourceId, now: Timestamp) -> Step {
        self.end_those_of(id, now, |place, request| place.is_off(request))
    }

    fn end_those_of(
        &mut self,
        id: ResourceId,
        now: Timestamp,
        ends: impl Fn(&Place, &Request) -> bool,
    ) -> Step {
        let place = known(self.resources.get(id), id)?;
        let ends: Vec<(BookingId, Deadline)> = place
            .open
            .iter()
            .map(|id| (*id, Deadline::BookingEnds(*id)))
            .chain(place.waiting.iter().map(|id| (*id, Deadline::WaitLapses(*id))))
            .filter(|(id, _)| {
                let request = self.bookings.get(*id).and_then(Booking::request);
                request.is_some_and(|request| ends(place, request))
            })
            .collect();
        for (booking, deadline) in ends {
            let found = known(self.bookings.get_mut(booking), booking)?;
            let before = std::mem::replace(&mut found.ends_at, now);
            self.deadlines.remove(&(before, deadline));
            self.deadlines.insert((now, deadline));
        }
        self.watch_waiting(id, now);
        Ok(())
    }
}

fn ended_before(booking: BookingId, status: Status) -> (Law, String) {
    (Law::HoldEndsOnce, format!("booking {booking} is {status:?}"))
}
