//! The law of bookings: of no slot more is taken than there is.

use std::collections::BTreeMap;

use crate::id::ResourceId;
use crate::resource::Place;
use crate::time::Timestamp;
use crate::{Contradiction, State, booking};

use super::Law;

impl State {
    pub(super) fn check_booking(&self, event: &booking::Event) -> Result<(), Contradiction> {
        let Some(ticket) = event.ticket() else { return Ok(()) };
        let id = ticket.request.resource;
        let Some(place) = self.resources.get(id) else {
            return Err(self.broken(Law::Known, format!("resource {id}")));
        };
        for start in ticket.starts() {
            let (taken, quantity) = (place.taken(start), place.resource.quantity);
            if taken.units() > quantity {
                let found = format!("resource {id}: {taken:?} of {quantity} at {start:?}");
                return Err(self.broken(Law::Capacity, found));
            }
        }
        self.check_payable(ticket.supplier)?;
        self.check_wallet(ticket.request.resident)
    }

    /// What is taken of each slot that isn't over is what its open bookings say, no more than there
    /// is; nothing stands of what is off, and nobody waits for whom there would be room without a
    /// deadline.
    pub(super) fn check_place(&self, id: ResourceId, place: &Place) -> Result<(), Contradiction> {
        let (now, slot) = (self.recorded_at, place.resource.timetable.slot);
        let mut booked: BTreeMap<Timestamp, u32> = BTreeMap::new();
        for ticket in place.open.iter().filter_map(|id| self.bookings.get(*id)?.booked()) {
            for start in ticket.starts().filter(|start| start.after(slot) > now) {
                let units = booked.entry(start).or_default();
                *units = units.saturating_add(ticket.request.quantity);
            }
        }
        for (start, taken) in place.taken.iter().filter(|(start, _)| start.after(slot) > now) {
            let open = booked.remove(start).unwrap_or_default();
            if taken.units() > place.resource.quantity || taken.booked != open {
                let found = format!("resource {id}: {taken:?} at {start:?}, {open} in bookings");
                return Err(self.broken(Law::Capacity, found));
            }
        }
        if !booked.is_empty() {
            return Err(self.broken(Law::Capacity, format!("resource {id}: {booked:?} not taken")));
        }
        for booking in place.open.iter().chain(&place.waiting) {
            let Some(found) = self.bookings.get(*booking) else { continue };
            if found.ends_at > now && found.request().is_some_and(|request| place.is_off(request)) {
                let found = format!("booking {booking} stands, and its slot is off");
                return Err(self.broken(Law::Capacity, found));
            }
        }
        if !self.watches_waiting(place) {
            let found = format!("resource {id}: a candidate waits without a deadline");
            return Err(self.broken(Law::Deadline, found));
        }
        Ok(())
    }
}
