//! Slots and tickets, added up from the facts: of no slot is more taken than was opened, and nothing
//! of one that is off; each booking ends once, and a ticket's points all go somewhere.

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::booking::{Ended, Event, Request, Ticket};
use linli_domain::id::ResourceId;
use linli_domain::quantity::{Fen, Minutes};
use linli_domain::resource;
use linli_domain::time::Timestamp;

use super::*;

/// What is booked, resource by resource and slot by slot.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Slots {
    quantity: FxHashMap<ResourceId, i128>,
    taken: FxHashMap<(ResourceId, Timestamp), i128>,
    off: FxHashSet<(ResourceId, Timestamp)>,
}

impl Slots {
    fn take(&mut self, ticket: &Ticket, sign: i128, broken: &mut Vec<Broken>) {
        let Request { resource, start, slots, quantity, .. } = ticket.request;
        let most = self.quantity.get(&resource).copied().unwrap_or_default();
        for nth in 0..u32::from(slots) {
            let at = start.after(Minutes::new(ticket.slot.get().saturating_mul(nth)));
            let taken = self.taken.entry((resource, at)).or_default();
            *taken = taken.saturating_add(sign.saturating_mul(i128::from(quantity)));
            if *taken < 0 || *taken > most {
                let at = at.microseconds();
                let what = format!("resource {resource}: {taken} of {most} at {at} µs");
                broken.push((Rule::SlotCapacity, what));
            }
        }
    }

    /// Is one of a ticket's slots off, as the facts so far have it?
    fn is_off(&self, ticket: &Ticket) -> bool {
        ticket.starts().any(|start| self.off.contains(&(ticket.request.resource, start)))
    }

    /// Nobody comes to have a slot that is off; and what ends because one is off costs nothing.
    fn check_off(&self, event: &Event, broken: &mut Vec<Broken>) {
        let what = match event {
            Event::Booked(ticket) | Event::Promoted(ticket) if self.is_off(ticket) => {
                "booked, and a slot is off"
            }
            Event::CalledOff { ended, .. } if !self.is_off(&ended.ticket) => {
                "called off, and no slot is off"
            }
            Event::CalledOff { ended, .. } if !ended.kept.is_empty() || ended.cost != Fen::ZERO => {
                "called off, and not all came back"
            }
            Event::Booked(_)
            | Event::Promoted(_)
            | Event::CalledOff { .. }
            | Event::Waited(_)
            | Event::Left(_)
            | Event::PassedOver { .. }
            | Event::WaitLapsed(_)
            | Event::Cancelled { .. }
            | Event::Used(_)
            | Event::NotShown { .. } => return,
        };
        let booking = event.request().booking;
        broken.push((Rule::SlotOff, format!("booking {booking} was {what}")));
    }
}

impl Books {
    pub(super) fn place(&mut self, event: &resource::Event) {
        match event {
            resource::Event::Opened { resource, .. } => {
                self.slots.quantity.insert(resource.resource, i128::from(resource.quantity));
            }
            resource::Event::Withdrawn(_) => {}
            resource::Event::CalledOff { resource, starts, .. } => {
                self.slots.off.extend(starts.iter().map(|start| (*resource, *start)));
            }
            resource::Event::Reopened { resource, starts, .. } => {
                for start in starts {
                    self.slots.off.remove(&(*resource, *start));
                }
            }
        }
    }

    pub(super) fn book(&mut self, event: &Event, postings: &[Posting], broken: &mut Vec<Broken>) {
        self.lives.of_booking(event.request().booking, event.status());
        self.slots.check_off(event, broken);
        match event {
            Event::Waited(_) | Event::Left(_) | Event::WaitLapsed(_) | Event::PassedOver { .. } => {
            }
            Event::Booked(ticket) | Event::Promoted(ticket) => {
                self.slots.take(ticket, 1, broken);
                check_ticket(ticket, postings, broken);
            }
            // Whoever has the key has the slots until they are over.
            Event::Used(ended) => self.end(ended, postings, broken),
            Event::Cancelled { ended, .. }
            | Event::CalledOff { ended, .. }
            | Event::NotShown { ended, .. } => {
                self.slots.take(&ended.ticket, -1, broken);
                self.end(ended, postings, broken);
            }
        }
    }

