//! Stations: which one a key is, all of them, and goods brought to one.

use axum::response::Response;
use linli_api as api;
use linli_api::Bilingual;
use linli_api::bulk::{Bulk, BulkAnswer};
use linli_api::receipt::Receipt;
use linli_api::station::{ReceiveStock, Stations, StockReceived};
use linli_domain::Noun;
use linli_readmodel::Projection;
use linli_readmodel::directory::Station;

use crate::caller::Caller;
use crate::command::Deed;
use crate::front::Here;
use crate::parse::{self, Spoken as _};
use crate::problem::{Problem, unknown};
use crate::receipt::{id, received};
use crate::request::{Reading, Sent, SentMany};
use crate::told::{Seen, fault, shown};

const RECEIVE: Deed = Deed::creating("stock.receive");

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
