//! What can be booked: opened and withdrawn by the operator, and what of it is free.

use axum::response::Response;
use linli_api as api;
use linli_api::page::Page;
use linli_api::receipt::{Named, Receipt};
use linli_api::resource::{
    CallSlotsOff, OpenResource, ReopenSlots, Resource, Slot, SlotOff, Slots, SlotsTurned,
};
use linli_domain::Noun;
use linli_domain::calendar::Day;
use linli_domain::id::ResourceId;
use linli_domain::resource::{Command, Keeper};
use linli_readmodel::Projection;
use linli_readmodel::catalogue::{self, Opening, Place};
use linli_readmodel::redemptions::Booking;

use crate::caller::Caller;
use crate::command::{Bare, Deed};
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Path as _, Spoken as _};
use crate::problem::{Kind, Problem, unknown};
use crate::receipt::{id, instant, named, turned};
use crate::request::{Cursor as _, PathText, Reading, Sent};
use crate::told::{Seen, fault, shown};

const OPEN: Deed = Deed::creating("resource.open");
const WITHDRAW: Deed = Deed::changing("resource.withdraw");
const CALL_OFF: Deed = Deed::changing("resource.call-off");
const REOPEN: Deed = Deed::changing("resource.reopen");

/// Open a resource for booking
///
/// From then on its item is booked by the slot and sold over no counter.
#[utoipa::path(post, path = "/v1/resources", tag = "bookings", request_body = OpenResource,
    responses((status = 201, description = "Opened", body = Receipt<Named>)))]
pub(super) async fn open(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    gateway.perform(OPEN, &sent, "", |said: OpenResource, _| parse::resource(&said), named).await
}

/// Withdraw a resource
///
/// What is booked of it is cancelled with all points given back, and who waits is passed over.
#[utoipa::path(post, path = "/v1/resources/{id}/withdraw", tag = "bookings",
    params(("id" = String, Path, description = "The resource")),
    responses((status = 200, description = "Withdrawn", body = Receipt<Named>)))]
pub(super) async fn withdraw(
    Here(gateway): Here,
    PathText(resource): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant =
        |_: Bare, _: &_| ResourceId::from_path(&resource, Noun::Resource).map(Command::Withdraw);
    gateway.perform(WITHDRAW, &sent, &resource, meant, named).await
}

/// Call slots off
///
/// A day or one slot, as the station or the supplier that the key is bound to. What is booked of them and
/// not yet used ends with all points given back, whatever was agreed; who waits is passed over; and
/// nobody can book them until they are opened again.
#[utoipa::path(post, path = "/v1/resources/{id}/call-off", tag = "bookings",
    params(("id" = String, Path, description = "The resource")), request_body = CallSlotsOff,
    responses((status = 200, description = "Off", body = Receipt<SlotsTurned>)))]
pub(super) async fn call_off(
    Here(gateway): Here,
    PathText(resource): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: CallSlotsOff, caller: &Caller| {
        let resource = ResourceId::from_path(&resource, Noun::Resource)?;
        parse::slots_off(resource, keeper(caller)?, &said)
    };
    gateway.perform(CALL_OFF, &sent, &resource, meant, turned).await
}

/// Open slots again
///
/// What had ended stays ended: whoever wants it books it anew.
#[utoipa::path(post, path = "/v1/resources/{id}/reopen", tag = "bookings",
    params(("id" = String, Path, description = "The resource")), request_body = ReopenSlots,
    responses((status = 200, description = "Open again", body = Receipt<SlotsTurned>)))]
pub(super) async fn reopen(
    Here(gateway): Here,
    PathText(resource): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: ReopenSlots, caller: &Caller| {
        let resource = ResourceId::from_path(&resource, Noun::Resource)?;
        parse::slots_on(resource, keeper(caller)?, &said)
    };
    gateway.perform(REOPEN, &sent, &resource, meant, turned).await
}

/// Whom the key speaks for, of those who have resources in hand.
fn keeper(caller: &Caller) -> Result<Keeper, Problem> {
    match caller.station() {
        Ok(station) => Ok(Keeper::Station(station)),
        Err(_) => caller.supplier().map(Keeper::Supplier),
    }
}

