//! Hazards: reported by residents, judged by officers. The officer is the one whose key it is.

use axum::response::Response;
use linli_api::bulk::{Bulk, BulkAnswer};
use linli_api::hazard::{
    Hazard, HazardChanged, HazardStep, HazardStepOne, Pause, ReportHazard, ReportsOf, RuleOnAppeal,
};
use linli_api::page::Page;
use linli_api::receipt::{Named, Receipt};
use linli_domain::Noun;
use linli_domain::hazard::{Command, Ruling};
use linli_domain::id::{HazardId, ResidentId};
use linli_readmodel::Projection;

use crate::caller::Caller;
use crate::command::{Bare, Deed};
use crate::front::Here;
use crate::parse::{self, Path as _, Spoken as _};
use crate::problem::Problem;
use crate::receipt::{appealed, hazard_changed, hazard_row, id, instant};
use crate::request::{Cursor as _, PathText, Reading, Sent, SentMany};
use crate::told::{Seen, fault, shown};

const REPORT: Deed = Deed::creating("hazard.report");
const JUDGE: Deed = Deed::changing("hazard.judge");
const APPEAL: Deed = Deed::changing("hazard.appeal");
const RULE: Deed = Deed::changing("hazard.rule");

/// Report a hazard
///
/// If it is of a kind and at a place that was reported shortly before, it is linked to the first
/// report at once, whose reporter is rewarded; the answer says so.
#[utoipa::path(post, path = "/v1/hazards", tag = "orders", request_body = ReportHazard,
    responses((status = 201, description = "Reported", body = Receipt<HazardChanged>)))]
pub(super) async fn report(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: ReportHazard, _: &Caller| parse::report(&said);
    gateway.perform(REPORT, &sent, "", meant, hazard_changed).await
}

/// Report up to 1,000 hazards
#[utoipa::path(post, path = "/v1/hazards/bulk", tag = "orders", request_body = Bulk<ReportHazard>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<HazardChanged>)))]
pub(super) async fn report_bulk(Here(gateway): Here, sent: SentMany) -> Result<Response, Problem> {
    let meant = |said: ReportHazard, _: &Caller| parse::report(&said);
    gateway.perform_all(REPORT, &sent, meant, hazard_changed).await
}

/// Verify, dismiss or merge a hazard
///
/// Once enough levels have verified it, an order is opened in the same breath.
#[utoipa::path(post, path = "/v1/hazards/{id}/steps", tag = "orders",
    params(("id" = String, Path, description = "The hazard")), request_body = HazardStep,
    responses((status = 200, description = "What became of it", body = Receipt<HazardChanged>)))]
pub(super) async fn judge(
    Here(gateway): Here,
    PathText(hazard): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: HazardStep, caller: &Caller| {
        let hazard = HazardId::from_path(&hazard, Noun::Hazard)?;
        parse::hazard_step(hazard, caller.officer()?, &said)
    };
    gateway.perform(JUDGE, &sent, &hazard, meant, hazard_changed).await
}

/// Verify, dismiss or merge up to 1,000 hazards
#[utoipa::path(post, path = "/v1/hazard-steps/bulk", tag = "orders", request_body = Bulk<HazardStepOne>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<HazardChanged>)))]
pub(super) async fn judge_bulk(Here(gateway): Here, sent: SentMany) -> Result<Response, Problem> {
    let meant = |said: HazardStepOne, caller: &Caller| {
        let hazard = parse::id("hazard", &said.hazard)?;
        parse::hazard_step(hazard, caller.officer()?, &said.say)
    };
    gateway.perform_all(JUDGE, &sent, meant, hazard_changed).await
}

/// The reports that wait for verification in the officer's area
///
/// Oldest first.
#[utoipa::path(get, path = "/v1/hazard-queue", tag = "orders",
    params(("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of the queue", body = Page<Hazard>)))]
pub(super) async fn queue(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    reading.asked.done()?;
    let officer = reading.caller.officer()?;
    let of = [Projection::Directory, Projection::Orders];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let officer = gateway.on_duty(officer).await?;
    let areas = gateway.reader.areas_in(officer.area).await.map_err(fault)?;
    let page = gateway.reader.waiting_hazards(&areas, cursor, limit).await.map_err(fault)?;
    let next = page.next.map(|next| next.write());
    Ok(shown(position, &Page { items: page.rows.iter().map(hazard_row).collect(), next }))
}

/// A resident's reports, and the last pause of reporting
#[utoipa::path(get, path = "/v1/residents/{id}/hazards", tag = "orders",
    params(("id" = String, Path, description = "The resident"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of the reports, newest first", body = ReportsOf)))]
pub(super) async fn of_resident(
    Here(gateway): Here,
    PathText(resident): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let Seen(position) = gateway.see(&[Projection::Orders], reading.after).await?;
    let pause = gateway.reader.pause_of(resident).await.map_err(fault)?;
    let page = gateway.reader.hazards_of(resident, cursor, limit).await.map_err(fault)?;
    let told = ReportsOf {
        pause: pause.map(|pause| Pause {
            resident: id(pause.resident),
            until: instant(pause.until),
            state: pause.state.said(),
        }),
        items: page.rows.iter().map(hazard_row).collect(),
        next: page.next.map(|next| next.write()),
    };
    Ok(shown(position, &told))
}

/// Appeal against a pause of a resident's reporting
#[utoipa::path(post, path = "/v1/residents/{id}/reporting-appeal", tag = "orders",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "Appealed", body = Receipt<Named>)))]
pub(super) async fn appeal(
    Here(gateway): Here,
    PathText(resident): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |Bare {}: Bare, _: &Caller| {
        ResidentId::from_path(&resident, Noun::Resident).map(Command::Appeal)
    };
    gateway.perform(APPEAL, &sent, &resident, meant, appealed).await
}

/// Rule on an appeal against a pause
///
/// The officer is of a higher level than those who found bad faith.
#[utoipa::path(post, path = "/v1/residents/{id}/reporting-appeal/ruling", tag = "orders",
    params(("id" = String, Path, description = "The resident")), request_body = RuleOnAppeal,
    responses((status = 200, description = "Ruled", body = Receipt<Named>)))]
pub(super) async fn rule(
    Here(gateway): Here,
    PathText(resident): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: RuleOnAppeal, caller: &Caller| {
        Ok(Command::Rule {
            resident: ResidentId::from_path(&resident, Noun::Resident)?,
            officer: caller.officer()?,
            ruling: Ruling::heard(said.ruling),
        })
    };
    gateway.perform(RULE, &sent, &resident, meant, appealed).await
}
