//! Random histories of bookings and waiting lists: their steps, and what has to hold of the records
//! whatever the steps were.

use std::collections::{BTreeMap, BTreeSet};

use linli_domain::booking::{self, Request, Side, Status};
use linli_domain::calendar::Day;
use linli_domain::id::{BookingId, ResourceId};
use linli_domain::resource::{Keeper, Off, OffReason, Span};
use linli_domain::time::{Timestamp, Zone};
use linli_domain::{Command, Event, Origin, Record, resource};
use proptest::prelude::*;

use crate::shopping::earning;
use crate::steps::Step as Any;
use crate::world::*;

/// One wish, by small numbers.
#[derive(Clone, Debug)]
pub enum Step {
    Book { who: u128, court: bool, hours: i64, slots: u16, quantity: u32, wait: bool },
    End { which: usize, how: u8 },
    Withdraw,
    CallOff { court: bool, days: i64, hours: Option<i64>, again: bool },
}

pub fn step() -> impl Strategy<Value = Step> {
    let book = (1..=9_u128, any::<bool>(), -1..9_i64, 0..=2_u16, 0..=2_u32, any::<bool>());
    prop_oneof![
        60 => book.prop_map(|(who, court, hours, slots, quantity, wait)| Step::Book {
            who, court, hours, slots, quantity, wait,
        }),
        40 => (0..8_usize, 0..5_u8).prop_map(|(which, how)| Step::End { which, how }),
        1 => Just(Step::Withdraw),
        4 => (any::<bool>(), 0..2_i64, proptest::option::of(0..9_i64), any::<bool>())
            .prop_map(|(court, days, hours, again)| Step::CallOff { court, days, hours, again }),
    ]
}

/// Few slots that many want: booked, waited for, called off and opened again, used, and missed; what pays
/// for them; and time that passes.
pub fn and_all_it_needs() -> impl Strategy<Value = Any> {
    let wanted = (1..=6_u128, any::<bool>(), 0..4_i64, 1..=2_u16, Just(1_u32), any::<bool>());
    let step = prop_oneof![
        12 => wanted.prop_map(|(who, court, hours, slots, quantity, wait)| Step::Book {
            who, court, hours, slots, quantity, wait,
        }),
        4 => (0..6_usize, 0..5_u8).prop_map(|(which, how)| Step::End { which, how }),
        5 => (any::<bool>(), 0..1_i64, proptest::option::weighted(0.7, 0..5_i64), any::<bool>())
            .prop_map(|(court, days, hours, again)| Step::CallOff { court, days, hours, again }),
    ];
    prop_oneof![
        10 => step.prop_map(Any::Slots),
        3 => earning(),
        1 => (1..=6_u128).prop_map(|who| Any::Sell { who, station: 1, wishes: vec![(2, 2)] }),
        1 => (0..200_i64).prop_map(|minutes| Any::Pass { minutes }),
    ]
}

/// How many were wished for.
#[derive(Default)]
pub struct Counts {
    bookings: u128,
}

impl Counts {
    /// The wish behind a step.
    pub fn command(&mut self, step: &Step, world: &World) -> Command {
        match *step {
            Step::Book { who, court, hours, slots, quantity, wait } => {
                self.bookings += 1;
                let request = Request {
                    booking: booking(self.bookings),
                    resource: if court { COURT } else { CLASS },
                    resident: resident(who),
                    // A slot so many hours from now, on the hour.
                    start: at((world.now / HOUR + hours) * HOUR),
                    slots,
                    quantity,
                };
                if wait {
                    booking::Command::Wait(request).into()
                } else {
                    booking::Command::Book(request).into()
                }
            }
            Step::End { which, how } => {
                let number = self.bookings.saturating_sub(u128::try_from(which).unwrap());
                ending(booking(number), how).into()
            }
            Step::Withdraw => resource::Command::Withdraw(CLASS).into(),
            Step::CallOff { court, days, hours, again } => {
                let resource = if court { COURT } else { CLASS };
                let span = match hours {
                    Some(hours) => Span::Slot(at((world.now / HOUR + hours) * HOUR)),
                    None => {
                        let (today, _) = Zone::CHINA.day_and_minute(at(world.now));
                        Span::Day(Day::from_number(today + i32::try_from(days).unwrap()))
                    }
                };
                let by = Keeper::Station(STATION);
                if again {
                    resource::Command::Reopen { resource, span, by }.into()
                } else {
                    let off = Off { by, reason: OffReason::Weather };
                    resource::Command::CallOff { resource, span, off }.into()
                }
            }
        }
    }
}

fn ending(booking: BookingId, how: u8) -> booking::Command {
    let station = Some(STATION);
    match how {
        0 => booking::Command::Leave(booking),
        1 => booking::Command::Cancel { booking, station: None, by: Side::Resident },
        2 => booking::Command::Cancel { booking, station, by: Side::Supplier },
        _ => booking::Command::CheckIn { booking, station: STATION },
    }
}

