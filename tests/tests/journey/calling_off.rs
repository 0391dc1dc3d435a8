//! A day and a slot that are called off: what was booked ends with all of its points given back, who
//! waited is told, nobody books it, and it is opened again.

use linli_api::booking::{BookingSide, BookingStatus, PassedOverReason};
use linli_api::key::KeyKind;
use linli_api::resource::{CallSlotsOff, OffReason, ReopenSlots, Slot, SlotOff};
use linli_api::{Client, ClientError, Id, Instant, Reply};
use linli_tests::{Place, TestSystem, Wish};

use crate::booking::{hour, minutes_to, name, open, seat, until};
use crate::counter::hand;
use crate::{audited, time};

fn day_of(start: &Instant) -> String {
    jiff::tz::Offset::constant(8).to_datetime(time(start)).date().to_string()
}

fn of_slot(start: &Instant, reason: OffReason) -> CallSlotsOff {
    CallSlotsOff { day: None, start: Some(start.clone()), reason }
}

async fn slot(place: &Place, resource: &Id, start: &Instant) -> Slot {
    let seen = place.partner.after(place.head().await.unwrap());
    let slots = seen.slots(resource, &day_of(start)).await.unwrap().body.slots;
    let at = start.as_str().trim_end_matches('Z');
    slots.into_iter().find(|slot| slot.start.as_str().starts_with(at)).unwrap()
}

/// What can be spent, and what is set aside.
async fn purse(place: &Place, resident: &Id) -> (String, String) {
    let seen = place.partner.after(place.head().await.unwrap());
    let wallet = seen.wallet(resident).await.unwrap().body;
    (wallet.available.as_str().to_owned(), wallet.held.as_str().to_owned())
}

fn detail<T>(outcome: Result<Reply<T>, ClientError>) -> String {
    outcome.err().unwrap().problem().unwrap().detail_en.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_that_is_off_gives_all_back_and_is_opened_again() {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish::default()).await.unwrap();
    let (partner, shop) = (&place.partner, &place.shop.api);
    let class = open(&place, 2).await;
    let resource = &class.resource;
    let people = &place.people;
    let (chen, wang, kin) = (&people.chen, &people.wang, &people.chen_kin);
    place.give(&[chen.clone(), wang.clone(), kin.clone()], "60").await.unwrap();
    let supplier: Client = hand(&place, KeyKind::Supplier, Some(&class.supplier)).await;

    // Two have a seat and one waits; the key is out for an hour before it.
    let (before, start, later) = (hour(&place, 4), hour(&place, 5), hour(&place, 6));
    let used = partner.book("b1", &seat(&class, chen, &before)).await.unwrap().body.changed;
    let first = partner.book("b2", &seat(&class, chen, &start)).await.unwrap().body.changed;
    let second = partner.book("b3", &seat(&class, wang, &start)).await.unwrap().body.changed;
    let waits = partner.wait_for("w1", &seat(&class, kin, &start)).await.unwrap().body.changed;
    place.let_pass(minutes_to(&place, &before) - 5).await.unwrap();
    shop.check_in("k1", &used.booking).await.unwrap();
    place.let_pass(35).await.unwrap();

    // Neither strangers nor residents' apps call it off, and not what nobody could mean.
    let flooded = of_slot(&start, OffReason::Weather);
    let kiosk = &place.kiosk.api;
    assert_eq!(name(&kiosk.call_slots_off("x1", resource, &flooded).await), "not-its-keeper");
    assert_eq!(name(&partner.call_slots_off("x2", resource, &flooded).await), "scope-missing");
    assert_eq!(
        name(&place.operator.call_slots_off("x3", resource, &flooded).await),
        "scope-missing"
    );
    let both = CallSlotsOff { day: Some(day_of(&start)), ..flooded.clone() };
    assert_eq!(name(&shop.call_slots_off("x4", resource, &both).await), "invalid-field");
    let closed = ReopenSlots { day: None, start: Some(start.clone()) };
    assert_eq!(name(&supplier.reopen_slots("x5", resource, &closed).await), "not-off");

    // Half of it would be kept by now, had the resident called it off. All comes back.
    let off = supplier.call_slots_off("o1", resource, &flooded).await.unwrap().body.changed;
    assert_eq!((off.by, off.reason), (BookingSide::Supplier, Some(OffReason::Weather)));
    assert_eq!(off.starts.len(), 1);
    let twice = supplier.call_slots_off("o1", resource, &flooded).await.unwrap().body.changed;
    assert_eq!(twice, off, "the same wish is done once");
    assert_eq!(name(&shop.call_slots_off("o2", resource, &flooded).await), "already-off");
    for booking in [&first.booking, &second.booking] {
        until(&place, booking, BookingStatus::Cancelled).await;
        let seen = partner.booking(booking).await.unwrap().body;
        assert_eq!(seen.cancelled_by, Some(BookingSide::Supplier));
        assert_eq!((seen.called_off, seen.kept.as_str()), (Some(OffReason::Weather), "0.00"));
    }
    until(&place, &waits.booking, BookingStatus::PassedOver).await;
    let told = partner.booking(&waits.booking).await.unwrap().body;
    assert_eq!(told.passed_over, Some(PassedOverReason::CalledOff));
    assert_eq!(partner.booking(&used.booking).await.unwrap().body.status, BookingStatus::Used);
    assert_eq!(purse(&place, &chen.resident).await, ("50.00".to_owned(), "0.00".to_owned()));
    assert_eq!(purse(&place, &wang.resident).await, ("60.00".to_owned(), "0.00".to_owned()));

    // Everybody sees it, and nobody books it or waits for it.
    let seen = slot(&place, resource, &start).await;
    let shown = SlotOff { by: BookingSide::Supplier, reason: OffReason::Weather };
    assert_eq!((seen.free, seen.waiting, seen.off), (0, 0, Some(shown)));
    let refused = partner.book("b4", &seat(&class, kin, &start)).await;
    assert_eq!(name(&refused), "slot-off");
    assert!(detail(refused).contains("the weather doesn't allow it"));
    assert_eq!(name(&partner.wait_for("w2", &seat(&class, kin, &start)).await), "slot-off");

    // Opened again by the station: who wants it books it anew.
    let open_again = shop.reopen_slots("r1", resource, &closed).await.unwrap().body.changed;
    assert_eq!((open_again.by, open_again.reason), (BookingSide::Station, None));
    assert_eq!(slot(&place, resource, &start).await.off, None);
    let anew = partner.book("b5", &seat(&class, kin, &start)).await.unwrap().body.changed;
    assert_eq!(anew.status, BookingStatus::Booked);

    // The whole day, which ends what is on it and nothing of another.
    let next_day = hour(&place, 48);
    let far = partner.book("b6", &seat(&class, wang, &next_day)).await.unwrap().body.changed;
    let day = CallSlotsOff { day: Some(day_of(&start)), start: None, reason: OffReason::Damage };
    let off = shop.call_slots_off("o3", resource, &day).await.unwrap().body.changed;
    assert!(!off.starts.is_empty() && off.starts.len() <= 24, "{off:?}");
    until(&place, &anew.booking, BookingStatus::Cancelled).await;
    assert_eq!(purse(&place, &kin.resident).await, ("60.00".to_owned(), "0.00".to_owned()));
    if day_of(&later) == day_of(&start) {
        assert_eq!(name(&partner.book("b7", &seat(&class, kin, &later)).await), "slot-off");
    }
    assert_eq!(partner.booking(&far.booking).await.unwrap().body.status, BookingStatus::Booked);
    audited(system, &place).await;
}
