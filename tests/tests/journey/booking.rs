//! Shared resources: booked, waited for, called off, used, missed; and many who want the last seat.

use futures::future::join_all;
use linli_api::booking::{BookResource, BookingChanged, BookingSide, BookingStatus};
use linli_api::item::{Eligibility, Hindrance, ItemKind, ListItem};
use linli_api::key::KeyKind;
use linli_api::past::{TrailRole, TrailSubject};
use linli_api::redemption::{Basket, Wish as Line};
use linli_api::resource::{
    BookingPause, BookingTerms, OpenResource, SlotOpening, Timetable, Weekday,
};
use linli_api::statement::{Due, IssueStatement};
use linli_api::wallet::StatementKind;
use linli_api::{Bilingual, ClientError, Id, Instant};
use linli_tests::{Person, Place, TestSystem, Wish, wait};

use crate::counter::{counted, hand};
use crate::races::expected;
use crate::{audited, time};

const CLIENTS: usize = 64;

/// A class of some seats, by the hour and round the clock, at ten points a seat: half is kept of what
/// is cancelled within an hour of the start, all of what nobody uses, and two absences pause.
pub struct Class {
    item: Id,
    pub resource: Id,
    pub supplier: Id,
}

pub async fn open(place: &Place, seats: u32) -> Class {
    let seen = place.shop.api.after(place.head().await.unwrap());
    let catalogue = seen.catalogue(None, None, None).await.unwrap().body.items;
    let supplier = catalogue[0].item.supplier.clone();
    let item = ListItem {
        item: None,
        supplier: supplier.clone(),
        name: Bilingual::new("书法课", "Calligraphy class"),
        kind: ItemKind::Bookable,
        price: "10".into(),
        cost: "3".into(),
        eligibility: Eligibility::default(),
    };
    let item = place.operator.list_item("class", &item).await.unwrap().body.changed.id;
    let opening = |weekday| SlotOpening { weekday, from_minute: 0, slots: 24 };
    let openings = Weekday::ALL.map(opening).into();
    let wish = OpenResource {
        resource: None,
        item: item.clone(),
        station: place.shop.station.clone(),
        quantity: seats,
        timetable: Timetable { slot_minutes: 60, every_weeks: 1, openings },
        in_a_row_most: 3,
        days_ahead: 14,
        terms: BookingTerms {
            free_until_minutes: 60,
            late_part: "0.5".into(),
            no_show_part: "1".into(),
            key_from_minutes: 15,
            pause: Some(BookingPause { no_shows: 2, within_days: 7, days: 3 }),
        },
    };
    let opened = place.operator.open_resource("open", &wish).await.unwrap().body;
    Class { item, resource: opened.changed.id, supplier }
}

/// The full hour that begins so many hours after this one.
pub fn hour(place: &Place, hours: i64) -> Instant {
    let second = (place.now().as_second() / 3600 + hours) * 3600;
    format!("{}", jiff::Timestamp::from_second(second).unwrap()).as_str().into()
}

pub fn minutes_to(place: &Place, start: &Instant) -> i64 {
    (time(start).as_second() - place.now().as_second()) / 60
}

pub fn seat(class: &Class, person: &Person, start: &Instant) -> BookResource {
    BookResource {
        booking: None,
        resource: class.resource.clone(),
        resident: person.resident.clone(),
        start: start.clone(),
        slots: 1,
        quantity: 1,
    }
}

pub fn name<T>(outcome: &Result<T, ClientError>) -> String {
    outcome.as_ref().map_or_else(
        |error| error.problem().map_or_else(|| error.to_string(), |it| it.name().to_owned()),
        |_| "won".to_owned(),
    )
}

