//! What was looked at again, day by day, and what was found: for everybody, since whoever earns points
//! may know that words are checked. It names contributions and nobody.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse as _, Response};
use linli_api::inspection::{PublicDrawn, PublicSample};
use linli_domain::calendar::Day;
use linli_domain::{Event, Noun, inspection};
use linli_readmodel::Projection;
use linli_readmodel::contributions::{Inspection, Sampled};

use crate::front::Front;
use crate::gateway::Inner;
use crate::key::hex;
use crate::parse::Spoken;
use crate::problem::{Kind, Problem, unknown};
use crate::receipt::{id, instant};
use crate::told::{Seen, fault};

/// Somebody may look, or take back, at any time: what an answer says may be a minute old.
pub(super) const FRESH: &str = "public, max-age=60";

/// A day's sample
///
/// For everybody, without a key. What was drawn of what was awarded that day, how often such words are
/// looked at, and what another look found. It tells what it hangs on, so that whoever holds the log can draw it
/// again. It names neither whom it is of nor whose word is in question.
#[utoipa::path(get, path = "/samples/{district}/{day}", tag = "contributions",
    params(("district" = String, Path, description = "The district's code"),
        ("day" = String, Path, description = "The day of the awards, `2025-03-05`")),
    responses((status = 200, description = "What was drawn, and what was found", body = PublicSample)))]
pub(super) async fn show(
    State(front): State<Arc<Front>>,
    Path((district, day)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let not_found = || Problem::plain(Kind::NotFound);
    let gateway = front.of(&district)?;
    let day = Day::parse(&day).ok_or_else(not_found)?;
    let Seen(position) = gateway.see(&[Projection::Contributions], None).await?;
    let (sampled, drawn) =
        gateway.reader.sample(day).await.map_err(fault)?.ok_or_else(not_found)?;
    let mut told = gateway.sample(&sampled).await?;
    told.position = position.0;
    told.drawn = drawn.iter().map(of_row).collect();
    Ok(([(CACHE_CONTROL, FRESH)], Json(told)).into_response())
}

impl Inner {
    /// The sample that the record says was drawn, without what was drawn.
    async fn sample(&self, row: &Sampled) -> Result<PublicSample, Problem> {
        let record = self.record_at(row.position).await?;
        let Some(Event::Inspection(inspection::Event::Drawn(sample))) =
            record.as_ref().map(|(record, _)| &record.event)
        else {
            return Err(unknown(Noun::Contribution));
        };
        Ok(PublicSample {
            position: 0,
            day: row.day.to_string(),
            record: row.position.0,
            size: sample.head.size.0,
            root: hex(&sample.head.root).into(),
            awarded: sample.awarded,
            drawn: Vec::new(),
        })
    }
}

fn of_row(row: &Inspection) -> PublicDrawn {
    PublicDrawn {
        contribution: id(row.contribution),
        rate: row.rate,
        outcome: row.outcome.map(Spoken::said),
        inspected_at: row.inspected_at.map(instant),
    }
}
