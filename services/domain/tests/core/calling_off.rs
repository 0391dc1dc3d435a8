//! Slots that are called off, and opened again.

use linli_domain::booking::{Command, Event, Request, Status, Unfit};
use linli_domain::calendar::Day;
use linli_domain::id::{StationId, SupplierId};
use linli_domain::quantity::{Fen, Points};
use linli_domain::resource::{self, Keeper, OFF_MAX, Off, OffReason, Span};
use linli_domain::time::{Timestamp, Zone};
use linli_domain::{Noun, Refusal};

use crate::booking::{check_in, seat, start, status, wallet, world};
use crate::world::*;

const STATIONS: Keeper = Keeper::Station(STATION);
const SUPPLIERS: Keeper = Keeper::Supplier(DEPARTMENT);
const FLOODED: Off = Off { by: STATIONS, reason: OffReason::Weather };

fn call_off(span: Span, off: Off) -> resource::Command {
    resource::Command::CallOff { resource: CLASS, span, off }
}

fn reopen(span: Span, by: Keeper) -> resource::Command {
    resource::Command::Reopen { resource: CLASS, span, by }
}

fn day(of: Timestamp) -> Span {
    Span::Day(Day::from_number(Zone::CHINA.day_and_minute(of).0))
}

fn of_bookings(world: &World) -> Vec<Event> {
    let event = |event: &linli_domain::Event| match event {
        linli_domain::Event::Booking(event) => Some(event.clone()),
        _ => None,
    };
    world.records.iter().filter_map(|record| event(&record.event)).collect()
}

