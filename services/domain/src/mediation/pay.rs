//! What the end of a case makes of those who sat: their contributions, which then go the way of all
//! others. A dispute pays once.

use crate::contribution::{Attachment, AttachmentKind, Claim, Signal, submitted_by};
use crate::mediation::decide::files;
use crate::mediation::{Case, Mediator, Pay, Settlement, Sitter};
use crate::time::Timestamp;
use crate::{Refusal, State};

pub(super) fn pay(
    state: &State,
    case: &Case,
    settlement: Settlement,
    unsettled: bool,
    now: Timestamp,
) -> Result<(Pay, Vec<crate::Event>), Refusal> {
    if state.has_paid(case) {
        return Ok((Pay::PaidBefore, Vec::new()));
    }
    if unsettled && case.minutes.is_empty() {
        return Ok((Pay::Undocumented, Vec::new()));
    }
    let mut follows = Vec::new();
    for one in state.table(case) {
        if let Some(claim) = claim(state, case, one, settlement, unsettled)? {
            follows.extend(submitted_by(state, claim, now)?);
        }
    }
    let pay = if follows.is_empty() { Pay::Nobody } else { Pay::Follows };
    Ok((pay, follows))
}

/// What a mediator did: the last session that this one sat, by the rules of its day. None of one whose
/// job it is, who never sat, or who was erased.
fn claim(
    state: &State,
    case: &Case,
    one: &Mediator,
    settlement: Settlement,
    unsettled: bool,
) -> Result<Option<Claim>, Refusal> {
    let (Sitter::Resident(resident), Some(happened)) = (one.place.sitter, one.sat) else {
        return Ok(None);
    };
    if state.is_erased(resident) {
        return Ok(None);
    }
    let (_, rules) = state.mediation_rules(happened.end())?;
    let written = settlement.agreement.map(|_| Signal::PaperSheet);
    let unsettled = unsettled.then_some(Signal::Unsettled);
    let kept = files(case, settlement.agreement);
    let document = |file: super::SealedFile| Attachment::of(AttachmentKind::Document, file.0);
    Ok(Some(Claim {
        contribution: one.place.mediator.contribution(),
        resident,
        act: rules.of(settlement.tier).act.clone(),
        grid: case.opening.grid,
        happened,
        estate: case.opening.estate,
        beneficiary: None,
        alert: false,
        signals: [Signal::CaseEnded].into_iter().chain(written).chain(unsettled).collect(),
        attachments: kept.into_iter().map(document).collect(),
    }))
}
