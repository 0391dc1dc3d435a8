//! What the facts of samples do to the state.

use crate::award::Award;
use crate::id::OfficerId;
use crate::inspection::{Awarded, Event, Inspected, Sample};
use crate::state::{Law, Step, known};
use crate::time::Timestamp;
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event) -> Step {
    match event {
        Event::Drawn(sample) => state.drawn(sample),
        Event::Inspected { word, verifier, rate } => {
            let drawn = state.inspections.get_mut(word.contribution);
            known(drawn, word.contribution)?.outcome = Some(word.outcome);
            known(state.officers.get_mut(*verifier), verifier)?.rate = Some(*rate);
            Ok(())
        }
    }
}

impl State {
    fn drawn(&mut self, sample: &Sample) -> Step {
        if sample.head.size > self.position {
            return Err((Law::Known, format!("a root over {} records", sample.head.size)));
        }
        let due =
            |(_, deadline): &(Timestamp, Deadline)| *deadline == Deadline::SampleDrawn(sample.day);
        // It is due, so it stands at the head of the queue, among the few that are.
        let found = self.deadlines.iter().find(|entry| due(entry)).copied();
        self.deadlines.remove(&known(found, sample.day)?);
        let awarded: Vec<_> = self.awarded_on(sample.day).map(|(id, _)| id).collect();
        for contribution in awarded {
            self.awarded_on.remove((sample.day, contribution));
        }
        for drawn in &sample.drawn {
            let inspected = Inspected { verifier: drawn.verifier, outcome: None };
            self.inspections.insert(drawn.contribution, inspected);
        }
        Ok(())
    }

    /// What is awarded today may be in tomorrow's sample.
    pub(crate) fn put_into_sample(
        &mut self,
        award: &Award,
        verified_by: Vec<OfficerId>,
        now: Timestamp,
    ) {
        let Some(rules) = self.rules.in_force(now) else { return };
        let Some(sampling) = &rules.fairness.sampling else { return };
        let (day, due) = sampling.day_and_draw(rules.zone, now);
        let at_least = sampling.at_least(award.grade);
        self.deadlines.insert((due, Deadline::SampleDrawn(day)));
        let awarded = Awarded { grid: award.grid, verified_by, at_least };
        self.awarded_on.insert((day, award.contribution), awarded);
    }
}
