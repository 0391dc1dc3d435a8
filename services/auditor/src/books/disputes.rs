//! Disputes, added up from the facts: of all the cases of one, the end of a single one is paid for.

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::contribution::Claim;
use linli_domain::id::{CaseId, MediatorId, ResidentId};
use linli_domain::mediation::{Event, Sitter};

use super::*;

/// Which case is of which dispute, who sat at its table, and which ending each dispute paid for.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Disputes {
    cases: FxHashMap<CaseId, CaseId>,
    tables: FxHashMap<MediatorId, (CaseId, Option<ResidentId>)>,
    parties: FxHashMap<CaseId, Vec<ResidentId>>,
    /// How often each case has ended.
    ends: FxHashMap<CaseId, u32>,
    paid: FxHashMap<CaseId, (CaseId, u32)>,
}

impl Books {
    pub(super) fn mediate(&mut self, event: &Event) {
        let told = &mut self.disputes;
        match event {
            Event::Opened { opening, dispute } => {
                told.cases.insert(opening.case, *dispute);
                told.parties.insert(opening.case, opening.parties.clone());
            }
            Event::Joined { place, .. } => {
                let resident = match place.sitter {
                    Sitter::Resident(resident) => Some(resident),
                    Sitter::Officer(_) | Sitter::Delegate => None,
                };
                told.tables.insert(place.mediator, (place.case, resident));
            }
            Event::Settled { case, .. }
            | Event::Performed { case, .. }
            | Event::Closed { case, .. } => {
                let ends = told.ends.entry(*case).or_default();
                *ends = ends.saturating_add(1);
            }
            Event::Sat(_) | Event::Broken { .. } | Event::Reopened { .. } => {}
        }
    }

    /// A claim with a mediator's number is that mediator's, no party's, and of the one ending that its
    /// dispute pays for.
    pub(super) fn claimed(&mut self, claim: &Claim, broken: &mut Vec<Broken>) {
        let told = &mut self.disputes;
        let mediator = MediatorId::from_number(claim.contribution.number());
        let Some((case, resident)) = told.tables.get(&mediator).copied() else { return };
        let dispute = told.cases.get(&case).copied().unwrap_or(case);
        let ending = (case, told.ends.get(&case).copied().unwrap_or_default());
        let first = *told.paid.entry(dispute).or_insert(ending);
        if first != ending || ending.1 == 0 {
            let what = format!("dispute {dispute} pays for {ending:?} after {first:?}");
            broken.push((Rule::DisputeOnce, what));
        }
        let party = told.parties.get(&case).is_some_and(|it| it.contains(&claim.resident));
        if resident != Some(claim.resident) || party {
            let what = format!("mediator {mediator} pays resident {}", claim.resident);
            broken.push((Rule::MediatorPaid, what));
        }
    }
}
