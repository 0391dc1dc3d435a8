//! Moves on hazards, orders and mutual aid, phase by phase, each with the key that it takes.

use std::collections::BTreeMap;

use linli_api::aid::{AidChanged, AidKind, AidStep, AidStepOne, Help, OpenAid};
use linli_api::contribution::{Attachment, AttachmentKind};
use linli_api::hazard::{HazardChanged, HazardKind, HazardStep, HazardStepOne, ReportHazard};
use linli_api::order::{EscalationReason, OrderChanged, OrderStep, OrderStepOne, OrderVerdict};
use linli_api::receipt::Receipt;
use linli_api::{Client, Hash};
use ulid::Ulid;

use super::batch::{accepted, bulks, several};
use super::hands::Hands;
use super::id;
use super::partner::file_of;
use crate::error::DemoError;
use crate::progress::Progress;
use crate::traffic::{Move, PHASES, What};

/// What the receipts of a stop's moves told.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) hazards: Vec<Receipt<HazardChanged>>,
    pub(super) orders: Vec<Receipt<OrderChanged>>,
    /// How many of them an officer gave to others, or handed up.
    pub(super) dispatched: usize,
    pub(super) handed_up: usize,
    pub(super) aids: Vec<Receipt<AidChanged>>,
    /// The asks, offers and wishes among them.
    pub(super) begun: Vec<AidKind>,
}

/// Makes them all. One phase is over before the next begins.
pub(super) async fn make(
    hands: &Hands,
    moves: &[Move],
    progress: &Progress,
) -> Result<Told, DemoError> {
    let mut told = Told::default();
    for phase in 0..PHASES {
        let now: Vec<&Move> = moves.iter().filter(|one| one.what.phase() == phase).collect();
        if now.is_empty() {
            continue;
        }
        residents(&hands.partner, &now, &mut told).await?;
        let mut by_officer: BTreeMap<Ulid, Vec<&Move>> = BTreeMap::new();
        for one in &now {
            if let Some(officer) = one.what.officer() {
                by_officer.entry(officer.id).or_default().push(one);
            }
        }
        let office = |(officer, moves): (Ulid, Vec<_>)| async move {
            let client =
                hands.staff.get(&officer).ok_or(DemoError::Plan("the key of an officer"))?;
            office(client, officer, &moves).await
        };
        for (hazards, orders) in several(by_officer.into_iter().map(office).collect()).await? {
            told.hazards.extend(hazards);
            told.orders.extend(orders);
        }
        let made = |is: fn(&What) -> bool| now.iter().filter(|one| is(&one.what)).count();
        let dispatched = made(|what| matches!(what, What::Dispatch { .. }));
        let handed_up = made(|what| matches!(what, What::HandUp { .. }));
        told.dispatched = told.dispatched.saturating_add(dispatched);
        told.handed_up = told.handed_up.saturating_add(handed_up);
        progress.done(now.len());
    }
    Ok(told)
}

/// What residents do, through the partner's app.
async fn residents(partner: &Client, moves: &[&Move], told: &mut Told) -> Result<(), DemoError> {
    let reports = moves.iter().filter_map(|one| Some((format!("report-{}", one.id), report(one)?)));
    for bulk in bulks(reports) {
        told.hazards.extend(accepted("report hazards", partner.report_hazards(&bulk).await)?);
    }
    let begun = moves.iter().filter_map(|one| Some((format!("aid-{}", one.id), begin(one)?)));
    for bulk in bulks(begun) {
        told.aids.extend(accepted("ask for help", partner.open_aids(&bulk).await)?);
        bulk.items.iter().for_each(|item| told.begun.push(item.body.kind));
    }
    let steps = moves
        .iter()
        .filter_map(|one| Some((format!("aid-{}-{}", one.what.phase(), one.id), aid_step(one)?)));
    for bulk in bulks(steps) {
        told.aids.extend(accepted("help", partner.take_aid_steps(&bulk).await)?);
    }
    Ok(())
}

type Done = (Vec<Receipt<HazardChanged>>, Vec<Receipt<OrderChanged>>);

