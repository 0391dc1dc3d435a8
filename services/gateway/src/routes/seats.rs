//! Seats of activities: signing up, coming and going.

use axum::response::Response;
use linli_api::activity::{ComeIn, GoOut, Seat, SeatChanged, SignUp};
use linli_api::bulk::{Bulk, BulkAnswer};
use linli_api::page::Page;
use linli_api::receipt::Receipt;
use linli_domain::activity::Command;
use linli_domain::id::{ActivityId, ResidentId, SeatId};
use linli_domain::{Noun, Position};
use linli_readmodel::Projection;

use crate::caller::Caller;
use crate::command::{Bare, Deed};
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Path as _};
use crate::problem::{Problem, unknown};
use crate::receipt::{seat_row, seated};
use crate::request::{Cursor as _, PathText, Reading, Sent, SentMany};
use crate::told::{Seen, fault, log_fault, shown};

const SIGN_UP: Deed = Deed::creating("seat.sign-up");
const WITHDRAW: Deed = Deed::changing("seat.withdraw");
const CHECK_IN: Deed = Deed::changing("seat.check-in");
const CHECK_OUT: Deed = Deed::changing("seat.check-out");

/// Sign up
///
/// The resident has a seat, or waits for one if there is none; `status` says which. Nobody overtakes
/// who waits. Refused if the resident has another seat at that time.
#[utoipa::path(post, path = "/v1/seats", tag = "activities", request_body = SignUp,
    responses((status = 201, description = "Signed up", body = Receipt<SeatChanged>)))]
pub(super) async fn sign_up(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: SignUp, _: &Caller| parse::sign_up(&said).map(Command::SignUp);
    gateway.perform(SIGN_UP, &sent, "", meant, seated).await
}

/// Sign up to 1,000 residents up
#[utoipa::path(post, path = "/v1/seats/bulk", tag = "activities", request_body = Bulk<SignUp>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<SeatChanged>)))]
pub(super) async fn sign_up_bulk(Here(gateway): Here, sent: SentMany) -> Result<Response, Problem> {
    let meant = |said: SignUp, _: &Caller| parse::sign_up(&said).map(Command::SignUp);
    gateway.perform_all(SIGN_UP, &sent, meant, seated).await
}

/// Give a seat up, or wait no longer
///
/// Before the start.
#[utoipa::path(post, path = "/v1/seats/{id}/withdraw", tag = "activities",
    params(("id" = String, Path, description = "The seat")),
    responses((status = 200, description = "Given up", body = Receipt<SeatChanged>)))]
pub(super) async fn withdraw(
    Here(gateway): Here,
    PathText(seat): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |_: Bare, _: &Caller| SeatId::from_path(&seat, Noun::Seat).map(Command::Withdraw);
    gateway.perform(WITHDRAW, &sent, &seat, meant, seated).await
}

/// Come
///
/// With the code at the door, and where the device is, as far as there are any. The ledger's own clock
/// says when.
#[utoipa::path(post, path = "/v1/seats/{id}/check-in", tag = "activities",
    params(("id" = String, Path, description = "The seat")), request_body = ComeIn,
    responses((status = 200, description = "Present", body = Receipt<SeatChanged>)))]
pub(super) async fn check_in(
    Here(gateway): Here,
    PathText(seat): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: ComeIn, _: &Caller| {
        let showing = parse::showing(said.code.as_ref(), said.place.as_ref())?;
        Ok(Command::CheckIn { seat: SeatId::from_path(&seat, Noun::Seat)?, showing })
    };
    gateway.perform(CHECK_IN, &sent, &seat, meant, seated).await
}

/// Go
///
/// What counts becomes a contribution, with the seat's id, whose evidence the ledger has graded; it waits
/// for an officer's word like any other.
#[utoipa::path(post, path = "/v1/seats/{id}/check-out", tag = "activities",
    params(("id" = String, Path, description = "The seat")), request_body = GoOut,
    responses((status = 200, description = "Served", body = Receipt<SeatChanged>)))]
pub(super) async fn check_out(
    Here(gateway): Here,
    PathText(seat): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let number = SeatId::from_path(&seat, Noun::Seat)?;
    let said: GoOut = sent.said()?;
    let showing = parse::showing(said.code.as_ref(), said.place.as_ref())?;
    let visited = match said.scanned.as_slice() {
        // Nothing is asked of a read model then: that may not have seen the seat yet.
        [] => Vec::new(),
        // What was scanned proves itself for the activity of the seat, which its row tells.
        scanned => parse::visits(gateway.activity_of(number).await?, scanned)?,
    };
    let command = Command::CheckOut { seat: number, showing, visited };
    gateway.submit(CHECK_OUT, &sent, &seat, command.into(), seated).await
}

/// A seat
#[utoipa::path(get, path = "/v1/seats/{id}", tag = "activities",
    params(("id" = String, Path, description = "The seat")),
    responses((status = 200, description = "As it stands", body = Seat)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(seat): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let seat = SeatId::from_path(&seat, Noun::Seat)?;
    let Seen(position) = gateway.see(&[Projection::Orders], reading.after).await?;
    let row = gateway.reader.activity_seat(seat).await.map_err(fault)?;
    Ok(shown(position, &seat_row(&row.ok_or_else(|| unknown(Noun::Seat))?)))
}

/// A resident's seats, newest first
#[utoipa::path(get, path = "/v1/residents/{id}/seats", tag = "activities",
    params(("id" = String, Path, description = "The resident"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<Seat>)))]
pub(super) async fn of_resident(
    Here(gateway): Here,
    PathText(resident): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor::<Position>()?);
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let of = [Projection::Orders, Projection::Directory];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let known = gateway.reader.resident(resident).await.map_err(fault)?;
    known.ok_or_else(|| unknown(Noun::Resident))?;
    let page = gateway.reader.seats_of(resident, cursor, limit).await.map_err(fault)?;
    let items = page.rows.iter().map(seat_row).collect();
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

impl Inner {
    /// The activity of a seat. A row that isn't there may only not be there yet: it is unknown once the
    /// read model has seen all that the log holds now.
    async fn activity_of(&self, seat: SeatId) -> Result<ActivityId, Problem> {
        let mut row = self.reader.activity_seat(seat).await.map_err(fault)?;
        if row.is_none() {
            let head = self.log.head(&self.district).await.map_err(log_fault)?;
            let head = head.map(|head| Position(head.last));
            self.see(&[Projection::Orders], head).await?;
            row = self.reader.activity_seat(seat).await.map_err(fault)?;
        }
        row.map(|row| row.activity).ok_or_else(|| unknown(Noun::Seat))
    }
}
