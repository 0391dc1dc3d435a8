//! Stations: which one a key is, all of them, and goods brought to one.

use axum::response::Response;
use linli_api as api;
use linli_api::Bilingual;
use linli_api::bulk::{Bulk, BulkAnswer};
use linli_api::page::Page;
use linli_api::receipt::Receipt;
use linli_api::station::{
    CountStock, MoveStock, ReceiveStock, Shelf, Stations, StockCounted, StockMoved, StockReceived,
    StockWrittenOff, WriteOffStock,
};
use linli_domain::Noun;
use linli_readmodel::directory::Station;
use linli_readmodel::{Projection, catalogue};

use crate::caller::Caller;
use crate::command::Deed;
use crate::front::Here;
use crate::parse::{self, Spoken as _};
use crate::problem::{Problem, unknown};
use crate::receipt::{counted, id, moved, received, sent_back, written_off};
use crate::request::{Cursor as _, Reading, Sent, SentMany};
use crate::told::{Seen, fault, shown};

const RECEIVE: Deed = Deed::creating("stock.receive");
const SEND_BACK: Deed = Deed::creating("stock.send-back");
const COUNT: Deed = Deed::creating("stock.count");
const MOVE: Deed = Deed::creating("stock.move");
const WRITE_OFF: Deed = Deed::creating("stock.write-off");

/// The station that the key is bound to
#[utoipa::path(get, path = "/v1/station", tag = "stations",
    responses((status = 200, description = "The station", body = api::station::Station)))]
pub(super) async fn own(Here(gateway): Here, reading: Reading) -> Result<Response, Problem> {
    reading.asked.done()?;
    let station = reading.caller.station()?;
    let Seen(position) = gateway.see(&[Projection::Directory], reading.after).await?;
    let row = gateway
        .reader
        .station(station)
        .await
        .map_err(fault)?
        .ok_or_else(|| unknown(Noun::Station))?;
    Ok(shown(position, &of_row(&row)))
}

/// All stations
#[utoipa::path(get, path = "/v1/stations", tag = "stations",
    responses((status = 200, description = "The stations, in the order of their ids", body = Stations)))]
pub(super) async fn list(Here(gateway): Here, reading: Reading) -> Result<Response, Problem> {
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Directory], reading.after).await?;
    let rows = gateway.reader.stations().await.map_err(fault)?;
    Ok(shown(position, &Stations { stations: rows.iter().map(of_row).collect() }))
}

/// Take goods in, at the station that the key is bound to
#[utoipa::path(post, path = "/v1/stock", tag = "stations", request_body = ReceiveStock,
    responses((status = 201, description = "Taken in", body = Receipt<StockReceived>)))]
pub(super) async fn receive(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    gateway.perform(RECEIVE, &sent, "", delivery, received).await
}

/// Take up to 1,000 deliveries in
#[utoipa::path(post, path = "/v1/stock/bulk", tag = "stations", request_body = Bulk<ReceiveStock>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<StockReceived>)))]
pub(super) async fn receive_bulk(Here(gateway): Here, sent: SentMany) -> Result<Response, Problem> {
    gateway.perform_all(RECEIVE, &sent, delivery, received).await
}

/// Send goods back to the supplier
#[utoipa::path(post, path = "/v1/stock/send-backs", tag = "stations", request_body = ReceiveStock,
    responses((status = 201, description = "Sent back", body = Receipt<StockReceived>)))]
pub(super) async fn send_back(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: ReceiveStock, caller: &Caller| parse::send_back(caller.station()?, &said);
    gateway.perform(SEND_BACK, &sent, "", meant, sent_back).await
}

/// Tell what was found on a shelf
///
/// What is missing is booked as a loss, and what is too much as a surplus, under the office that
/// answers for the count.
#[utoipa::path(post, path = "/v1/stock/counts", tag = "stations", request_body = CountStock,
    responses((status = 201, description = "Counted", body = Receipt<StockCounted>)))]
pub(super) async fn count(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: CountStock, caller: &Caller| parse::count(caller.station()?, &said);
    gateway.perform(COUNT, &sent, "", meant, counted).await
}

/// Move goods to another station
#[utoipa::path(post, path = "/v1/stock/moves", tag = "stations", request_body = MoveStock,
    responses((status = 201, description = "Moved", body = Receipt<StockMoved>)))]
pub(super) async fn shift(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: MoveStock, caller: &Caller| parse::shift(caller.station()?, &said);
    gateway.perform(MOVE, &sent, "", meant, moved).await
}

/// Write goods off
#[utoipa::path(post, path = "/v1/stock/write-offs", tag = "stations", request_body = WriteOffStock,
    responses((status = 201, description = "Written off", body = Receipt<StockWrittenOff>)))]
pub(super) async fn write_off(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: WriteOffStock, caller: &Caller| parse::write_off(caller.station()?, &said);
    gateway.perform(WRITE_OFF, &sent, "", meant, written_off).await
}

/// What stands at the station that the key is bound to
#[utoipa::path(get, path = "/v1/stock", tag = "stations",
    params(("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of shelves", body = Page<Shelf>)))]
pub(super) async fn shelves(
    Here(gateway): Here,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    reading.asked.done()?;
    let station = reading.caller.station()?;
    let Seen(position) = gateway.see(&[Projection::Catalogue], reading.after).await?;
    let page = gateway.reader.shelves_at(station, cursor, limit).await.map_err(fault)?;
    let items = page.rows.iter().map(of_shelf).collect();
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

fn of_shelf(row: &catalogue::Shelf) -> Shelf {
    Shelf {
        item: id(row.item),
        received: row.received,
        on_hand: row.on_hand,
        reserved: row.reserved,
        delivered: row.delivered,
        sent_back: row.sent_back,
        written_off: row.written_off,
        moved_in: row.moved_in,
        moved_out: row.moved_out,
        missing: row.missing,
        surplus: row.surplus,
    }
}

fn delivery(said: ReceiveStock, caller: &Caller) -> Result<linli_domain::item::Command, Problem> {
    parse::delivery(caller.station()?, &said)
}

fn of_row(station: &Station) -> api::station::Station {
    api::station::Station {
        station: id(station.station),
        area: id(station.area),
        kind: station.kind.said(),
        name: Bilingual::new(station.name_zh.as_str(), station.name_en.as_str()),
    }
}
