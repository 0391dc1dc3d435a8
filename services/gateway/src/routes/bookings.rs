//! Bookings: by a partner for a resident, or at the station that hands out the key.

use axum::response::Response;
use linli_api as api;
use linli_api::booking::{Agreed, BookResource, BookingChanged, CancelBooking};
use linli_api::page::Page;
use linli_api::receipt::Receipt;
use linli_domain::booking::{Command, Status};
use linli_domain::id::{BookingId, ResidentId};
use linli_domain::time::Timestamp;
use linli_domain::{Noun, Position};
use linli_readmodel::Projection;
use linli_readmodel::redemptions::{Booking, BookingLot};

use crate::calendar::span;
use crate::caller::Caller;
use crate::command::{Bare, Deed};
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Path as _, Spoken as _};
use crate::problem::{Problem, unknown};
use crate::receipt::{amount, booked, id, instant};
use crate::request::{Cursor, PathText, Reading, Sent};
use crate::routes::resources::day_asked;
use crate::told::{Seen, fault, shown};

const BOOK: Deed = Deed::creating("booking.book");
const WAIT: Deed = Deed::creating("booking.wait");
const LEAVE: Deed = Deed::changing("booking.leave");
const CANCEL: Deed = Deed::changing("booking.cancel");
const CHECK_IN: Deed = Deed::changing("booking.check-in");

/// Book
///
/// Sets points and slots aside. Slots begin where the timetable says.
#[utoipa::path(post, path = "/v1/bookings", tag = "bookings", request_body = BookResource,
    responses((status = 201, description = "Booked", body = Receipt<BookingChanged>)))]
pub(super) async fn book(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: BookResource, _: &Caller| parse::booking(&said).map(Command::Book);
    gateway.perform(BOOK, &sent, "", meant, booked).await
}

/// Wait until there is room
///
/// Only for what is full. As soon as there is room for the first who fits, it is booked for them, or
/// they are passed over if they can't have it by then.
#[utoipa::path(post, path = "/v1/bookings/waiting", tag = "bookings", request_body = BookResource,
    responses((status = 201, description = "On the list", body = Receipt<BookingChanged>)))]
pub(super) async fn wait(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: BookResource, _: &Caller| parse::booking(&said).map(Command::Wait);
    gateway.perform(WAIT, &sent, "", meant, booked).await
}

/// Wait no longer
#[utoipa::path(post, path = "/v1/bookings/{id}/leave", tag = "bookings",
    params(("id" = String, Path, description = "The booking")),
    responses((status = 200, description = "Off the list", body = Receipt<BookingChanged>)))]
pub(super) async fn leave(
    Here(gateway): Here,
    PathText(booking): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant =
        |_: Bare, _: &Caller| BookingId::from_path(&booking, Noun::Booking).map(Command::Leave);
    gateway.perform(LEAVE, &sent, &booking, meant, booked).await
}

/// Call a booking off
///
/// The resident's wish is free of charge in time; later a part of the points is kept. By the fault of
/// the station or the supplier, which the station says, all come back.
#[utoipa::path(post, path = "/v1/bookings/{id}/cancel", tag = "bookings",
    params(("id" = String, Path, description = "The booking")), request_body = CancelBooking,
    responses((status = 200, description = "Called off", body = Receipt<BookingChanged>)))]
pub(super) async fn cancel(
    Here(gateway): Here,
    PathText(booking): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: CancelBooking, caller: &Caller| {
        let booking = BookingId::from_path(&booking, Noun::Booking)?;
        parse::cancel(booking, caller.station().ok(), &said)
    };
    gateway.perform(CANCEL, &sent, &booking, meant, booked).await
}

/// Hand out the key
///
/// The supplier has the points, and the resident the slots until they are over.
#[utoipa::path(post, path = "/v1/bookings/{id}/check-in", tag = "bookings",
    params(("id" = String, Path, description = "The booking")),
    responses((status = 200, description = "In use", body = Receipt<BookingChanged>)))]
pub(super) async fn check_in(
    Here(gateway): Here,
    PathText(booking): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |_: Bare, caller: &Caller| {
        let booking = BookingId::from_path(&booking, Noun::Booking)?;
        Ok(Command::CheckIn { booking, station: caller.station()? })
    };
    gateway.perform(CHECK_IN, &sent, &booking, meant, booked).await
}

/// What begins on a day at the station that the key is bound to
///
/// In the order of the starts, also what was cancelled or not used.
#[utoipa::path(get, path = "/v1/bookings", tag = "bookings",
    params(("day" = String, Query, description = "The day, such as 2025-03-05"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<api::booking::Booking>)))]
