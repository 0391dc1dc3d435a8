//! A court under water: a clerk calls a slot off, and then the day, on the counter's page, and opens it again.

use anyhow::Context as _;
use linli_api::booking::{BookResource, BookingStatus};
use linli_api::item::{Eligibility, ItemKind, ListItem};
use linli_api::resource::{
    BookingTerms, CallSlotsOff, OffReason, OpenResource, Slot, SlotOpening, Timetable, Weekday,
};
use linli_api::{Bilingual, Id, Instant};
use linli_tests::{Place, TestSystem, Wish};

use crate::driver::with_browser;
use crate::page::Page;

/// The day after the place's clock begins, and a slot of it: eight in the evening in Nanjing.
const DAY: &str = "2025-03-06";
const START: &str = "2025-03-06T12:00:00Z";

/// A court that is open round the clock, by the hour, at ten points.
async fn court(place: &Place) -> anyhow::Result<Id> {
    let seen = place.shop.api.after(place.head().await?);
    let listed = seen.catalogue(None, None, None).await?.body.items;
    let supplier = listed.first().context("nothing is listed")?.item.supplier.clone();
    let item = ListItem {
        item: None,
        supplier,
        name: Bilingual::new("羽毛球场", "Badminton court"),
        kind: ItemKind::Bookable,
        price: "10".into(),
        cost: "3".into(),
        eligibility: Eligibility::default(),
    };
    let item = place.operator.list_item("court", &item).await?.body.changed.id;
    let openings =
        Weekday::ALL.map(|weekday| SlotOpening { weekday, from_minute: 0, slots: 24 }).into();
    let wish = OpenResource {
        resource: None,
        item,
        station: place.shop.station.clone(),
        quantity: 1,
        timetable: Timetable { slot_minutes: 60, every_weeks: 1, openings },
        in_a_row_most: 2,
        days_ahead: 14,
        terms: BookingTerms {
            free_until_minutes: 60,
            late_part: "0.5".into(),
            no_show_part: "1".into(),
            key_from_minutes: 15,
            pause: None,
        },
    };
    Ok(place.operator.open_resource("open", &wish).await?.body.changed.id)
}

async fn slots(place: &Place, court: &Id) -> anyhow::Result<Vec<Slot>> {
    let seen = place.shop.api.after(place.head().await?);
    Ok(seen.slots(court, DAY).await?.body.slots)
}

async fn evening(place: &Place, court: &Id) -> anyhow::Result<Slot> {
    let start: jiff::Timestamp = START.parse()?;
    let all = slots(place, court).await?;
    let found = all.into_iter().find(|slot| slot.start.as_str().parse().ok() == Some(start));
    found.context("no slot in the evening")
}

/// The rest of the day is called off, in Chinese, and all of it opened again.
async fn the_day(page: &Page, place: &Place, court: &Id) -> anyhow::Result<()> {
    page.choose_behind_receipt("zh").await?;
    page.until_text("#slots-acts", "全天停开").await?;
    page.click("#slots-acts button:first-child").await?;
    page.until_text("#confirm-title", "确认停开").await?;
    page.click("#confirm-yes").await?;
    page.until_text("#slots-note", "已停开 23 个时段").await?;
    assert!(slots(place, court).await?.iter().all(|slot| slot.off.is_some()));
    page.click("#slots-acts button:first-child").await?;
    page.until_text("#confirm-title", "重新开放").await?;
    page.click("#confirm-yes").await?;
    page.until_text("#slots-note", "已重新开放 24 个时段").await?;
    assert!(slots(place, court).await?.iter().all(|slot| slot.off.is_none()));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_calls_a_slot_and_a_day_off_and_opens_them_again() {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish::default()).await.unwrap();
    let chen = place.people.chen.clone();
    place.give(std::slice::from_ref(&chen), "45").await.unwrap();
    let court = court(&place).await.unwrap();
    let start: Instant = START.into();
    let wish = BookResource {
        booking: None,
        resource: court.clone(),
        resident: chen.resident.clone(),
        start: start.clone(),
        slots: 1,
        quantity: 1,
    };
    let booked = place.partner.book("b1", &wish).await.unwrap().body;
    // The read models have seen it all before the page is opened.
    place.shop.api.after(booked.last).slots(&court, DAY).await.unwrap();
    place.shop.api.after(booked.last).resources(None, None, None).await.unwrap();
    let booking = booked.changed.booking;

    with_browser("en-GB", |page| async move {
        page.sign_in(&place.url, &place.shop.key).await?;
        page.click("#slots-open").await?;
        page.until_text("#slots-form", "Badminton court").await?;
        page.paste("#slots-day", DAY).await?;
        let slot = evening(&place, &court).await?.start;
        let row = format!("#slots-list [data-slot='{slot}']");
        page.until_text(&row, "20:00–21:00").await?;
        page.until_text(&row, "0 of 1 free").await?;

        // One slot, for the weather; whoever had it is told of, and may keep all points.
        page.click(&format!("{row} button")).await?;
        page.until_text("#confirm-title", "Call this off?").await?;
        page.until_text("#confirm-body", "Badminton court · 2025-03-06 20:00–21:00").await?;
        page.until_text("#confirm-body", "1 booked").await?;
        page.click("#confirm-body input[value=damage]").await?;
        page.click("#confirm-yes").await?;
        page.until_text("#slots-note", "1 slot is off").await?;
        page.until_text(&row, "Off · Damage or repair").await?;
        let seen = place.partner.after(place.head().await?);
        let ended = seen.booking(&booking).await?.body;
        assert_eq!((ended.status, ended.kept.as_str()), (BookingStatus::Cancelled, "0.00"));
        assert_eq!(seen.wallet(&chen.resident).await?.body.available.as_str(), "45.00");
        let off = evening(&place, &court).await?.off.map(|off| off.reason);
        assert_eq!(off, Some(OffReason::Damage));

        // Opened again; and called off elsewhere before the page has seen it: the page says so.
        page.click(&format!("{row} button")).await?;
        page.until_text("#confirm-title", "Open this again?").await?;
        page.click("#confirm-yes").await?;
        page.until_text("#slots-note", "1 slot is open again").await?;
        page.until_text(&row, "1 of 1 free").await?;
        let body = CallSlotsOff { day: None, start: Some(start), reason: OffReason::Needed };
        place.shop.api.call_slots_off("elsewhere", &court, &body).await?;
        page.click(&format!("{row} button")).await?;
        page.click("#confirm-yes").await?;
        page.until("document.getElementById('confirm-wait').textContent.length > 0").await?;
        page.click("#confirm-no").await?;
        page.until_text(&row, "Needed for something else").await?;

        the_day(&page, &place, &court).await?;
        page.click("#slots-close").await?;
        page.nothing_went_wrong_but(&["409"]).await
    })
    .await
    .unwrap();
    system.stop().await.unwrap();
}
