//! Mediation cases, each from its opening to its end, with the key of the officer who sees to it.

use linli_api::Client;
use linli_api::mediation::{
    CaseChanged, CaseStep, EnterSession, JoinTable, MediatingBody, MediationTier, OpenCase,
};
use linli_api::receipt::Receipt;

use super::batch::several;
use super::hands::Hands;
use super::id;
use super::partner::file_of;
use crate::error::{DemoError, Doing as _};
use crate::progress::Progress;
use crate::traffic::Case;

/// Sees to them all, some at once; the receipts of each, in order.
pub(super) async fn hold(
    hands: &Hands,
    cases: &[Case],
    progress: &Progress,
) -> Result<Vec<Receipt<CaseChanged>>, DemoError> {
    let one = |case| async move {
        let receipts = see_to(hands, case).await?;
        progress.done(1);
        Ok(receipts)
    };
    Ok(several(cases.iter().map(one).collect()).await?.into_iter().flatten().collect())
}

/// One case: opened, sat over, and settled or not. What has to be kept first was kept.
pub(super) async fn see_to(
    hands: &Hands,
    case: &Case,
) -> Result<Vec<Receipt<CaseChanged>>, DemoError> {
    let client =
        hands.staff.get(&case.officer.id).ok_or(DemoError::Plan("the key of an officer"))?;
    let mut receipts = vec![open(client, case).await?];
    for place in table(case) {
        receipts.push(join(client, case, &place).await?);
    }
    receipts.push(sit(client, case).await?);
    let agreement = (case.tier != MediationTier::Oral).then(|| file_of(case.id));
    let settle = CaseStep::Settle { tier: case.tier, agreement };
    if case.unsettled {
        receipts.push(step(client, case, "close", &CaseStep::Close { tier: case.tier }).await?);
    } else {
        receipts.push(step(client, case, "settle", &settle).await?);
        if case.tier == MediationTier::Simple {
            receipts.push(step(client, case, "perform", &CaseStep::Perform {}).await?);
        }
    }
    Ok(receipts)
}

async fn open(client: &Client, case: &Case) -> Result<Receipt<CaseChanged>, DemoError> {
    let body = OpenCase {
        case: Some(id(case.id)),
        kind: case.kind,
        grid: id(case.claim.grid),
        parties: case.parties.map(id).into(),
        again: None,
        estate: None,
    };
    let reply = client.open_case(&format!("case-{}", case.id), &body).await;
    Ok(reply.doing(|| format!("open case {}", case.id))?.body)
}

/// The places at its table: the resident's, and those of whose job it is.
fn table(case: &Case) -> Vec<JoinTable> {
    let resident = JoinTable {
        mediator: Some(id(case.claim.id)),
        body: MediatingBody::Resident,
        resident: Some(id(case.claim.resident)),
        officer: None,
    };
    let beside = case.beside.iter().map(|one| JoinTable {
        mediator: Some(id(one.id)),
        body: one.body,
        resident: None,
        officer: one.officer.map(id),
    });
    std::iter::once(resident).chain(beside).collect()
}

async fn join(
    client: &Client,
    case: &Case,
    place: &JoinTable,
) -> Result<Receipt<CaseChanged>, DemoError> {
    let mediator = place.mediator.as_ref().map(linli_api::Id::as_str).unwrap_or_default();
    let key = format!("table-{}-{mediator}", case.id);
    let reply = client.join_table(&key, &id(case.id), place).await;
    Ok(reply.doing(|| format!("seat a mediator of case {}", case.id))?.body)
}

async fn sit(client: &Client, case: &Case) -> Result<Receipt<CaseChanged>, DemoError> {
    let body = EnterSession {
        start: case.claim.start.instant(),
        ends_at: case.claim.end.instant(),
        sat: table(case).into_iter().filter_map(|place| place.mediator).collect(),
        minutes: Some(file_of(case.claim.id)),
    };
    let reply = client.enter_session(&format!("session-{}", case.id), &id(case.id), &body).await;
    Ok(reply.doing(|| format!("enter a session of case {}", case.id))?.body)
}

/// A word on a case.
pub(super) async fn step(
    client: &Client,
    case: &Case,
    what: &str,
    body: &CaseStep,
) -> Result<Receipt<CaseChanged>, DemoError> {
    let reply = client.step_case(&format!("{what}-{}", case.id), &id(case.id), body).await;
    Ok(reply.doing(|| format!("{what} case {}", case.id))?.body)
}