/// What an officer does, with the officer's own key.
async fn office(client: &Client, officer: Ulid, moves: &[&Move]) -> Result<Done, DemoError> {
    let (mut hazards, mut orders) = (Vec::new(), Vec::new());
    let judged =
        moves.iter().filter_map(|one| Some((format!("judge-{}-{officer}", one.id), judge(one)?)));
    for bulk in bulks(judged) {
        hazards.extend(accepted("judge hazards", client.judge_hazards(&bulk).await)?);
    }
    let handled = moves
        .iter()
        .filter_map(|one| Some((format!("order-{}-{}", one.what.phase(), one.id), handle(one)?)));
    for bulk in bulks(handled) {
        orders.extend(accepted("handle orders", client.handle_orders(&bulk).await)?);
    }
    Ok((hazards, orders))
}

fn photo(of: Ulid) -> Vec<Attachment> {
    vec![Attachment::of(AttachmentKind::Photo, file_of(of))]
}

/// What an app would make of a place's name.
fn place(spot: Ulid) -> Hash {
    file_of(spot)
}

fn report(one: &Move) -> Option<ReportHazard> {
    let What::Report { reporter, grid, seriousness, spot, seen_at } = one.what else { return None };
    Some(ReportHazard {
        hazard: Some(id(one.id)),
        reporter: id(reporter),
        kind: HazardKind::Fire,
        seriousness,
        area: id(grid),
        place: place(spot),
        seen_at: seen_at.instant(),
        evidence: photo(one.id),
        estate: None,
    })
}

fn begin(one: &Move) -> Option<OpenAid> {
    let What::Begin { kind, resident, grid } = one.what else { return None };
    Some(OpenAid {
        aid: Some(id(one.id)),
        kind,
        resident: id(resident),
        help: Help::Errand,
        grid: id(grid),
        estate: None,
    })
}

fn aid_step(one: &Move) -> Option<AidStepOne> {
    let (resident, act) = match one.what {
        What::Match { resident } => (resident, AidStep::Match {}),
        What::Finish { resident, start, end } => {
            let (started_at, ended_at) = (start.instant(), end.instant());
            (resident, AidStep::Finish { started_at, ended_at })
        }
        What::Confirm { resident } => (resident, AidStep::Confirm {}),
        What::Report { .. }
        | What::Begin { .. }
        | What::Verify { .. }
        | What::Dismiss { .. }
        | What::Dispatch { .. }
        | What::Accept { .. }
        | What::HandUp { .. }
        | What::TakeUp { .. }
        | What::Close { .. }
        | What::Check { .. } => return None,
    };
    Some(AidStepOne { aid: id(one.id), resident: id(resident), act })
}

fn judge(one: &Move) -> Option<HazardStepOne> {
    let say = match one.what {
        What::Verify { seriousness, .. } => HazardStep::Verify { seriousness },
        What::Dismiss { why, .. } => HazardStep::Dismiss { why },
        What::Report { .. }
        | What::Begin { .. }
        | What::Match { .. }
        | What::Dispatch { .. }
        | What::Accept { .. }
        | What::HandUp { .. }
        | What::TakeUp { .. }
        | What::Close { .. }
        | What::Check { .. }
        | What::Finish { .. }
        | What::Confirm { .. } => return None,
    };
    Some(HazardStepOne { hazard: id(one.id), say })
}

fn handle(one: &Move) -> Option<OrderStepOne> {
    let act = match one.what {
        What::Dispatch { unit, .. } => OrderStep::Dispatch { unit: id(unit) },
        What::Accept { .. } | What::TakeUp { .. } => OrderStep::Accept {},
        What::HandUp { .. } => OrderStep::Escalate { reason: EscalationReason::Means },
        What::Close { .. } => OrderStep::Close { evidence: photo(one.id) },
        What::Check { .. } => OrderStep::Check { verdict: OrderVerdict::Done },
        What::Report { .. }
        | What::Begin { .. }
        | What::Match { .. }
        | What::Verify { .. }
        | What::Dismiss { .. }
        | What::Finish { .. }
        | What::Confirm { .. } => return None,
    };
    Some(OrderStepOne { order: id(one.id), act })
}
