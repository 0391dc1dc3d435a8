//! Areas, households, officers, stations and suppliers.

use axum::response::Response;
use linli_api as api;
use linli_api::Bilingual;
use linli_api::area::{Areas, FoundArea};
use linli_api::bulk::{Bulk, BulkAnswer};
use linli_api::household::RegisterHousehold;
use linli_api::officer::AppointOfficer;
use linli_api::receipt::{Named, Receipt};
use linli_api::station::OpenStation;
use linli_api::supplier::EnrolSupplier;
use linli_domain::Noun;
use linli_domain::id::OfficerId;
use linli_domain::officer::Command;
use linli_readmodel::Projection;
use linli_readmodel::directory::Area;

use crate::command::{Bare, Deed};
use crate::front::Here;
use crate::parse::{self, Path as _, Spoken};
use crate::problem::Problem;
use crate::receipt::{id, named};
use crate::request::{PathText, Reading, Sent, SentMany};
use crate::told::{Seen, fault, shown};

const FOUND_AREA: Deed = Deed::creating("area.found");
const REGISTER_HOUSEHOLD: Deed = Deed::creating("household.register");
const APPOINT_OFFICER: Deed = Deed::creating("officer.appoint");
const RETIRE_OFFICER: Deed = Deed::changing("officer.retire");
const OPEN_STATION: Deed = Deed::creating("station.open");
const ENROL_SUPPLIER: Deed = Deed::creating("supplier.enrol");

/// Found an area
#[utoipa::path(post, path = "/v1/areas", tag = "organisation", request_body = FoundArea,
    responses((status = 201, description = "Founded", body = Receipt<Named>)))]
pub(super) async fn found_area(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    gateway.perform(FOUND_AREA, &sent, "", |said: FoundArea, _| parse::area(&said), named).await
}

/// Found up to 1,000 areas, in the order given
#[utoipa::path(post, path = "/v1/areas/bulk", tag = "organisation", request_body = Bulk<FoundArea>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<Named>)))]
pub(super) async fn found_areas(Here(gateway): Here, sent: SentMany) -> Result<Response, Problem> {
    gateway.perform_all(FOUND_AREA, &sent, |said: FoundArea, _| parse::area(&said), named).await
}

/// All areas
#[utoipa::path(get, path = "/v1/areas", tag = "organisation",
    responses((status = 200, description = "The areas, in the order of their ids", body = Areas)))]
pub(super) async fn areas(Here(gateway): Here, reading: Reading) -> Result<Response, Problem> {
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Directory], reading.after).await?;
    let rows = gateway.reader.areas().await.map_err(fault)?;
    Ok(shown(position, &Areas { areas: rows.iter().map(of_row).collect() }))
}

/// Register a household
#[utoipa::path(post, path = "/v1/households", tag = "organisation", request_body = RegisterHousehold,
    responses((status = 201, description = "Registered", body = Receipt<Named>)))]
pub(super) async fn register_household(
    Here(gateway): Here,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: RegisterHousehold, _: &_| parse::household(&said);
    gateway.perform(REGISTER_HOUSEHOLD, &sent, "", meant, named).await
}

/// Register up to 1,000 households
#[utoipa::path(post, path = "/v1/households/bulk", tag = "organisation", request_body = Bulk<RegisterHousehold>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<Named>)))]
pub(super) async fn register_households(
    Here(gateway): Here,
    sent: SentMany,
) -> Result<Response, Problem> {
    let meant = |said: RegisterHousehold, _: &_| parse::household(&said);
    gateway.perform_all(REGISTER_HOUSEHOLD, &sent, meant, named).await
}

/// Appoint an officer
#[utoipa::path(post, path = "/v1/officers", tag = "organisation", request_body = AppointOfficer,
    responses((status = 201, description = "Appointed", body = Receipt<Named>)))]
pub(super) async fn appoint_officer(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: AppointOfficer, _: &_| parse::appointment(&said);
    gateway.perform(APPOINT_OFFICER, &sent, "", meant, named).await
}

/// Appoint up to 1,000 officers
#[utoipa::path(post, path = "/v1/officers/bulk", tag = "organisation", request_body = Bulk<AppointOfficer>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<Named>)))]
pub(super) async fn appoint_officers(
    Here(gateway): Here,
    sent: SentMany,
) -> Result<Response, Problem> {
    let meant = |said: AppointOfficer, _: &_| parse::appointment(&said);
    gateway.perform_all(APPOINT_OFFICER, &sent, meant, named).await
}

/// End an officer's authority
#[utoipa::path(post, path = "/v1/officers/{id}/retire", tag = "organisation",
    params(("id" = String, Path, description = "The officer")),
    responses((status = 200, description = "Retired", body = Receipt<Named>)))]
pub(super) async fn retire_officer(
    Here(gateway): Here,
    PathText(officer): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant =
        |Bare {}: Bare, _: &_| OfficerId::from_path(&officer, Noun::Officer).map(Command::Retire);
    gateway.perform(RETIRE_OFFICER, &sent, &officer, meant, named).await
}

/// Open a station
#[utoipa::path(post, path = "/v1/stations", tag = "organisation", request_body = OpenStation,
    responses((status = 201, description = "Opened", body = Receipt<Named>)))]
pub(super) async fn open_station(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    gateway
        .perform(OPEN_STATION, &sent, "", |said: OpenStation, _| parse::station(&said), named)
        .await
}

/// Enrol a supplier
#[utoipa::path(post, path = "/v1/suppliers", tag = "organisation", request_body = EnrolSupplier,
    responses((status = 201, description = "Enrolled", body = Receipt<Named>)))]
pub(super) async fn enrol_supplier(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    gateway
        .perform(ENROL_SUPPLIER, &sent, "", |said: EnrolSupplier, _| parse::supplier(&said), named)
        .await
}

fn of_row(area: &Area) -> api::area::Area {
    api::area::Area {
        area: id(area.area),
        level: area.level.said(),
        grid_kind: area.grid_kind.map(Spoken::said),
        parent: area.parent.map(id),
        name: Bilingual::new(area.name_zh.as_str(), area.name_en.as_str()),
    }
}