/// All of it.
pub fn check(records: &[Record]) {
    no_slot_is_taken_twice(records);
    bookings_end_once(records);
    the_list_advances_in_order(records);
    nothing_stands_of_what_is_off(records);
}

/// Of no slot more is taken than there is, at any prefix: counted from the facts alone.
fn no_slot_is_taken_twice(records: &[Record]) {
    let mut taken: BTreeMap<(ResourceId, Timestamp), u32> = BTreeMap::new();
    for record in records {
        let Event::Booking(event) = &record.event else { continue };
        let Some(ticket) = event.ticket() else { continue };
        let (id, quantity) = (ticket.request.resource, ticket.request.quantity);
        for start in ticket.starts() {
            let units = taken.entry((id, start)).or_default();
            match event.status() {
                Status::Booked => *units += quantity,
                Status::Cancelled | Status::NotShown => *units -= quantity,
                _ => {}
            }
            assert!(*units <= if id == COURT { 1 } else { 2 }, "{units} at {start:?}");
        }
    }
}

/// Each booking goes one way: at most from waiting to booked, and then to one end.
fn bookings_end_once(records: &[Record]) {
    let mut seen: BTreeMap<BookingId, Status> = BTreeMap::new();
    for record in records {
        let Event::Booking(event) = &record.event else { continue };
        let before = seen.insert(event.request().booking, event.status());
        let fits = match event.status() {
            Status::Waiting => before.is_none(),
            Status::Booked => before.is_none_or(|before| before == Status::Waiting),
            Status::Left | Status::PassedOver | Status::Lapsed => before == Some(Status::Waiting),
            Status::Cancelled | Status::Used | Status::NotShown => before == Some(Status::Booked),
        };
        assert!(fits, "{event:?} after {before:?}");
    }
}

/// From the moment at which a slot is off until it is opened again nobody comes to have it, and by the
/// next wish nobody has it who hasn't the key; what ends so gives all back.
fn nothing_stands_of_what_is_off(records: &[Record]) {
    let mut off: BTreeSet<(ResourceId, Timestamp)> = BTreeSet::new();
    let mut open: BTreeMap<BookingId, booking::Ticket> = BTreeMap::new();
    for record in records {
        let is_off = |ticket: &booking::Ticket| {
            ticket.starts().any(|start| off.contains(&(ticket.request.resource, start)))
        };
        if matches!(record.origin, Origin::Command { .. }) {
            assert!(!open.values().any(is_off), "something stands at {:?}", record.position);
        }
        match &record.event {
            Event::Booking(event) => {
                if let (Some(ticket), Status::Booked) = (event.ticket(), event.status()) {
                    assert!(!is_off(ticket), "{event:?}");
                    open.insert(ticket.request.booking, ticket.clone());
                } else {
                    open.remove(&event.request().booking);
                }
                if let booking::Event::CalledOff { ended, .. } = event {
                    assert!(is_off(&ended.ticket) && ended.kept.is_empty(), "{event:?}");
                }
            }
            Event::Resource(resource::Event::CalledOff { resource, starts, .. }) => {
                off.extend(starts.iter().map(|start| (*resource, *start)));
            }
            Event::Resource(resource::Event::Reopened { resource, starts, .. }) => {
                off.retain(|(of, start)| of != resource || !starts.contains(start));
            }
            _ => {}
        }
    }
}

/// Of those who wait for the very same, the one who came first is promoted or passed over first.
fn the_list_advances_in_order(records: &[Record]) {
    let mut waiting: Vec<Request> = Vec::new();
    for record in records {
        let Event::Booking(event) = &record.event else { continue };
        let request = event.request();
        if event.status() == Status::Waiting {
            waiting.push(*request);
            continue;
        }
        let Some(at) = waiting.iter().position(|it| it.booking == request.booking) else {
            continue;
        };
        let advances =
            matches!(event, booking::Event::Promoted(_) | booking::Event::PassedOver { .. });
        let same = |it: &Request| {
            let Request { resource, start, slots, quantity, .. } = *it;
            (resource, start, slots, quantity)
                == (request.resource, request.start, request.slots, request.quantity)
        };
        // What is withdrawn, off, or was an erased resident's, ends in the order of ids, and those who waited
        // get nothing of it.
        let withdrawn = matches!(
            event,
            booking::Event::PassedOver {
                why: booking::Unfit::Withdrawn | booking::Unfit::Erased | booking::Unfit::CalledOff,
                ..
            }
        );
        assert!(!advances || withdrawn || !waiting[..at].iter().any(same), "{event:?}");
        waiting.remove(at);
    }
}
