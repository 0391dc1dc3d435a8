//! What the facts of mediation do to the state.

use crate::State;
use crate::id::{CaseId, ContributionId, MediatorId};
use crate::mediation::{Case, Event, Mediator, Opening, Session, Settlement, Sitter, Status};
use crate::state::{Law, Step, known};
use crate::time::Timestamp;

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    match event {
        Event::Opened { opening, dispute } => {
            state.case_opened(opening, *dispute, now);
            Ok(())
        }
        Event::Joined { place, .. } => {
            state.case_at(place.case, &[Status::Open])?.table.push(place.mediator);
            state.mediators.insert(place.mediator, Mediator { place: *place, sat: None });
            Ok(())
        }
        Event::Sat(session) => state.sat(session, now),
        Event::Settled { case, settlement, .. } => {
            state.case_moves(*case, &[Status::Open], Status::Settled, Some(*settlement))
        }
        Event::Performed { case, settlement, .. } => {
            state.case_moves(*case, &[Status::Settled], Status::Performed, Some(*settlement))
        }
        Event::Broken { case, settlement, .. } => {
            let from = [Status::Settled, Status::Performed];
            state.case_moves(*case, &from, Status::Broken, Some(*settlement))?;
            state.notices_fall(*case, now)
        }
        Event::Closed { case, .. } => {
            state.case_moves(*case, &[Status::Open], Status::Unsettled, None)
        }
        Event::Reopened { case, .. } => {
            let from = [Status::Unsettled, Status::Broken];
            state.case_moves(*case, &from, Status::Open, None)
        }
    }
}

impl State {
    fn case_at(&mut self, id: CaseId, any: &[Status]) -> Result<&mut Case, (Law, String)> {
        known(self.cases.get_mut(id).filter(|case| any.contains(&case.status)), id)
    }

    fn case_moves(
        &mut self,
        id: CaseId,
        from: &[Status],
        to: Status,
        settlement: Option<Settlement>,
    ) -> Step {
        let case = self.case_at(id, from)?;
        (case.status, case.settlement) = (to, settlement);
        Ok(())
    }

    fn case_opened(&mut self, opening: &Opening, dispute: CaseId, now: Timestamp) {
        for (one, other) in self.pairs(&opening.parties) {
            self.disputes.insert((one, other, opening.kind), opening.case);
        }
        let case = Case {
            opening: opening.clone(),
            dispute,
            opened_at: now,
            status: Status::Open,
            settlement: None,
            paid: false,
            sessions: 0,
            last_ended_at: None,
            minutes: Vec::new(),
            table: Vec::new(),
        };
        self.cases.insert(opening.case, case);
    }

    /// Who sat was nowhere else at that time.
    fn sat(&mut self, session: &Session, now: Timestamp) -> Step {
        let happened = session.happened;
        let case = self.case_at(session.case, &[Status::Open])?;
        case.sessions = known(case.sessions.checked_add(1), session.case)?;
        case.last_ended_at = case.last_ended_at.max(Some(happened.end()));
        case.minutes.extend(session.minutes);
        for id in &session.sat {
            let found = known(self.mediators.get_mut(*id), id)?;
            let latest = found.sat.is_none_or(|before| before.end() < happened.end());
            found.sat = if latest { Some(happened) } else { found.sat };
            if let Sitter::Resident(resident) = found.place.sitter {
                let resident = known(self.residents.get_mut(resident), resident)?;
                resident.served.occupy(happened, id.contribution(), now);
            }
        }
        Ok(())
    }

    /// What of a broken case stands on notice falls, before the next wish is decided.
    fn notices_fall(&mut self, id: CaseId, now: Timestamp) -> Step {
        let table = known(self.cases.get(id), id)?.table.clone();
        table.into_iter().try_for_each(|one| self.notice_falls(one.contribution(), now))
    }

    /// A contribution was submitted; if it is a mediator's, its dispute has paid.
    pub(crate) fn dispute_has_paid(&mut self, contribution: ContributionId) -> Step {
        let mediator = MediatorId::from_number(contribution.number());
        let Some(found) = self.mediators.get(mediator) else { return Ok(()) };
        let case = found.place.case;
        let dispute = known(self.cases.get(case), case)?.dispute;
        known(self.cases.get_mut(dispute), dispute)?.paid = true;
        Ok(())
    }
}
