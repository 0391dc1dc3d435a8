//! What the facts of checks do to the state, and what submissions leave for them.

use crate::State;
use crate::conduct::{Event, Held, Holding, Review, Verdict};
use crate::contribution::{Claim, Contribution, Status};
use crate::state::{Law, Step, known};
use crate::time::Timestamp;

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    match event {
        Event::Held(it) => state.hold_back(it),
        Event::Reviewed(review) => state.reviewed(*review, now),
    }
}

impl State {
    fn hold_back(&mut self, it: &Holding) -> Step {
        let id = it.contribution;
        let pending = |found: &&mut Contribution| found.status == Status::Pending;
        known(self.contributions.get_mut(id).filter(pending), id)?.status = Status::Held;
        self.held.insert(id, Held { signs: it.signs.clone(), complete: it.complete });
        Ok(())
    }

    fn reviewed(&mut self, review: Review, now: Timestamp) -> Step {
        let id = review.contribution;
        if !self.held.contains(id) {
            return Err((Law::Known, format!("contribution {id} is not held")));
        }
        self.held.remove(id);
        let held = |found: &&mut Contribution| found.status == Status::Held;
        let contribution = known(self.contributions.get_mut(id).filter(held), id)?;
        match review.verdict {
            Verdict::Release => contribution.status = Status::Pending,
            Verdict::Reject(_) => {
                contribution.status = Status::Rejected;
                let resident = contribution.claim.resident;
                known(self.residents.get_mut(resident), resident)?.served.vacate(id);
                self.fell(id, Some(review.officer), now);
            }
        }
        Ok(())
    }

    /// What later checks have to know of a claim, if the rules of its time have any.
    pub(crate) fn leave_traces(&mut self, claim: &Claim, now: Timestamp) {
        let Some(rules) = self.rules.in_force(claim.happened.end()) else { return };
        let Some(terms) = &rules.conduct else { return };
        let late = terms.late.is_some_and(|late| claim.entered_late(late, now));
        for file in &claim.attachments {
            if !self.evidence.contains(file.sha256) {
                self.evidence.insert(file.sha256, claim.contribution);
            }
        }
        if let Some(beneficiary) = claim.beneficiary {
            let trace = self.traces.entry(claim.resident);
            trace.note_served(beneficiary, claim.happened.end());
        }
        if late {
            self.traces.entry(claim.resident).note_late(now);
        }
    }
}
