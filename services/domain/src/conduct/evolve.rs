//! What the facts of checks do to the state, and what submissions leave for them.

use crate::conduct::{Event, Held, Holding, Odd, Review, Sign, Verdict, signs};
use crate::contribution::{Attachment, Claim, Contribution, Status};
use crate::id::{ContributionId, SeatId};
use crate::state::{Law, Step, known};
use crate::time::Timestamp;
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    match event {
        Event::Held(it) => state.hold_back(it),
        Event::Reviewed(review) => state.reviewed(*review, now),
    }
}

impl State {
    /// What is found odd about a claim that no command brings: a seat that closed by itself becomes it.
    /// Looked for before anything of it is in the state.
    pub(crate) fn odd_of_seat(&self, claim: &Claim, now: Timestamp) -> Vec<Sign> {
        let seat = SeatId::from_number(claim.contribution.number());
        let becomes = self.seats.get(seat).is_some_and(|seat| seat.becomes.is_some());
        let rules = self.rules.in_force(claim.happened.end());
        let terms = rules.and_then(|rules| rules.conduct.as_ref());
        if !becomes || !terms.is_some_and(|terms| terms.forgotten) {
            return Vec::new();
        }
        signs(self, claim, now).unwrap_or_default()
    }

    /// What was found odd is held by the next thing that happens by itself.
    pub(crate) fn hold_next(&mut self, id: ContributionId, signs: Vec<Sign>, now: Timestamp) {
        if !signs.is_empty() {
            self.odd.insert(id, Odd { found_at: now, signs });
            self.deadlines.insert((now, Deadline::ClaimHeld(id)));
        }
    }

    fn hold_back(&mut self, it: &Holding) -> Step {
        let id = it.contribution;
        if let Some(odd) = self.odd.get(id) {
            self.deadlines.remove(&(odd.found_at, Deadline::ClaimHeld(id)));
            self.odd.remove(id);
        }
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
        self.leave_files(claim.contribution, &claim.attachments);
        if let Some(beneficiary) = claim.beneficiary {
            let trace = self.traces.entry(claim.resident);
            trace.note_served(beneficiary, claim.happened.end());
        }
        if late {
            self.traces.entry(claim.resident).note_late(now);
        }
    }

    /// The files of a claim, where the rules of its time have any checks. Whose they were first they stay.
    pub(crate) fn leave_files(&mut self, of: ContributionId, files: &[Attachment]) {
        for file in files {
            if !self.evidence.contains(file.sha256) {
                self.evidence.insert(file.sha256, of);
            }
        }
    }
}