pub async fn until(place: &Place, booking: &Id, wanted: BookingStatus) {
    let look = async || {
        let seen = place.partner.booking(booking).await.ok()?.body.status;
        (seen == wanted).then_some(())
    };
    wait::until("the booking gets there", wait::LONG, look).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_is_booked_used_called_off_and_missed() {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish::default()).await.unwrap();
    let (partner, shop) = (&place.partner, &place.shop.api);
    let class = open(&place, 2).await;
    let people = &place.people;
    let (chen, wang, kin) = (&people.chen, &people.wang, &people.chen_kin);
    place.give(&[chen.clone(), wang.clone(), kin.clone()], "60").await.unwrap();

    // Not over the counter any more, and the catalogue says why.
    let items = vec![Line { item: class.item.clone(), quantity: 1 }];
    let basket = Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(chen.resident.clone()),
        items,
    };
    assert_eq!(name(&shop.sell("s1", &basket).await), "booking-needed");
    let shown = shop.after(place.head().await.unwrap()).catalogue(None, None, None).await;
    let shown = shown.unwrap().body.items.into_iter().find(|it| it.item.item == class.item);
    assert_eq!(shown.unwrap().hindrances, [Hindrance::BookingNeeded]);

    // Two seats, and a third who waits.
    let start = hour(&place, 5);
    let booked = partner.book("b1", &seat(&class, chen, &start)).await.unwrap().body.changed;
    assert_eq!(booked.status, BookingStatus::Booked);
    assert_eq!(
        (booked.available.unwrap().as_str(), booked.held.unwrap().as_str()),
        ("50.00", "10.00")
    );
    let early = name(&partner.wait_for("w0", &seat(&class, wang, &start)).await);
    assert_eq!(early, "slot-has-room");
    let second = partner.book("b2", &seat(&class, wang, &start)).await.unwrap().body.changed;
    let full = shop.book("b3", &seat(&class, kin, &start)).await.unwrap_err();
    let full = full.problem().unwrap();
    assert_eq!((full.name(), full.detail_en.as_str()), ("slot-full", "0 of 2 free, 1 wanted."));
    let waits = partner.wait_for("w1", &seat(&class, kin, &start)).await.unwrap().body;
    let kins = &waits.changed.booking;
    let seen = partner.after(waits.last);
    assert_eq!(seen.booking(kins).await.unwrap().body.place, Some(1));
    let day = jiff::tz::Offset::constant(8).to_datetime(time(&start)).date();
    let slots = seen.slots(&class.resource, &day.to_string()).await.unwrap().body.slots;
    let at = start.as_str().trim_end_matches('Z');
    let slot = slots.iter().find(|slot| slot.start.as_str().starts_with(at)).unwrap();
    assert_eq!((slots.len(), slot.of, slot.free, slot.waiting), (24, 2, 0, 1));

    // Chen leaves in time, and the one who waits has the seat.
    let stranger = place.kiosk.api.cancel_booking("x1", &booked.booking, BookingSide::Station);
    assert_eq!(name(&stranger.await), "other-station");
    let fault = partner.cancel_booking("x2", &booked.booking, BookingSide::Station);
    assert_eq!(name(&fault.await), "scope-missing");
    let free = partner.cancel_booking("x3", &booked.booking, BookingSide::Resident).await.unwrap();
    assert_eq!(free.body.changed.available.unwrap().as_str(), "60.00");
    until(&place, kins, BookingStatus::Booked).await;

    // Too late to be free: half of it is kept. The key, and a seat that stays empty.
    place.let_pass(minutes_to(&place, &start) - 30).await.unwrap();
    assert_eq!(name(&shop.check_in("k0", kins).await), "key-too-early");
    let late = partner.cancel_booking("x4", &second.booking, BookingSide::Resident).await.unwrap();
    assert_eq!(late.body.changed.available.unwrap().as_str(), "55.00");
    let again = partner.book("b4", &seat(&class, chen, &start)).await.unwrap().body.changed;
    place.let_pass(20).await.unwrap();
    let used = shop.check_in("k1", kins).await.unwrap().body;
    assert_eq!((used.changed.status, used.changed.kept.len()), (BookingStatus::Used, 1));
    let today = shop.after(used.last).bookings_of_day(&day.to_string(), None).await.unwrap().body;
    assert_eq!(today.items.len(), 4);
    place.let_pass(90).await.unwrap();
    until(&place, &again.booking, BookingStatus::NotShown).await;

    // A second absence pauses; what is left of the class is withdrawn.
    let next = hour(&place, 2);
    let missed = partner.book("b5", &seat(&class, chen, &next)).await.unwrap().body.changed;
    place.let_pass(minutes_to(&place, &next) + 61).await.unwrap();
    until(&place, &missed.booking, BookingStatus::NotShown).await;
    let later = hour(&place, 3);
    assert_eq!(name(&partner.book("b6", &seat(&class, chen, &later)).await), "booking-paused");
    let wangs = partner.book("b7", &seat(&class, wang, &later)).await.unwrap().body.changed;
    place.operator.withdraw_resource("over", &class.resource).await.unwrap();
    until(&place, &wangs.booking, BookingStatus::Cancelled).await;
    let after = shop.after(place.head().await.unwrap());
    let lines = after.statement(&chen.resident, 50, None).await.unwrap().body.items;
    let count = |kind| lines.iter().filter(|line| line.kind == kind).count();
    assert_eq!(count(StatementKind::Booked), 6, "{lines:?}");
    assert_eq!((count(StatementKind::NotShown), count(StatementKind::BookingCancelled)), (2, 2));
    let lot = again.agreed.as_ref().unwrap().lots[0].lot.clone();
    let trail = place.auditor.trail(&TrailSubject::Contribution(lot)).await.unwrap().body;
    let role = |role| trail.steps.iter().filter(|step| step.role == role).count();
    assert_eq!((role(TrailRole::Spent), role(TrailRole::Ended)), (3, 3), "what the points bought");
    // From a contribution to a booking, and from the booking back to what paid for it.
    let spent = trail.steps.iter().find(|step| step.role == TrailRole::Spent).unwrap();
    assert!(matches!(spent.follow, Some(TrailSubject::Booking(_))), "{:?}", spent.follow);
    let subject = TrailSubject::Booking(kins.clone());
    let back = place.auditor.trail(&subject).await.unwrap().body;
    let roles: Vec<TrailRole> = back.steps.iter().map(|step| step.role).collect();
    for wanted in [TrailRole::Claimed, TrailRole::Awarded, TrailRole::Rules] {
        assert!(roles.contains(&wanted), "{wanted:?} in {roles:?}");
    }
    use TrailRole::{Ended, Spent, Waited};
    assert_eq!(roles[roles.len() - 3..], [Waited, Spent, Ended]);
    let nothing = TrailSubject::Booking("01JZZZZZZZZZZZZZZZZZZZZZZZ".into());
    let unknown = place.auditor.trail(&nothing).await.unwrap_err();
    assert_eq!(unknown.problem().unwrap().status, 404);
    let all = after.bookings_of(&chen.resident, 50, None).await.unwrap().body.items;
    let stood: Vec<BookingStatus> = all.iter().map(|it| it.status).collect();
    use BookingStatus::{Cancelled, NotShown};
    assert_eq!(stood, [NotShown, NotShown, Cancelled]);

    // Half a seat, a seat, and two that stayed empty are to be paid for.
    let issue = IssueStatement { statement: None, supplier: class.supplier, label: "Q".into() };
    let finance = hand(&place, KeyKind::Finance, None).await;
    let figures = finance.issue_statement("i1", &issue).await.unwrap().body.changed;
    assert_eq!(figures.captured, Due { points: "35.00".into(), yuan: "10.50".into() });
    assert_eq!((figures.lines.len(), figures.lines[0].captured_pieces), (1, 1));
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_seat_has_one_winner_and_the_rest_wait_in_order() {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish { crowd: CLIENTS }).await.unwrap();
    let class = &open(&place, 1).await;
    place.give(&place.crowd, "20").await.unwrap();
    let (partner, shop) = (&place.partner, &place.shop.api);
    let start = &hour(&place, 5);

    let book = |(at, person): (usize, &Person)| {
        let wish = seat(class, person, start);
        async move { partner.book(&format!("book-{at}"), &wish).await }
    };
    let outcomes = join_all(place.crowd.iter().enumerate().map(book)).await;
    assert_eq!(counted(&outcomes), expected([("won", 1), ("slot-full", CLIENTS - 1)]));
    let winner = outcomes.into_iter().find_map(Result::ok).unwrap().body.changed;

    let others = place.crowd.iter().filter(|person| person.resident != winner.resident);
    let queue = others.enumerate().map(|(at, person)| {
        let wish = seat(class, person, start);
        async move { partner.wait_for(&format!("wait-{at}"), &wish).await }
    });
    let outcomes = join_all(queue).await;
    assert_eq!(counted(&outcomes), expected([("won", CLIENTS - 1)]));
    let mut line: Vec<(u64, BookingChanged)> =
        outcomes.into_iter().map(|it| it.unwrap().body).map(|it| (it.first, it.changed)).collect();
    line.sort_by_key(|(position, _)| *position);

    // As each leaves, the one who has waited longest has the seat; cancelling and the key race.
    let mut holder = winner.booking;
    for (_, next) in line.iter().take(3) {
        partner
            .cancel_booking(&format!("go-{holder}"), &holder, BookingSide::Resident)
            .await
            .unwrap();
        until(&place, &next.booking, BookingStatus::Booked).await;
        holder = next.booking.clone();
    }
    place.let_pass(minutes_to(&place, start) - 10).await.unwrap();
    let holder = &holder;
    let ends = (0..CLIENTS).map(|at| async move {
        let key = format!("end-{at}");
        if at % 2 == 0 {
            shop.check_in(&key, holder).await
        } else {
            partner.cancel_booking(&key, holder, BookingSide::Resident).await
        }
    });
    let outcomes = join_all(ends).await;
    assert_eq!(counted(&outcomes), expected([("booking-stage", CLIENTS - 1), ("won", 1)]));

    // Whoever still waits at the start goes home, and the deadline is on nobody's side twice.
    place.let_pass(90).await.unwrap();
    let (_, last) = line.last().unwrap();
    until(&place, &last.booking, BookingStatus::Lapsed).await;
    let late = partner.leave_waiting("late", &last.booking).await;
    assert_eq!(name(&late), "booking-stage");
    audited(system, &place).await;
}