    fn end(&mut self, ended: &Ended, postings: &[Posting], broken: &mut Vec<Broken>) {
        let Ended { ticket, kept, cost, lapsed } = ended;
        let owed = self.owed_fen.entry(ticket.supplier).or_default();
        *owed = owed.saturating_add(i128::from(cost.hundredths()));
        let resident = ticket.request.resident;
        let (total, kept, lapsed) =
            (i128::from(ticket.total.hundredths()), sum_of(kept), sum_of(lapsed));
        let back = total.saturating_sub(kept).saturating_sub(lapsed);
        let said = [total.saturating_neg(), back, kept];
        let posted = [
            Account::Held(resident),
            Account::Available(resident),
            Account::Supplier(ticket.supplier),
        ]
        .map(|account| posted_to(postings, account));
        if said != posted || back < 0 {
            let what = format!("held, back and kept are {said:?}, posted are {posted:?}");
            broken.push((Rule::TicketSum, what));
        }
    }
}

/// The price of all units and slots is what the lots sum to and what is set aside.
fn check_ticket(ticket: &Ticket, postings: &[Posting], broken: &mut Vec<Broken>) {
    let Request { resident, slots, quantity, .. } = ticket.request;
    let total = i128::from(ticket.total.hundredths());
    let units = i128::from(slots).saturating_mul(i128::from(quantity));
    let priced = i128::from(ticket.price.hundredths()).saturating_mul(units);
    let held = posted_to(postings, Account::Held(resident));
    let taken = posted_to(postings, Account::Available(resident)).saturating_neg();
    let found = [priced, sum_of(&ticket.lots), held, taken];
    if found != [total; 4] {
        let what = format!("total {total}, price, lots, held and taken {found:?}");
        broken.push((Rule::TicketSum, what));
    }
}

#[cfg(test)]
mod tests {
    use linli_domain::booking::Unfit;
    use linli_domain::id::{BookingId, ItemId, ResidentId, StationId, SupplierId};
    use linli_domain::quantity::Points;
    use linli_domain::resource::{Keeper, Off, OffReason, Terms};
    use rust_decimal::Decimal;

    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_microseconds(hours.saturating_mul(3_600_000_000))
    }

    /// Two hours from the second on.
    fn ticket() -> Ticket {
        let request = Request {
            booking: BookingId::from_number(1),
            resource: ResourceId::from_number(2),
            resident: ResidentId::from_number(3),
            start: at(2),
            slots: 2,
            quantity: 1,
        };
        Ticket {
            request,
            item: ItemId::from_number(4),
            supplier: SupplierId::from_number(5),
            station: StationId::from_number(6),
            slot: Minutes::new(60),
            price: Points::ZERO,
            cost: Fen::ZERO,
            total: Points::ZERO,
            lots: Vec::new(),
            terms: Terms {
                free_until: Minutes::ZERO,
                late_part: Decimal::ZERO,
                no_show_part: Decimal::ZERO,
                key_from: Minutes::ZERO,
                pause: None,
            },
        }
    }

    #[test]
    fn a_slot_that_is_off_is_nobodys_and_costs_nothing() {
        let by = Keeper::Station(StationId::from_number(6));
        let off = Off { by, reason: OffReason::Weather };
        let called_off = |cost| Event::CalledOff {
            ended: Ended { ticket: ticket(), kept: Vec::new(), cost, lapsed: Vec::new() },
            off,
        };
        let passed = Event::PassedOver { request: ticket().request, why: Unfit::CalledOff };
        let (free, paid) = (called_off(Fen::ZERO), called_off(Fen::from_hundredths(1)));
        for (hour, event, is_broken) in [
            (3, Event::Booked(ticket()), true),
            (3, Event::Promoted(ticket()), true),
            (4, Event::Booked(ticket()), false),
            (3, free.clone(), false),
            (3, paid, true),
            (4, free, true),
            (3, passed, false),
        ] {
            let mut slots = Slots::default();
            slots.off.insert((ticket().request.resource, at(hour)));
            let mut broken = Vec::new();
            slots.check_off(&event, &mut broken);
            let found: Vec<Rule> = broken.into_iter().map(|(rule, _)| rule).collect();
            assert_eq!(found, if is_broken { vec![Rule::SlotOff] } else { vec![] }, "{event:?}");
        }
    }
}
