//! Slots: booking, the waiting list, cancelling, absences.

use crate::world::*;
use linli_domain::booking::{Command, Ended, Event, Request, Side, Status, Unfit};
use linli_domain::id::ResidentId;
use linli_domain::posting::Account;
use linli_domain::quantity::{Minutes, Points};
use linli_domain::resource::{self, Resource, ResourcePart};
use linli_domain::time::Timestamp;
use linli_domain::{Noun, Record, Refusal, redemption};

/// Numbers 1 to 5 have three points each, 6 and 7 more for serving at night; the class has two seats and the court is one.
pub fn world() -> World {
    let mut world = World::with_places();
    for number in 1..=7 {
        world.now += 3 * HOUR;
        let until = world.now;
        let claim = claim(number, resident(number), "PATROL", until - 3 * HOUR, until);
        world.wish(submit(claim)).unwrap();
        world.wish(verify(number, GRID_OFFICER)).unwrap();
    }
    world.now = MORNING + 2 * DAY;
    world
}

/// The slot of the class that begins so many hours after nine.
pub fn start(hours: i64) -> Timestamp {
    at(MORNING + 2 * DAY + hours * HOUR)
}

pub fn seat(number: u128, who: u128, hours: i64) -> Request {
    let (start, resident) = (start(hours), resident(who));
    Request { booking: booking(number), resource: CLASS, resident, start, slots: 1, quantity: 1 }
}

fn cancel(number: u128, by: Side) -> Command {
    Command::Cancel { booking: booking(number), station: None, by }
}

pub fn check_in(number: u128) -> Command {
    Command::CheckIn { booking: booking(number), station: STATION }
}

pub fn wallet(world: &World, who: ResidentId) -> (Points, Points) {
    let wallet = &world.state.residents().get(who).unwrap().wallet;
    (wallet.available.points, wallet.held.points)
}

pub fn status(world: &World, number: u128) -> Status {
    world.state.bookings().get(booking(number)).unwrap().status
}

fn last_event(records: &[Record]) -> &Event {
    let last = &records.last().unwrap().event;
    let linli_domain::Event::Booking(event) = last else { panic!("{last:?}") };
    event
}