/// What can be booked
#[utoipa::path(get, path = "/v1/resources", tag = "bookings",
    params(("item" = Option<String>, Query, description = "Of which item"),
        ("station" = Option<String>, Query, description = "At which station"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of resources, in the order of their ids", body = Page<Resource>)))]
pub(super) async fn list(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let (item, station) = (reading.asked.id("item")?, reading.asked.id("station")?);
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Catalogue], reading.after).await?;
    let page = gateway.reader.resources(item, station, cursor, limit).await.map_err(fault)?;
    let items = page.rows.iter().map(of_place).collect();
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

/// A resource
#[utoipa::path(get, path = "/v1/resources/{id}", tag = "bookings",
    params(("id" = String, Path, description = "The resource")),
    responses((status = 200, description = "The resource", body = Resource)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(resource): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let resource = ResourceId::from_path(&resource, Noun::Resource)?;
    let Seen(position) = gateway.see(&[Projection::Catalogue], reading.after).await?;
    Ok(shown(position, &of_place(&gateway.place(resource).await?)))
}

/// The slots of a resource that begin on a day
///
/// With what can still be booked of each, and how many wait for it. The ledger has the last word.
#[utoipa::path(get, path = "/v1/resources/{id}/slots", tag = "bookings",
    params(("id" = String, Path, description = "The resource"),
        ("day" = String, Query, description = "The day, such as 2025-03-05")),
    responses((status = 200, description = "The slots, in their order", body = Slots)))]
pub(super) async fn slots(
    Here(gateway): Here,
    PathText(resource): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let day = day_asked(&mut reading)?;
    reading.asked.done()?;
    let resource = ResourceId::from_path(&resource, Noun::Resource)?;
    let of = [Projection::Catalogue, Projection::Redemptions];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let place = gateway.place(resource).await?;
    let slots = gateway.slots_of(&place, day).await?;
    Ok(shown(position, &Slots { resource: id(resource), day: day.to_string(), slots }))
}

/// The day that a query asks about.
pub(super) fn day_asked(reading: &mut Reading) -> Result<Day, Problem> {
    reading.asked.text("day").as_deref().and_then(Day::parse).ok_or_else(no_day)
}

/// What no day was told in.
pub(super) fn no_day() -> Problem {
    Problem::new(
        Kind::InvalidQuery,
        "请给出日期 day,例如 2025-03-05。",
        "Tell the `day`, such as 2025-03-05.",
    )
    .with("field", "day")
}

impl Inner {
    async fn place(&self, resource: ResourceId) -> Result<Place, Problem> {
        let place = self.reader.resource(resource).await.map_err(fault)?;
        place.ok_or_else(|| unknown(Noun::Resource))
    }

    async fn slots_of(&self, place: &Place, day: Day) -> Result<Vec<Slot>, Problem> {
        let row = &place.resource;
        let starts = row.timetable(&place.openings).of_day(row.zone, day);
        let (Some(first), Some(last)) = (starts.first(), starts.last()) else {
            return Ok(Vec::new());
        };
        let until = last.after(row.slot);
        let taken = self.reader.bookings_within(row.resource, *first, until);
        let taken = taken.await.map_err(fault)?;
        let waiting = self.reader.waiting_for(row.resource).await.map_err(fault)?;
        let off = self.reader.slots_off(row.resource, (*first, until)).await.map_err(fault)?;
        let slot = |start: &linli_domain::time::Timestamp| {
            let ends_at = start.after(row.slot);
            let covers = |it: &&Booking| it.start <= *start && *start < it.over(row.slot);
            let units: u32 = taken.iter().filter(covers).map(|it| it.quantity).sum();
            let off = off.get(start);
            let is_open = row.withdrawn_position.is_none() && off.is_none();
            let free = if is_open { row.quantity } else { 0 };
            Slot {
                start: instant(*start),
                ends_at: instant(ends_at),
                of: row.quantity,
                free: free.saturating_sub(units),
                waiting: u32::try_from(waiting.iter().filter(covers).count()).unwrap_or(u32::MAX),
                off: off.and_then(|turn| {
                    Some(SlotOff { by: turn.by.said(), reason: turn.reason?.said() })
                }),
            }
        };
        Ok(starts.iter().map(slot).collect())
    }
}

fn of_place(place: &Place) -> Resource {
    let row = &place.resource;
    let opening = |it: &Opening| api::resource::SlotOpening {
        weekday: it.weekday.said(),
        from_minute: it.from.get(),
        slots: it.slots,
    };
    Resource {
        resource: id(row.resource),
        item: id(row.item),
        station: id(row.station),
        quantity: row.quantity,
        timetable: api::resource::Timetable {
            slot_minutes: row.slot.get(),
            every_weeks: row.every_weeks,
            openings: place.openings.iter().map(opening).collect(),
        },
        zone_offset_seconds: row.zone.offset_seconds(),
        in_a_row_most: row.in_a_row_most,
        days_ahead: row.days_ahead,
        terms: terms(row),
        withdrawn: row.withdrawn_position.is_some(),
    }
}

fn terms(row: &catalogue::Resource) -> api::resource::BookingTerms {
    let pause = row.pause_no_shows.zip(row.pause_within_days).zip(row.pause_days);
    api::resource::BookingTerms {
        free_until_minutes: row.free_until.get(),
        late_part: row.late_part.to_string().into(),
        no_show_part: row.no_show_part.to_string().into(),
        key_from_minutes: row.key_from.get(),
        pause: pause.map(|((no_shows, within_days), days)| api::resource::BookingPause {
            no_shows,
            within_days,
            days,
        }),
    }
}
