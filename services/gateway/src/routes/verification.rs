//! Officers' words for and against contributions. The officer is the one whose key it is.

use axum::response::Response;
use linli_api::bulk::{Bulk, BulkAnswer};
use linli_api::contribution::{
    Contribution, Decided, RejectContribution, ReverseContribution, Reversed, VerifyContribution,
    VerifyOne,
};
use linli_api::inspection::{InspectContribution, Inspected, ToInspect};
use linli_api::page::Page;
use linli_api::receipt::Receipt;
use linli_domain::Noun;
use linli_domain::id::ContributionId;
use linli_domain::inspection::{Command, Inspection as Word, Outcome};
use linli_readmodel::Projection;
use linli_readmodel::contributions::Inspection;

use crate::command::Deed;
use crate::front::Here;
use crate::parse::{self, Path as _, Spoken as _};
use crate::problem::Problem;
use crate::receipt::{decided, id, inspected, instant, reversed};
use crate::request::{Cursor as _, PathText, Reading, Sent, SentMany};
use crate::routes::contributions::of_case;
use crate::told::{Seen, fault, shown};

const VERIFY: Deed = Deed::changing("contribution.verify");
const INSPECT: Deed = Deed::changing("contribution.inspect");
const REVERSE: Deed = Deed::changing("contribution.reverse");
const REJECT: Deed = Deed::changing("contribution.reject");

/// The contributions that wait in the officer's area
///
/// Oldest first. An officer of a micro-grid sees none: contributions belong to grids.
#[utoipa::path(get, path = "/v1/verification-queue", tag = "verification",
    params(("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of the queue", body = Page<Contribution>)))]
pub(super) async fn queue(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    reading.asked.done()?;
    let officer = reading.caller.officer()?;
    let of = [Projection::Directory, Projection::Contributions];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let officer = gateway.on_duty(officer).await?;
    let page = gateway.reader.queue(officer.area, cursor, limit).await.map_err(fault)?;
    let next = page.next.map(|next| next.write());
    Ok(shown(position, &Page { items: page.rows.iter().map(of_case).collect(), next }))
}

/// Verify a contribution
///
/// Once enough levels have verified it, it is awarded in the same breath.
#[utoipa::path(post, path = "/v1/contributions/{id}/verify", tag = "verification",
    params(("id" = String, Path, description = "The contribution")), request_body = VerifyContribution,
    responses((status = 200, description = "Verified, and awarded if that was enough", body = Receipt<Decided>)))]
pub(super) async fn verify(
    Here(gateway): Here,
    PathText(contribution): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: VerifyContribution, caller: &crate::caller::Caller| {
        let contribution = ContributionId::from_path(&contribution, Noun::Contribution)?;
        let (assessed, difficulty) = (said.assessed.as_ref(), said.difficulty);
        parse::verification(contribution, caller.officer()?, assessed, difficulty)
    };
    gateway.perform(VERIFY, &sent, &contribution, meant, decided).await
}

/// Verify up to 1,000 contributions
#[utoipa::path(post, path = "/v1/verifications/bulk", tag = "verification", request_body = Bulk<VerifyOne>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<Decided>)))]
pub(super) async fn verify_bulk(Here(gateway): Here, sent: SentMany) -> Result<Response, Problem> {
    let meant = |said: VerifyOne, caller: &crate::caller::Caller| {
        let contribution = parse::id("contribution", &said.contribution)?;
        let (assessed, difficulty) = (said.assessed.as_ref(), said.difficulty);
        parse::verification(contribution, caller.officer()?, assessed, difficulty)
    };
    gateway.perform_all(VERIFY, &sent, meant, decided).await
}

/// Reject a contribution
#[utoipa::path(post, path = "/v1/contributions/{id}/reject", tag = "verification",
    params(("id" = String, Path, description = "The contribution")), request_body = RejectContribution,
    responses((status = 200, description = "Rejected", body = Receipt<Decided>)))]
pub(super) async fn reject(
    Here(gateway): Here,
    PathText(contribution): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: RejectContribution, caller: &crate::caller::Caller| {
        let contribution = ContributionId::from_path(&contribution, Noun::Contribution)?;
        Ok(parse::reject_reason(contribution, caller.officer()?, said.reason))
    };
    gateway.perform(REJECT, &sent, &contribution, meant, decided).await
}

/// Reverse an award
///
/// Merit and minutes fall at once. Of the points, what can be spent goes back to the pool, what is
/// held follows when its hold ends, and what was spent is owed: half of later awards at the most
/// repays it. Not by an officer who vouched for it, nor of a lower level than those who did.
#[utoipa::path(post, path = "/v1/contributions/{id}/reverse", tag = "verification",
    params(("id" = String, Path, description = "The contribution")), request_body = ReverseContribution,
    responses((status = 200, description = "Reversed", body = Receipt<Reversed>)))]
pub(super) async fn reverse(
    Here(gateway): Here,
    PathText(contribution): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: ReverseContribution, caller: &crate::caller::Caller| {
        let contribution = ContributionId::from_path(&contribution, Noun::Contribution)?;
        Ok(parse::undoing(contribution, caller.officer()?, said.reason))
    };
    gateway.perform(REVERSE, &sent, &contribution, meant, reversed).await
}

/// What was drawn in the officer's area to be looked at again
///
/// Oldest first. Each day a sample is drawn of what was awarded the day before, by the root of the
/// log: nobody can choose it, and anybody can draw it again.
#[utoipa::path(get, path = "/v1/inspections", tag = "verification",
    params(("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of the list", body = Page<ToInspect>)))]
pub(super) async fn inspections(
    Here(gateway): Here,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    reading.asked.done()?;
    let officer = reading.caller.officer()?;
    let of = [Projection::Directory, Projection::Contributions];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let officer = gateway.on_duty(officer).await?;
    let page = gateway.reader.to_inspect(officer.area, cursor, limit).await.map_err(fault)?;
    let next = page.next.map(|next| next.write());
    let items = page.rows.iter().map(to_inspect).collect();
    Ok(shown(position, &Page::<ToInspect> { items, next }))
}

fn to_inspect(row: &Inspection) -> ToInspect {
    ToInspect {
        contribution: id(row.contribution),
        day: row.day.to_string(),
        grid: id(row.grid),
        verifier: id(row.verifier),
        rate: row.rate,
        drawn_at: instant(row.drawn_at),
        position: row.drawn_position.0,
    }
}

/// Say what another look at a contribution found
///
/// It moves how often the verifier is sampled. Not by an officer who vouched for it, nor of a lower
/// level than those who did. If it is unfounded, reverse it next.
#[utoipa::path(post, path = "/v1/contributions/{id}/inspect", tag = "verification",
    params(("id" = String, Path, description = "The contribution")), request_body = InspectContribution,
    responses((status = 200, description = "Inspected", body = Receipt<Inspected>)))]
pub(super) async fn inspect(
    Here(gateway): Here,
    PathText(contribution): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: InspectContribution, caller: &crate::caller::Caller| {
        let contribution = ContributionId::from_path(&contribution, Noun::Contribution)?;
        let outcome = Outcome::heard(said.outcome);
        Ok(Command::Inspect(Word { contribution, officer: caller.officer()?, outcome }))
    };
    gateway.perform(INSPECT, &sent, &contribution, meant, inspected).await
}
