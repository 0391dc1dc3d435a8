//! Queues for goods that a station is short of: by a partner for a resident, or at the station.

use axum::response::Response;
use linli_api as api;
use linli_api::page::Page;
use linli_api::queue::{JoinQueue, QueueChanged, QueueEntry};
use linli_api::receipt::Receipt;
use linli_domain::id::{RedemptionId, ResidentId};
use linli_domain::queue::{Command, Status};
use linli_domain::{Noun, Position};
use linli_readmodel::Projection;
use linli_readmodel::redemptions::Wait;

use crate::caller::Caller;
use crate::command::{Bare, Deed};
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Path as _, Spoken as _};
use crate::problem::{Problem, unknown};
use crate::receipt::{id, instant, queued};
use crate::request::{Cursor as _, PathText, Reading, Sent};
use crate::told::{Seen, fault, shown};

const JOIN: Deed = Deed::creating("queue.join");
const LEAVE: Deed = Deed::changing("queue.leave");

/// Wait for goods
///
/// Only for what the station has too few of. As soon as there are enough for the first who fits, they
/// are set aside for them under the id of the wait, as a redemption that is fetched within the time of
/// the rules; or they are passed over if they can't have them by then.
#[utoipa::path(post, path = "/v1/queue", tag = "queue", request_body = JoinQueue,
    responses((status = 201, description = "On the list", body = Receipt<QueueChanged>)))]
pub(super) async fn join(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: JoinQueue, caller: &Caller| parse::join_queue(caller.station().ok(), &said);
    gateway.perform(JOIN, &sent, "", meant, queued).await
}

/// Wait no longer
#[utoipa::path(post, path = "/v1/queue/{id}/leave", tag = "queue",
    params(("id" = String, Path, description = "The redemption that is waited for")),
    responses((status = 200, description = "Off the list", body = Receipt<QueueChanged>)))]
pub(super) async fn leave(
    Here(gateway): Here,
    PathText(redemption): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |_: Bare, caller: &Caller| {
        let redemption = RedemptionId::from_path(&redemption, Noun::Redemption)?;
        Ok(Command::Leave { redemption, station: caller.station().ok() })
    };
    gateway.perform(LEAVE, &sent, &redemption, meant, queued).await
}

/// Who waits at the station that the key is bound to
///
/// In the order of arrival, each with the place among those who wait for the same item.
#[utoipa::path(get, path = "/v1/queue", tag = "queue",
    params(("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<api::queue::QueueEntry>)))]
pub(super) async fn of_station(
    Here(gateway): Here,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor::<Position>()?);
    reading.asked.done()?;
    let station = reading.caller.station()?;
    let Seen(position) = gateway.see(&[Projection::Redemptions], reading.after).await?;
    let page = gateway.reader.waiting_at(station, cursor, limit).await.map_err(fault)?;
    let items = gateway.in_line(&page.rows).await?;
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

/// What a resident waits for, and waited for, newest first
#[utoipa::path(get, path = "/v1/residents/{id}/queue", tag = "queue",
    params(("id" = String, Path, description = "The resident"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<api::queue::QueueEntry>)))]
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
    let page = gateway.reader.waits_of(resident, cursor, limit).await.map_err(fault)?;
    let items = gateway.in_line(&page.rows).await?;
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

/// A wait, with its place
///
/// A station sees those at its own counter.
#[utoipa::path(get, path = "/v1/queue/{id}", tag = "queue",
    params(("id" = String, Path, description = "The redemption that is waited for")),
    responses((status = 200, description = "The wait", body = api::queue::QueueEntry)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(redemption): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let redemption = RedemptionId::from_path(&redemption, Noun::Redemption)?;
    let Seen(position) = gateway.see(&[Projection::Redemptions], reading.after).await?;
    let found = gateway.reader.wait(redemption).await.map_err(fault)?;
    let may = |row: &Wait| reading.caller.sees_station(row.station);
    let row = found.filter(may).ok_or_else(|| unknown(Noun::Redemption))?;
    let entry = gateway.in_line(std::slice::from_ref(&row)).await?.into_iter().next();
    Ok(shown(position, &entry.ok_or_else(|| unknown(Noun::Redemption))?))
}

impl Inner {
    /// Each with its place among all who wait for the same item at the same station, from 1.
    async fn in_line(&self, rows: &[Wait]) -> Result<Vec<QueueEntry>, Problem> {
        let waiting = rows.iter().filter(|row| row.status == Status::Waiting);
        let lists: Vec<_> = waiting.map(|row| (row.station, row.item)).collect();
        let lines = self.reader.queues(&lists).await.map_err(fault)?;
        let place = |row: &Wait| {
            let mut same =
                lines.iter().filter(|it| (it.station, it.item) == (row.station, row.item));
            let before = same.position(|it| it.redemption == row.redemption)?;
            u32::try_from(before.saturating_add(1)).ok()
        };
        Ok(rows.iter().map(|row| entry(row, place(row))).collect())
    }
}

fn entry(row: &Wait, place: Option<u32>) -> QueueEntry {
    QueueEntry {
        redemption: id(row.redemption),
        status: row.status.said(),
        resident: id(row.resident),
        station: id(row.station),
        item: id(row.item),
        quantity: row.quantity,
        recorded_at: instant(row.recorded_at),
        place,
        ended_at: row.ended_at.map(instant),
        passed_over: row.unfit.map(|why| why.said()),
        by_station: row.by_station,
    }
}