#[test]
fn a_booking_holds_points_and_is_used_once() {
    let mut world = world();
    world.wish(Command::Book(seat(1, 1, 2))).unwrap();
    assert_eq!(wallet(&world, resident(1)), (points("2"), points("1")));
    let from = start(1);
    assert_eq!(world.wish(check_in(1)), Err(Refusal::KeyTooEarly { from }));
    world.now += HOUR;
    let elsewhere = Command::CheckIn { booking: booking(1), station: OTHER_STATION };
    assert_eq!(world.wish(elsewhere), Err(Refusal::OtherStation));
    world.wish(check_in(1)).unwrap();
    assert_eq!(wallet(&world, resident(1)), (points("2"), Points::ZERO));
    assert_eq!(world.state.balance(Account::Supplier(DEPARTMENT)).points, points("1"));
    let used = Refusal::BookingStatus { found: Status::Used };
    assert_eq!(world.wish(check_in(1)), Err(used.clone()));
    assert_eq!(world.wish(cancel(1, Side::Resident)), Err(used));
    // Whoever has the key has the seat until the end.
    world.wish(Command::Book(seat(2, 2, 2))).unwrap();
    let full = Refusal::SlotFull { free: 0, of: 2, wanted: 1 };
    assert_eq!(world.wish(Command::Book(seat(3, 3, 2))), Err(full));
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn the_last_seat_goes_to_who_comes_first() {
    let mut world = world();
    world.wish(Command::Book(seat(1, 1, 2))).unwrap();
    let (mut one_first, mut other_first) = (world.clone(), world);
    let full = Refusal::SlotFull { free: 0, of: 2, wanted: 1 };
    one_first.wish(Command::Book(seat(2, 2, 2))).unwrap();
    assert_eq!(one_first.wish(Command::Book(seat(3, 3, 2))), Err(full.clone()));
    other_first.wish(Command::Book(seat(3, 3, 2))).unwrap();
    assert_eq!(other_first.wish(Command::Book(seat(2, 2, 2))), Err(full));
}

#[test]
fn what_can_not_be_booked_is_refused_with_its_figures() {
    let mut world = world();
    world.wish(Command::Book(seat(1, 1, 2))).unwrap();
    let of = |change: fn(&mut Request)| {
        let mut request = seat(9, 2, 2);
        change(&mut request);
        Command::Book(request)
    };
    for (command, refusal) in [
        (of(|it| it.booking = booking(1)), Refusal::AlreadyExists(Noun::Booking)),
        (of(|it| it.resident = resident(99)), Refusal::Unknown(Noun::Resident)),
        (of(|it| it.resource = place(99)), Refusal::Unknown(Noun::Resource)),
        (of(|it| it.quantity = 0), Refusal::QuantityZero { item: SEAT }),
        (of(|it| it.slots = 0), Refusal::QuantityZero { item: SEAT }),
        (of(|it| it.quantity = 3), Refusal::MoreThanThereAre { of: 2, wanted: 3 }),
        (of(|it| it.quantity = 2), Refusal::SlotFull { free: 1, of: 2, wanted: 2 }),
        (of(|it| it.slots = 4), Refusal::TooManySlots { most: 3, wanted: 4 }),
        (of(|it| it.start = start(24 * 5)), Refusal::NoSuchSlot),
        (of(|it| it.start = at(start(2).microseconds() + 1)), Refusal::NoSuchSlot),
        (of(|it| (it.start, it.slots) = (start(7), 2)), Refusal::NoSuchSlot),
        (of(|it| it.start = start(-22)), Refusal::SlotOver { since: start(-21) }),
        (
            of(|it| it.start = start(24 * 15)),
            Refusal::TooFarAhead { latest: at(MORNING + 16 * DAY) },
        ),
        (
            of(|it| (it.start, it.slots, it.quantity) = (start(4), 3, 2)),
            Refusal::InsufficientPoints { available: points("3"), needed: points("6") },
        ),
        (Command::Wait(seat(9, 2, 2)), Refusal::SlotHasRoom { free: 1, of: 2 }),
        (Command::Leave(booking(1)), Refusal::BookingStatus { found: Status::Booked }),
        (Command::Leave(booking(9)), Refusal::Unknown(Noun::Booking)),
        (check_in(9), Refusal::Unknown(Noun::Booking)),
    ] {
        assert_eq!(world.wish(command), Err(refusal), "{command:?}");
    }
    let sold = basket(1, resident(1), STATION, &[(SEAT, 1)]);
    let needed = Refusal::BookingNeeded { item: SEAT };
    assert_eq!(world.wish(redemption::Command::Sell(sold.clone())), Err(needed));
    world.wish(resource::Command::Withdraw(CLASS)).unwrap();
    assert_eq!(world.wish(of(|_| ())), Err(Refusal::ResourceWithdrawn));
    world.wish(resource::Command::Withdraw(COURT)).unwrap();
    world.wish(redemption::Command::Sell(sold)).unwrap();
}

#[test]
fn cancelling_is_free_in_time_and_costs_a_part_later() {
    // Half the price of three is kept within an hour of the start.
    for (minutes_before, by, kept) in [
        (61, Side::Resident, "0"),
        (60, Side::Resident, "0"),
        (59, Side::Resident, "1.5"),
        (59, Side::Station, "0"),
        (-30, Side::Resident, "1.5"),
        (-30, Side::Supplier, "0"),
    ] {
        let mut world = world();
        world.wish(Command::Book(Request { slots: 3, ..seat(1, 1, 2) })).unwrap();
        world.now = start(2).microseconds() - minutes_before * MINUTE;
        world.wish(cancel(1, by)).unwrap();
        let left = points("3").minus(points(kept)).unwrap();
        assert_eq!(wallet(&world, resident(1)), (left, Points::ZERO), "{minutes_before} {by:?}");
        let supplier = world.state.balance(Account::Supplier(DEPARTMENT)).points;
        assert_eq!(supplier, points(kept));
        let cancelled = Refusal::BookingStatus { found: Status::Cancelled };
        assert_eq!(world.wish(cancel(1, by)), Err(cancelled));
        assert_eq!(world.state.check_laws(), Ok(()));
        world.wish(Command::Book(Request { quantity: 2, ..seat(2, 2, 3) })).unwrap();
    }
}

#[test]
fn what_lapsed_meanwhile_does_not_come_back_and_the_soonest_is_kept_first() {
    let mut world = world();
    // The points of March live until the end of April.
    let may = at(MORNING + 60 * DAY);
    let request = Request { start: may, slots: 3, resource: COURT, ..seat(1, 1, 0) };
    world.now = MORNING + 57 * DAY;
    world.wish(Command::Book(request)).unwrap();
    world.now = may.microseconds();
    let records = world.wish(cancel(1, Side::Resident)).unwrap();
    assert_eq!(wallet(&world, resident(1)), (Points::ZERO, Points::ZERO));
    let Ended { kept, lapsed, .. } = last_event(&records).ended().unwrap();
    assert_eq!((kept[0].points, lapsed[0].points), (points("1.5"), points("1.5")));
    let mut world = World::with_places();
    world.serve(1, resident(1), "CLEAN");
    world.now = MORNING + 30 * DAY;
    world.serve(2, resident(1), "CLEAN");
    world.now = MORNING + 55 * DAY;
    let request = Request { start: at(MORNING + 58 * DAY), slots: 2, resource: COURT, ..request };
    world.wish(Command::Book(request)).unwrap();
    world.now = MORNING + 58 * DAY - HOUR / 2;
    let records = world.wish(cancel(1, Side::Resident)).unwrap();
    let Ended { kept, lapsed, .. } = last_event(&records).ended().unwrap();
    assert_eq!((kept.len(), lapsed.len()), (1, 0));
    assert_eq!((kept[0].lot, kept[0].points), (contribution(1), points("1")));
}

#[test]
fn whoever_stays_away_loses_a_part_and_after_two_absences_is_paused() {
    let mut world = world();
    for (number, hours) in [(1, 1), (2, 3)] {
        world.wish(Command::Book(seat(number, 1, hours))).unwrap();
    }
    world.now = start(2).microseconds();
    world.let_due_happen();
    assert_eq!(status(&world, 1), Status::NotShown);
    // All of the price is kept.
    assert_eq!(wallet(&world, resident(1)), (points("1"), points("1")));
    let last = world.records.last().unwrap().clone();
    assert_eq!(last.happened_at, start(2));
    world.wish(Command::Book(seat(3, 1, 24))).unwrap();
    world.now = start(5).microseconds();
    world.let_due_happen();
    let until = at(start(4).microseconds() + 3 * DAY);
    let Event::NotShown { paused_until, .. } = last_event(&world.records) else { panic!() };
    assert_eq!(*paused_until, Some(until));
    let paused = Refusal::BookingPaused { until };
    assert_eq!(world.wish(Command::Book(seat(4, 1, 6))), Err(paused.clone()));
    // What was booked before stays booked, and the pause is the class's alone.
    world.now = start(24).microseconds();
    world.wish(check_in(3)).unwrap();
    world.wish(Command::Book(Request { resource: COURT, ..seat(5, 2, 25) })).unwrap();
    world.now = until.microseconds() - MINUTE;
    assert_eq!(world.wish(Command::Book(seat(4, 1, 24 * 6))), Err(paused));
    world.now = until.microseconds();
    let short = Refusal::InsufficientPoints { available: Points::ZERO, needed: points("1") };
    assert_eq!(world.wish(Command::Book(seat(4, 1, 24 * 6))), Err(short));
}

#[test]
fn the_list_moves_on_in_order_and_passes_over_who_can_not_pay() {
    let mut world = world();
    for (number, who) in [(1, 1), (2, 2)] {
        world.wish(Command::Book(seat(number, who, 3))).unwrap();
    }
    world.wish(Command::Wait(Request { quantity: 2, ..seat(3, 3, 3) })).unwrap();
    for (number, who) in [(4, 8), (5, 4), (6, 5)] {
        world.wish(Command::Wait(seat(number, who, 3))).unwrap();
    }
    let waiting = [3, 4, 5, 6].map(booking);
    assert_eq!(world.state.resources().get(CLASS).unwrap().waiting(), waiting);
    world.wish(cancel(1, Side::Resident)).unwrap();
    assert_eq!(world.state.next_deadline(), Some(at(world.now)));
    // Whoever comes now doesn't overtake: 3 wants two seats, 8 has no points, 4 gets it.
    let full = Refusal::SlotFull { free: 0, of: 2, wanted: 1 };
    assert_eq!(world.wish(Command::Book(seat(7, 6, 3))), Err(full));
    assert_eq!([4, 5].map(|it| status(&world, it)), [Status::PassedOver, Status::Booked]);
    let passed = |event: &Event| matches!(event, Event::PassedOver { why: Unfit::Points, .. });
    let events = |world: &World| {
        let booking = |record: &Record| match &record.event {
            linli_domain::Event::Booking(event) => Some(event.clone()),
            _ => None,
        };
        world.records.iter().filter_map(booking).collect::<Vec<_>>()
    };
    assert_eq!(events(&world).iter().filter(|it| passed(it)).count(), 1);
    assert_eq!(wallet(&world, resident(4)), (points("2"), points("1")));
    // Both seats at once: 3 was first.
    world.wish(cancel(2, Side::Station)).unwrap();
    world.let_due_happen();
    assert_eq!([3, 6].map(|it| status(&world, it)), [Status::Waiting, Status::Booked]);
    world.wish(cancel(5, Side::Resident)).unwrap();
    world.wish(cancel(6, Side::Resident)).unwrap();
    world.let_due_happen();
    assert_eq!(status(&world, 3), Status::Booked);
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn waiting_ends_with_the_start_or_before() {
    let mut world = world();
    for (number, who) in [(1, 1), (2, 2)] {
        world.wish(Command::Book(seat(number, who, 1))).unwrap();
    }
    for (number, who) in [(3, 3), (4, 4)] {
        world.wish(Command::Wait(seat(number, who, 1))).unwrap();
    }
    world.wish(Command::Leave(booking(3))).unwrap();
    assert_eq!(
        world.wish(Command::Leave(booking(3))),
        Err(Refusal::BookingStatus { found: Status::Left })
    );
    world.now = start(1).microseconds() + 7 * MINUTE;
    world.let_due_happen();
    assert_eq!([3, 4].map(|it| status(&world, it)), [Status::Left, Status::Lapsed]);
    assert_eq!(world.records.last().unwrap().happened_at, start(1));
    let since = start(1);
    assert_eq!(world.wish(Command::Wait(seat(5, 5, 1))), Err(Refusal::SlotOver { since }));
}

#[test]
fn what_is_withdrawn_ends_at_once_and_gives_all_back() {
    let mut world = world();
    for (number, who) in [(1, 1), (2, 2)] {
        world.wish(Command::Book(seat(number, who, 1))).unwrap();
    }
    world.wish(Command::Wait(seat(3, 3, 1))).unwrap();
    world.now = start(1).microseconds() - MINUTE;
    world.wish(resource::Command::Withdraw(CLASS)).unwrap();
    world.let_due_happen();
    assert_eq!(
        [1, 2, 3].map(|it| status(&world, it)),
        [Status::Cancelled, Status::Cancelled, Status::PassedOver]
    );
    assert_eq!(wallet(&world, resident(1)), (points("3"), Points::ZERO));
    assert_eq!(world.wish(resource::Command::Withdraw(CLASS)), Err(Refusal::ResourceWithdrawn));
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn a_resource_that_makes_no_sense_is_not_opened() {
    let mut world = World::with_places();
    let of = |change: fn(&mut Resource)| {
        let mut resource = court(place(9));
        change(&mut resource);
        resource::Command::Open(resource)
    };
    let invalid = |part| Refusal::InvalidResource { part };
    for (command, refusal) in [
        (of(|it| it.resource = CLASS), Refusal::AlreadyExists(Noun::Resource)),
        (of(|it| it.item = RICE), Refusal::NotBookable { item: RICE }),
        (of(|it| it.quantity = 0), invalid(ResourcePart::Quantity)),
        (of(|it| it.timetable.slot = Minutes::ZERO), invalid(ResourcePart::Timetable)),
        (of(|it| it.in_a_row_most = 0), invalid(ResourcePart::InARow)),
        (of(|it| it.days_ahead = 0), invalid(ResourcePart::DaysAhead)),
        (of(|it| it.terms.late_part = "1.01".parse().unwrap()), invalid(ResourcePart::Terms)),
    ] {
        assert_eq!(world.wish(command.clone()), Err(refusal), "{command:?}");
    }
    world.wish(of(|_| ())).unwrap();
}