pub(super) async fn of_day(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let day = day_asked(&mut reading)?;
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    reading.asked.done()?;
    let station = reading.caller.station()?;
    let Seen(position) = gateway.see(&[Projection::Redemptions], reading.after).await?;
    let now = gateway.ledger_time(Projection::Redemptions).await?;
    let zone = gateway.calendar_at(now).await?.zone;
    let span = span(zone, day);
    let page = gateway.reader.bookings_at(station, span, cursor, limit).await.map_err(fault)?;
    let items = page.rows.iter().map(|row| of_row(row, &[], None)).collect();
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

/// A resident's bookings, newest first
#[utoipa::path(get, path = "/v1/residents/{id}/bookings", tag = "bookings",
    params(("id" = String, Path, description = "The resident"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<api::booking::Booking>)))]
pub(super) async fn of_resident(
    Here(gateway): Here,
    PathText(resident): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor::<Position>()?);
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let of = [Projection::Redemptions, Projection::Directory];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    gateway.resident(resident).await?;
    let page = gateway.reader.bookings_of(resident, cursor, limit).await.map_err(fault)?;
    let items = page.rows.iter().map(|row| of_row(row, &[], None)).collect();
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

/// A booking
///
/// Of one that waits, its place among those who wait. A station sees those of its own counter, and
/// who waits.
#[utoipa::path(get, path = "/v1/bookings/{id}", tag = "bookings",
    params(("id" = String, Path, description = "The booking")),
    responses((status = 200, description = "The booking", body = api::booking::Booking)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(booking): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let booking = BookingId::from_path(&booking, Noun::Booking)?;
    let Seen(position) = gateway.see(&[Projection::Redemptions], reading.after).await?;
    let found = gateway.reader.booking(booking).await.map_err(fault)?;
    let may = |row: &Booking| row.station.is_none_or(|at| reading.caller.sees_station(at));
    let ticket = found.filter(|it| may(&it.booking)).ok_or_else(|| unknown(Noun::Booking))?;
    let place = gateway.place_in_line(&ticket.booking).await?;
    Ok(shown(position, &of_row(&ticket.booking, &ticket.lots, place)))
}

impl Inner {
    /// The place of one who waits among all who wait for the resource, from 1.
    async fn place_in_line(&self, row: &Booking) -> Result<Option<u32>, Problem> {
        if row.status != Status::Waiting {
            return Ok(None);
        }
        let line = self.reader.waiting_for(row.resource).await.map_err(fault)?;
        let before = line.iter().position(|it| it.booking == row.booking);
        Ok(before.and_then(|before| u32::try_from(before.saturating_add(1)).ok()))
    }
}

fn of_row(row: &Booking, lots: &[BookingLot], place: Option<u32>) -> api::booking::Booking {
    api::booking::Booking {
        booking: id(row.booking),
        status: row.status.said(),
        resource: id(row.resource),
        resident: id(row.resident),
        start: instant(row.start),
        slots: row.slots,
        quantity: row.quantity,
        recorded_at: instant(row.recorded_at),
        place,
        agreed: agreed(row, lots),
        ended_at: row.ended_at.map(instant),
        kept: amount(row.kept),
        lapsed: amount(row.lapsed),
        cancelled_by: row.cancelled_by.map(|by| by.said()),
        called_off: row.off_reason.map(|reason| reason.said()),
        passed_over: row.unfit.map(|why| why.said()),
        paused_until: row.paused_until.map(instant),
    }
}

fn agreed(row: &Booking, lots: &[BookingLot]) -> Option<Agreed> {
    let lot = |lot: &BookingLot| api::redemption::LotTaken {
        lot: id(lot.lot),
        pool: id(lot.pool),
        expires_at: instant(lot.expires_at),
        points: amount(lot.points),
    };
    Some(Agreed {
        station: id(row.station?),
        ends_at: instant(row.ends_at?),
        free_until: instant(row.free_until?),
        key_from: instant(row.key_from?),
        price: amount(row.price?),
        total: amount(row.total?),
        lots: lots.iter().map(lot).collect(),
    })
}

impl Cursor for (Timestamp, Position) {
    fn numbers(&self) -> Vec<i128> {
        vec![self.0.microseconds().into(), self.1.0.into()]
    }

    fn from_numbers(numbers: &[i128]) -> Option<Self> {
        let [start, position] = numbers else { return None };
        let start = Timestamp::from_microseconds(i64::try_from(*start).ok()?);
        Some((start, Position(u64::try_from(*position).ok()?)))
    }
}
