//! Mediation cases: opened, sat over, settled. The officer is the one whose key it is.

use axum::response::Response;
use linli_api::mediation::{
    Case, CaseChanged, CaseFile, CaseStep, EnterSession, JoinTable, OpenCase,
};
use linli_api::page::Page;
use linli_api::receipt::Receipt;
use linli_domain::Noun;
use linli_domain::id::CaseId;
use linli_domain::mediation::Status;
use linli_readmodel::Projection;

use crate::caller::Caller;
use crate::command::Deed;
use crate::front::Here;
use crate::parse::{self, Path as _, Spoken as _};
use crate::problem::{Problem, unknown};
use crate::receipt::{case_changed, case_file, case_row};
use crate::request::{Cursor as _, PathText, Reading, Sent};
use crate::routes::activities::area_asked;
use crate::told::{Seen, fault, shown};

const OPEN: Deed = Deed::creating("case.open");
const JOIN: Deed = Deed::creating("case.join");
const SIT: Deed = Deed::creating("case.sit");
const STEP: Deed = Deed::changing("case.step");

/// Open a mediation case
///
/// If the same households had a case of the same kind not long ago, it is of the same dispute, which pays
/// once; the answer says so.
#[utoipa::path(post, path = "/v1/cases", tag = "mediation", request_body = OpenCase,
    responses((status = 201, description = "Opened", body = Receipt<CaseChanged>)))]
pub(super) async fn open(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: OpenCase, caller: &Caller| parse::case(caller.officer()?, &said);
    gateway.perform(OPEN, &sent, "", meant, case_changed).await
}

/// Give somebody a place at a case's table
///
/// A volunteer, an officer, or somebody whom a body sends. No party mediates, nor anybody of the household
/// of one.
#[utoipa::path(post, path = "/v1/cases/{id}/table", tag = "mediation",
    params(("id" = String, Path, description = "The case")), request_body = JoinTable,
    responses((status = 201, description = "The place", body = Receipt<CaseChanged>)))]
pub(super) async fn join(
    Here(gateway): Here,
    PathText(case): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: JoinTable, caller: &Caller| {
        parse::place(CaseId::from_path(&case, Noun::Case)?, caller.officer()?, &said)
    };
    gateway.perform(JOIN, &sent, &case, meant, case_changed).await
}

/// Enter a session of a case
///
/// It takes the time of those who sat. Its minutes are named by the hash of their sealed file.
#[utoipa::path(post, path = "/v1/cases/{id}/sessions", tag = "mediation",
    params(("id" = String, Path, description = "The case")), request_body = EnterSession,
    responses((status = 201, description = "Entered", body = Receipt<CaseChanged>)))]
pub(super) async fn sit(
    Here(gateway): Here,
    PathText(case): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: EnterSession, caller: &Caller| {
        parse::session(CaseId::from_path(&case, Noun::Case)?, caller.officer()?, &said)
    };
    gateway.perform(SIT, &sent, &case, meant, case_changed).await
}

/// Settle a case, say that it was kept or broken, close it unsettled, take it up again
///
/// By an officer who didn't sit at its table. The contributions of those who sat follow in the same
/// breath, and are verified as any other; a broken agreement takes back what it gave.
#[utoipa::path(post, path = "/v1/cases/{id}/steps", tag = "mediation",
    params(("id" = String, Path, description = "The case")), request_body = CaseStep,
    responses((status = 200, description = "What became of it", body = Receipt<CaseChanged>)))]
pub(super) async fn step(
    Here(gateway): Here,
    PathText(case): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: CaseStep, caller: &Caller| {
        parse::case_step(CaseId::from_path(&case, Noun::Case)?, caller.officer()?, &said)
    };
    gateway.perform(STEP, &sent, &case, meant, case_changed).await
}

/// The cases of an area, newest first
#[utoipa::path(get, path = "/v1/cases", tag = "mediation",
    params(("area" = String, Query, description = "A grid, or what grids lie in"),
        ("status" = Option<String>, Query, description = "At this stage alone: `open`, `settled`, `performed`, `broken`, `unsettled`"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<Case>)))]
pub(super) async fn list(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let area = area_asked(&mut reading)?;
    let status = reading.asked.word("status")?.map(Status::heard);
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    reading.asked.done()?;
    let of = [Projection::Directory, Projection::Orders];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let grids = gateway.reader.grids_in(area).await.map_err(fault)?;
    let page = gateway.reader.cases_in(&grids, status, cursor, limit).await.map_err(fault)?;
    let items = page.rows.iter().map(case_row).collect();
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

/// A case with its parties, its table and its sessions
#[utoipa::path(get, path = "/v1/cases/{id}", tag = "mediation",
    params(("id" = String, Path, description = "The case")),
    responses((status = 200, description = "As it stands", body = CaseFile)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(case): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let case = CaseId::from_path(&case, Noun::Case)?;
    let Seen(position) = gateway.see(&[Projection::Orders], reading.after).await?;
    let found = gateway.reader.case_file(case).await.map_err(fault)?;
    let found = found.ok_or_else(|| unknown(Noun::Case))?;
    Ok(shown(position, &case_file(&found)))
}
