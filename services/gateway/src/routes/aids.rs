//! Mutual aid and micro-wishes.

use axum::response::Response;
use linli_api::aid::{Aid, AidChanged, AidStepOne, OpenAid, TakeAidStep};
use linli_api::bulk::{Bulk, BulkAnswer};
use linli_api::page::Page;
use linli_api::receipt::Receipt;
use linli_domain::Noun;
use linli_domain::id::{AidId, AreaId, ResidentId};
use linli_readmodel::Projection;

use crate::caller::Caller;
use crate::command::Deed;
use crate::front::Here;
use crate::parse::{self, Path as _};
use crate::problem::{Kind, Problem, unknown};
use crate::receipt::{aid_changed, aid_row};
use crate::request::{Cursor as _, PathText, Reading, Sent, SentMany};
use crate::told::{Seen, fault, shown};

const OPEN: Deed = Deed::creating("aid.open");
const STEP: Deed = Deed::changing("aid.step");

/// Ask for help, offer it, or wish
///
/// A wish is for residents of assisted households alone.
#[utoipa::path(post, path = "/v1/aids", tag = "aid", request_body = OpenAid,
    responses((status = 201, description = "Opened", body = Receipt<AidChanged>)))]
pub(super) async fn open(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    gateway.perform(OPEN, &sent, "", |said: OpenAid, _| parse::opening(&said), aid_changed).await
}

/// Open up to 1,000 asks, offers and wishes
#[utoipa::path(post, path = "/v1/aids/bulk", tag = "aid", request_body = Bulk<OpenAid>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<AidChanged>)))]
pub(super) async fn open_bulk(Here(gateway): Here, sent: SentMany) -> Result<Response, Problem> {
    gateway.perform_all(OPEN, &sent, |said: OpenAid, _| parse::opening(&said), aid_changed).await
}

/// Take part, step back, withdraw, finish or confirm
///
/// Once both sides have said that it was done, whoever helped is awarded in the same breath; a wish
/// waits for an officer's verification as any contribution does.
#[utoipa::path(post, path = "/v1/aids/{id}/steps", tag = "aid",
    params(("id" = String, Path, description = "The ask, offer or wish")), request_body = TakeAidStep,
    responses((status = 200, description = "What became of it", body = Receipt<AidChanged>)))]
pub(super) async fn step(
    Here(gateway): Here,
    PathText(aid): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: TakeAidStep, _: &Caller| {
        let aid = AidId::from_path(&aid, Noun::Aid)?;
        parse::aid_step(aid, &said.resident, &said.act)
    };
    gateway.perform(STEP, &sent, &aid, meant, aid_changed).await
}

/// Take up to 1,000 steps of mutual aid
#[utoipa::path(post, path = "/v1/aid-steps/bulk", tag = "aid", request_body = Bulk<AidStepOne>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<AidChanged>)))]
pub(super) async fn step_bulk(Here(gateway): Here, sent: SentMany) -> Result<Response, Problem> {
    let meant = |said: AidStepOne, _: &Caller| {
        let aid = parse::id("aid", &said.aid)?;
        parse::aid_step(aid, &said.resident, &said.act)
    };
    gateway.perform_all(STEP, &sent, meant, aid_changed).await
}

/// What waits for somebody in an area, oldest first
#[utoipa::path(get, path = "/v1/aids", tag = "aid",
    params(("area" = String, Query, description = "A grid, or what grids lie in"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<Aid>)))]
pub(super) async fn list(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    let area: Option<AreaId> = reading.asked.id("area")?;
    reading.asked.done()?;
    let area = area.ok_or_else(|| Problem::plain(Kind::InvalidQuery).with("field", "area"))?;
    let of = [Projection::Directory, Projection::Orders];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let grids = gateway.reader.grids_in(area).await.map_err(fault)?;
    let page = gateway.reader.open_aids(&grids, cursor, limit).await.map_err(fault)?;
    let next = page.next.map(|next| next.write());
    Ok(shown(position, &Page { items: page.rows.iter().map(aid_row).collect(), next }))
}

/// An ask, an offer or a wish
#[utoipa::path(get, path = "/v1/aids/{id}", tag = "aid",
    params(("id" = String, Path, description = "The ask, offer or wish")),
    responses((status = 200, description = "As it stands", body = Aid)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(aid): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let aid = AidId::from_path(&aid, Noun::Aid)?;
    let Seen(position) = gateway.see(&[Projection::Orders], reading.after).await?;
    let row = gateway.reader.aid(aid).await.map_err(fault)?;
    Ok(shown(position, &aid_row(&row.ok_or_else(|| unknown(Noun::Aid))?)))
}

/// What a resident asked, offered, wished or took part in
#[utoipa::path(get, path = "/v1/residents/{id}/aids", tag = "aid",
    params(("id" = String, Path, description = "The resident"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them, newest first", body = Page<Aid>)))]
pub(super) async fn of_resident(
    Here(gateway): Here,
    PathText(resident): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let Seen(position) = gateway.see(&[Projection::Orders], reading.after).await?;
    let page = gateway.reader.aids_of(resident, cursor, limit).await.map_err(fault)?;
    let next = page.next.map(|next| next.write());
    Ok(shown(position, &Page { items: page.rows.iter().map(aid_row).collect(), next }))
}