#[test]
fn a_day_that_is_off_ends_what_is_booked_and_waited_for_and_gives_all_back() {
    let mut world = world();
    world.wish(Command::Book(seat(1, 1, 0))).unwrap();
    world.wish(check_in(1)).unwrap();
    for (number, who) in [(2, 2), (3, 3)] {
        world.wish(Command::Book(seat(number, who, 1))).unwrap();
    }
    world.wish(Command::Wait(seat(4, 4, 1))).unwrap();
    world.wish(Command::Book(Request { slots: 2, ..seat(5, 5, 3) })).unwrap();
    world.wish(Command::Book(seat(6, 6, 24))).unwrap();
    world.wish(Command::Book(Request { resource: COURT, ..seat(7, 7, 1) })).unwrap();
    // Too late to be free, had the resident called it off.
    world.now = start(1).microseconds() - MINUTE;
    let records = world.wish(call_off(day(start(0)), FLOODED)).unwrap();
    let [record] = &records[..] else { panic!("{records:?}") };
    let linli_domain::Event::Resource(resource::Event::CalledOff { starts, off, .. }) =
        &record.event
    else {
        panic!("{record:?}")
    };
    // From the one that runs on; what is over stays as it was.
    assert_eq!((starts[0], starts.len(), *off), (start(0), 8, FLOODED));
    world.let_due_happen();
    use Status::{Booked, Cancelled, PassedOver, Used};
    assert_eq!(
        [1, 2, 3, 4, 5, 6, 7].map(|it| status(&world, it)),
        [Used, Cancelled, Cancelled, PassedOver, Cancelled, Booked, Booked]
    );
    for who in 2..=5 {
        assert_eq!(wallet(&world, resident(who)), (points("3"), Points::ZERO), "{who}");
    }
    let told = of_bookings(&world);
    let mut ended = told.iter().filter_map(|event| match event {
        Event::CalledOff { ended, off } => Some((ended, off)),
        _ => None,
    });
    assert_eq!(ended.clone().count(), 3);
    assert!(ended.all(|(ended, off)| {
        ended.kept.is_empty()
            && ended.lapsed.is_empty()
            && ended.cost == Fen::ZERO
            && *off == FLOODED
    }));
    let passed =
        told.iter().filter(|it| matches!(it, Event::PassedOver { why: Unfit::CalledOff, .. }));
    assert_eq!(passed.count(), 1);
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn what_is_off_is_neither_booked_nor_waited_for_until_it_is_opened_again() {
    let mut world = world();
    world.wish(call_off(day(start(0)), FLOODED)).unwrap();
    let off = |start| Err(Refusal::SlotOff { start, off: FLOODED });
    assert_eq!(world.wish(Command::Book(seat(1, 1, 3))), off(start(3)));
    assert_eq!(world.wish(Command::Wait(seat(1, 1, 3))), off(start(3)));
    let place = world.state.resources().get(CLASS).unwrap();
    assert_eq!(place.free([start(3)]), 0);
    assert_eq!(world.wish(call_off(day(start(0)), FLOODED)), Err(Refusal::AlreadyOff));
    // The supplier opens a slot again that the station had called off.
    world.wish(reopen(Span::Slot(start(3)), SUPPLIERS)).unwrap();
    world.wish(Command::Book(seat(1, 1, 3))).unwrap();
    let longer = Request { slots: 2, ..seat(2, 2, 3) };
    assert_eq!(world.wish(Command::Book(longer)), off(start(4)));
    let again = world.wish(reopen(day(start(0)), STATIONS)).unwrap();
    let linli_domain::Event::Resource(resource::Event::Reopened { starts, .. }) = &again[0].event
    else {
        panic!("{again:?}")
    };
    assert_eq!(starts.len(), 7);
    assert_eq!(world.wish(reopen(day(start(0)), STATIONS)), Err(Refusal::NotOff));
    world.wish(Command::Book(longer)).unwrap();
    assert_eq!([1, 2].map(|it| status(&world, it)), [Status::Booked; 2]);
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn one_slot_of_a_row_ends_the_row_and_who_waits_for_the_rest_has_room() {
    let mut world = world();
    world.wish(Command::Book(Request { slots: 3, ..seat(1, 1, 1) })).unwrap();
    world.wish(Command::Book(seat(2, 2, 1))).unwrap();
    world.wish(Command::Wait(Request { slots: 3, ..seat(3, 3, 1) })).unwrap();
    world.wish(Command::Wait(seat(4, 4, 1))).unwrap();
    let damaged = Off { by: SUPPLIERS, reason: OffReason::Damage };
    world.wish(call_off(Span::Slot(start(3)), damaged)).unwrap();
    world.let_due_happen();
    use Status::{Booked, Cancelled, PassedOver};
    assert_eq!([1, 2, 3, 4].map(|it| status(&world, it)), [Cancelled, Booked, PassedOver, Booked]);
    assert_eq!(wallet(&world, resident(1)), (points("3"), Points::ZERO));
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn a_slot_that_runs_is_called_off_without_an_absence() {
    let mut world = world();
    world.wish(Command::Book(seat(1, 1, 1))).unwrap();
    world.now = start(1).microseconds() + 30 * MINUTE;
    world.wish(call_off(Span::Slot(start(1)), FLOODED)).unwrap();
    world.let_due_happen();
    assert_eq!(status(&world, 1), Status::Cancelled);
    assert_eq!(wallet(&world, resident(1)), (points("3"), Points::ZERO));
    // One real absence is not the second of two, which would pause.
    world.wish(Command::Book(seat(2, 1, 2))).unwrap();
    world.now = start(3).microseconds();
    world.let_due_happen();
    assert_eq!(status(&world, 2), Status::NotShown);
    world.wish(Command::Book(seat(3, 1, 4))).unwrap();
    // Slots that are over leave the table.
    world.wish(call_off(Span::Slot(start(5)), FLOODED)).unwrap();
    assert_eq!(world.state.resources().get(CLASS).unwrap().off(start(1)), None);
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn what_can_not_be_called_off_is_refused_with_its_figures() {
    let mut world = world();
    let stranger = Off { by: Keeper::Station(OTHER_STATION), ..FLOODED };
    let nobody = Off { by: Keeper::Supplier(SupplierId::from_number(99)), ..FLOODED };
    let latest = at(world.now).days_after(366);
    let nowhere =
        resource::Command::CallOff { resource: place(99), span: day(start(0)), off: FLOODED };
    for (command, refusal) in [
        (nowhere, Refusal::Unknown(Noun::Resource)),
        (call_off(day(start(0)), stranger), Refusal::NotItsKeeper),
        (call_off(day(start(0)), nobody), Refusal::NotItsKeeper),
        (reopen(day(start(0)), Keeper::Station(StationId::from_number(99))), Refusal::NotItsKeeper),
        (call_off(day(start(-24)), FLOODED), Refusal::SlotOver { since: start(-24 + 8) }),
        (call_off(Span::Slot(start(-2)), FLOODED), Refusal::NoSuchSlot),
        (call_off(Span::Slot(start(-1)), FLOODED), Refusal::SlotOver { since: start(0) }),
        (call_off(day(start(24 * 5)), FLOODED), Refusal::NoSuchSlot),
        (call_off(Span::Slot(at(start(1).microseconds() + 1)), FLOODED), Refusal::NoSuchSlot),
        (call_off(day(start(24 * 367)), FLOODED), Refusal::TooFarAhead { latest }),
        (reopen(day(start(0)), STATIONS), Refusal::NotOff),
    ] {
        assert_eq!(world.wish(command.clone()), Err(refusal), "{command:?}");
    }
    let court = |days: i64| resource::Command::CallOff {
        resource: COURT,
        span: day(start(24 * days)),
        off: FLOODED,
    };
    for days in 1..=42 {
        world.wish(court(days)).unwrap();
    }
    assert_eq!(world.wish(court(43)), Err(Refusal::TooManyOff { most: OFF_MAX }));
    world.now += 2 * DAY;
    world.wish(court(43)).unwrap();
    world.wish(resource::Command::Withdraw(CLASS)).unwrap();
    let withdrawn = Err(Refusal::ResourceWithdrawn);
    assert_eq!(world.wish(call_off(day(start(72)), FLOODED)), withdrawn);
    assert_eq!(world.wish(reopen(day(start(72)), STATIONS)), withdrawn);
}
