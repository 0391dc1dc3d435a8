//! Estates without property management, and their committees.

use axum::response::Response;
use linli_api::Bilingual;
use linli_api::bulk::{Bulk, BulkAnswer};
use linli_api::estate::{
    CommitteeMember, CommitteeSeat, ElectCommittee, Estate, EstateFile, LeaveCommittee,
    RegisterEstate, SetForm,
};
use linli_api::page::Page;
use linli_api::receipt::{Named, Receipt};
use linli_domain::Noun;
use linli_domain::estate::{Command, ManagementForm};
use linli_domain::id::EstateId;
use linli_readmodel::{Projection, directory};

use crate::caller::Caller;
use crate::command::Deed;
use crate::front::Here;
use crate::parse::{self, Path as _, Spoken};
use crate::problem::{Problem, unknown};
use crate::receipt::{id, instant, named};
use crate::request::{Cursor as _, PathText, Reading, Sent, SentMany};
use crate::routes::activities::area_asked;
use crate::told::{Seen, fault, shown};

const REGISTER: Deed = Deed::creating("estate.register");
const SET_FORM: Deed = Deed::changing("estate.set-form");
const ELECT: Deed = Deed::changing("estate.elect");
const LEAVE: Deed = Deed::changing("estate.leave");

/// Register an estate
#[utoipa::path(post, path = "/v1/estates", tag = "organisation", request_body = RegisterEstate,
    responses((status = 201, description = "Registered", body = Receipt<Named>)))]
pub(super) async fn register(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: RegisterEstate, _: &Caller| parse::estate(&said);
    gateway.perform(REGISTER, &sent, "", meant, named).await
}

/// Register up to 1,000 estates
#[utoipa::path(post, path = "/v1/estates/bulk", tag = "organisation", request_body = Bulk<RegisterEstate>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<Named>)))]
pub(super) async fn register_bulk(
    Here(gateway): Here,
    sent: SentMany,
) -> Result<Response, Problem> {
    let meant = |said: RegisterEstate, _: &Caller| parse::estate(&said);
    gateway.perform_all(REGISTER, &sent, meant, named).await
}

/// Say how an estate is managed
///
/// A red committee that it had is over if it is managed otherwise.
#[utoipa::path(post, path = "/v1/estates/{id}/form", tag = "organisation",
    params(("id" = String, Path, description = "The estate")), request_body = SetForm,
    responses((status = 200, description = "Managed so", body = Receipt<Named>)))]
pub(super) async fn set_form(
    Here(gateway): Here,
    PathText(estate): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: SetForm, _: &Caller| {
        let estate = EstateId::from_path(&estate, Noun::Estate)?;
        Ok(Command::SetForm { estate, form: ManagementForm::heard(said.form) })
    };
    gateway.perform(SET_FORM, &sent, &estate, meant, named).await
}

/// Elect an estate's red management committee
///
/// Its term ends by itself; the committee before is over.
#[utoipa::path(post, path = "/v1/estates/{id}/committee", tag = "organisation",
    params(("id" = String, Path, description = "The estate")), request_body = ElectCommittee,
    responses((status = 200, description = "Elected", body = Receipt<Named>)))]
pub(super) async fn elect(
    Here(gateway): Here,
    PathText(estate): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: ElectCommittee, _: &Caller| {
        parse::committee(EstateId::from_path(&estate, Noun::Estate)?, &said)
    };
    gateway.perform(ELECT, &sent, &estate, meant, named).await
}

/// Let a member leave an estate's committee
#[utoipa::path(post, path = "/v1/estates/{id}/committee/leave", tag = "organisation",
    params(("id" = String, Path, description = "The estate")), request_body = LeaveCommittee,
    responses((status = 200, description = "Left", body = Receipt<Named>)))]
pub(super) async fn leave(
    Here(gateway): Here,
    PathText(estate): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: LeaveCommittee, _: &Caller| {
        let estate = EstateId::from_path(&estate, Noun::Estate)?;
        Ok(Command::Leave { estate, member: parse::member(&said.member)? })
    };
    gateway.perform(LEAVE, &sent, &estate, meant, named).await
}

/// The estates of an area
#[utoipa::path(get, path = "/v1/estates", tag = "organisation",
    params(("area" = String, Query, description = "In which area"),
        ("form" = Option<String>, Query, description = "Managed so alone: `red_committee`, `community_trusteeship`, `homeowner_self_rule`, `property_entrusted`"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them, in the order in which they were registered", body = Page<Estate>)))]
pub(super) async fn list(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let area = area_asked(&mut reading)?;
    let form = reading.asked.word("form")?.map(ManagementForm::heard);
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Directory], reading.after).await?;
    let areas = gateway.reader.areas_in(area).await.map_err(fault)?;
    let page = gateway.reader.estates_in(&areas, form, cursor, limit).await.map_err(fault)?;
    let items = page.rows.iter().map(of_row).collect();
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

/// An estate with the committee of today
#[utoipa::path(get, path = "/v1/estates/{id}", tag = "organisation",
    params(("id" = String, Path, description = "The estate")),
    responses((status = 200, description = "As it stands", body = EstateFile)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(estate): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let estate = EstateId::from_path(&estate, Noun::Estate)?;
    let Seen(position) = gateway.see(&[Projection::Directory], reading.after).await?;
    let found = gateway.reader.estate(estate).await.map_err(fault)?;
    let (estate, members) = found.ok_or_else(|| unknown(Noun::Estate))?;
    let members = members.iter().filter_map(seat).collect();
    Ok(shown(position, &EstateFile { estate: of_row(&estate), members }))
}

fn of_row(row: &directory::Estate) -> Estate {
    Estate {
        estate: id(row.estate),
        area: id(row.area),
        name: Bilingual::new(row.name_zh.as_str(), row.name_en.as_str()),
        form: row.form.said(),
        committee: row.committee.map(id),
        until: row.until.map(instant),
    }
}

/// A place that nobody sits on there is none of.
fn seat(row: &directory::CommitteeSeat) -> Option<CommitteeSeat> {
    let resident = row.resident.map(|resident| CommitteeMember::Resident(id(resident)));
    let officer = row.officer.map(|officer| CommitteeMember::Officer(id(officer)));
    let member = resident.or(officer)?;
    Some(CommitteeSeat { place: row.place, member, left_at: row.left_at.map(instant) })
}
