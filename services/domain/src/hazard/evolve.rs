//! What the facts of hazards do to the state.

use crate::State;
use crate::hazard::{Appeal, Dismissal, Event, Hazard, Reporter, Ruling, Status};
use crate::id::{HazardId, OfficerId, ResidentId};
use crate::state::{Law, Step, known};
use crate::time::Timestamp;

pub(crate) fn evolve(state: &mut State, event: &Event) -> Step {
    match event {
        Event::Reported(report) => {
            let hazard =
                Hazard { report: report.clone(), status: Status::Reported, words: Vec::new() };
            state.hazards.insert(report.hazard, hazard);
            // The newest report that stands is the one that the next is held against.
            state.places.insert((report.place, report.kind), report.hazard);
            Ok(())
        }
        Event::Merged { hazard, into, .. } => {
            let found = state.waiting(*hazard)?;
            found.status = Status::Merged;
            let key = (found.report.place, found.report.kind);
            // Reports at this place are of that hazard from now on, wherever it was told to be.
            state.places.insert(key, *into);
            Ok(())
        }
        Event::Verified { hazard, officer, seriousness } => {
            state.waiting(*hazard)?.words.push((*officer, *seriousness));
            Ok(())
        }
        Event::Dismissed { hazard, officer, why, paused_until } => {
            let found = state.waiting(*hazard)?;
            found.status = Status::Dismissed;
            let reporter = found.report.reporter;
            match why {
                Dismissal::BadFaith => state.count_false(reporter, *officer, *paused_until),
                Dismissal::NotFound | Dismissal::NoHazard => Ok(()),
            }
        }
        Event::Appealed(resident) => {
            known(state.reporters.get_mut(*resident), resident)?.appeal = Some(Appeal::Open);
            Ok(())
        }
        Event::Ruled { resident, ruling, .. } => {
            let reporter = known(state.reporters.get_mut(*resident), resident)?;
            match ruling {
                Ruling::Lifted => *reporter = Reporter::default(),
                Ruling::Upheld => reporter.appeal = Some(Appeal::Upheld),
            }
            Ok(())
        }
    }
}

impl State {
    /// A hazard that waits for an officer's word.
    pub(crate) fn waiting(&mut self, id: HazardId) -> Result<&mut Hazard, (Law, String)> {
        let waiting = |found: &&mut Hazard| found.status == Status::Reported;
        known(self.hazards.get_mut(id).filter(waiting), id)
    }

    fn count_false(
        &mut self,
        resident: ResidentId,
        officer: OfficerId,
        paused_until: Option<Timestamp>,
    ) -> Step {
        let level = known(self.officers.get(officer), officer)?.appointment.duty.level();
        let reporter = self.reporters.entry(resident);
        // What was found before the last pause began is paid for.
        let before = if reporter.false_reports == 0 { None } else { reporter.found_by };
        reporter.found_by = before.max(Some(level));
        match paused_until {
            Some(_) => {
                reporter.false_reports = 0;
                (reporter.paused_until, reporter.appeal) = (paused_until, None);
            }
            None => reporter.false_reports = reporter.false_reports.saturating_add(1),
        }
        Ok(())
    }
}
