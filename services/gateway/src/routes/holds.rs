//! What checks of conduct hold, and words on it.

use axum::response::Response;
use linli_api::conduct::{Hold, ReviewContribution, Reviewed};
use linli_api::page::Page;
use linli_api::receipt::Receipt;
use linli_domain::conduct::{self, Command, Review, Verdict};
use linli_domain::contribution::RejectReason;
use linli_domain::id::ContributionId;
use linli_domain::{Event, Noun};
use linli_readmodel::Projection;
use linli_readmodel::contributions as rows;

use crate::caller::Caller;
use crate::command::Deed;
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{Path as _, Spoken as _};
use crate::problem::Problem;
use crate::receipt::{id, instant, reviewed, signs};
use crate::request::{Cursor as _, PathText, Reading, Sent};
use crate::told::{Seen, fault, shown};

const REVIEW: Deed = Deed::changing("conduct.review");

/// What checks of conduct hold in the officer's area, oldest first
///
/// With the reasons. Nothing is refused by a check: somebody looks, and releases or rejects it.
#[utoipa::path(get, path = "/v1/holds", tag = "conduct",
    params(("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<Hold>)))]
pub(super) async fn list(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    reading.asked.done()?;
    let officer = reading.caller.officer()?;
    let of = [Projection::Directory, Projection::Contributions];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let officer = gateway.on_duty(officer).await?;
    let page = gateway.reader.holds(officer.area, cursor, limit).await.map_err(fault)?;
    let mut items = Vec::with_capacity(page.rows.len());
    for row in &page.rows {
        items.push(gateway.hold(row).await?);
    }
    let next = page.next.map(|next| next.write());
    Ok(shown(position, &Page::<Hold> { items, next }))
}

/// Say what is to become of what is held
///
/// By an officer of the level that the rules say, who has nothing to do with it and spoke no word for
/// it. What everybody has vouched for who has to is awarded with the release; anything else goes on to
/// be verified. Against a rejection one may appeal.
#[utoipa::path(post, path = "/v1/contributions/{id}/review", tag = "conduct",
    params(("id" = String, Path, description = "The contribution")), request_body = ReviewContribution,
    responses((status = 200, description = "Released or rejected", body = Receipt<Reviewed>)))]
pub(super) async fn review(
    Here(gateway): Here,
    PathText(contribution): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: ReviewContribution, caller: &Caller| {
        let contribution = ContributionId::from_path(&contribution, Noun::Contribution)?;
        let verdict = match said {
            ReviewContribution::Release {} => Verdict::Release,
            ReviewContribution::Reject { reason } => Verdict::Reject(RejectReason::heard(reason)),
        };
        Ok(Command::Review(Review { contribution, officer: caller.officer()?, verdict }))
    };
    gateway.perform(REVIEW, &sent, &contribution, meant, reviewed).await
}

impl Inner {
    /// A hold, with the reasons that its record holds.
    async fn hold(&self, row: &rows::Hold) -> Result<Hold, Problem> {
        let record = self.record_at(row.position).await?;
        let why = record.and_then(|(record, _)| {
            let Event::Conduct(conduct::Event::Held(it)) = &record.event else { return None };
            Some(signs(it))
        });
        Ok(Hold {
            contribution: id(row.contribution),
            resident: id(row.resident),
            grid: id(row.grid),
            held_at: instant(row.held_at),
            signs: why.unwrap_or_default(),
        })
    }
}
