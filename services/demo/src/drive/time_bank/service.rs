//! Hours served to somebody, vouched for by an officer, and stored.

use linli_api::bulk::{Bulk, BulkItem};
use linli_api::contribution::{ContributionStatus, Signal, SubmitContribution, VerifyOne};
use linli_api::time_bank::{StoreTime, TimeChanged, TimeInto, TimePayer};
use linli_api::{Client, Id};
use ulid::Ulid;

use super::super::batch::{accepted, several};
use super::super::id;
use super::super::tally::Tally;
use super::ended;
use crate::calendar::Moment;
use crate::error::{DemoError, Doing as _};
use crate::population::Saver;
use crate::traffic::category;

/// What stores time: company and errands.
const ACT: &str = "AS-1";

/// Some hours of one for another.
pub(super) fn hours(
    contribution: Ulid,
    (serves, served): (&Saver, &Saver),
    grid: Ulid,
    from: Moment,
    hours: i64,
) -> SubmitContribution {
    SubmitContribution {
        contribution: Some(id(contribution)),
        resident: id(serves.id),
        act: ACT.to_owned(),
        grid: id(grid),
        started_at: from.instant(),
        ended_at: from.later(hours.saturating_mul(60)).instant(),
        estate: None,
        beneficiary: Some(id(served.id)),
        alert: false,
        signals: vec![Signal::SignInOut, Signal::InsideShift, Signal::Place],
        attachments: Vec::new(),
    }
}

/// Submits what was served, has it vouched for, and stores its time; what each deposit came to.
pub(super) async fn stored(
    partner: &Client,
    officer: &Client,
    claims: Vec<SubmitContribution>,
    (payer, into): (TimePayer, TimeInto),
    tally: &mut Tally,
) -> Result<Vec<TimeChanged>, DemoError> {
    let ids: Vec<Id> = claims.iter().filter_map(|claim| claim.contribution.clone()).collect();
    let item = |(id, body): (&Id, SubmitContribution)| BulkItem { key: format!("time-{id}"), body };
    let bulk = Bulk { items: ids.iter().zip(claims).map(item).collect() };
    let kind = category(ACT).ok_or(DemoError::Plan("an act that stores time"))?;
    for _ in accepted("submit hours", partner.submit_contributions(&bulk).await)? {
        tally.submitted(kind);
    }
    let word = |id: &Id| BulkItem {
        key: format!("time-word-{id}"),
        body: VerifyOne { contribution: id.clone(), assessed: None, difficulty: None },
    };
    let bulk = Bulk { items: ids.iter().map(word).collect() };
    for told in accepted("verify hours", officer.verify_contributions(&bulk).await)? {
        tally.decided(&told);
        if told.changed.status != ContributionStatus::Awarded {
            return Err(ended(&format!("hours came to {:?}", told.changed)));
        }
    }
    let store = |id: &Id| {
        let body = StoreTime { contribution: id.clone(), payer, into };
        async move {
            let key = format!("time-store-{}", body.contribution);
            let stored = partner.store_time(&key, &body).await;
            Ok(stored.doing(|| "store hours".to_owned())?.body.changed)
        }
    };
    let deposits = several(ids.iter().map(store).collect()).await?;
    deposits.iter().for_each(|_| tally.command());
    Ok(deposits)
}
