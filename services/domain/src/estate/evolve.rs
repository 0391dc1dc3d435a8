//! What the facts of estates do to the state.

use crate::estate::{Committee, Event, Managed, ManagementForm};
use crate::id::EstateId;
use crate::state::{Law, Step, known};
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event) -> Step {
    match event {
        Event::Registered(estate) => {
            let managed = Managed { estate: estate.clone(), committee: None, left: Vec::new() };
            state.estates.insert(estate.estate, managed);
            Ok(())
        }
        Event::FormSet { estate, form } => {
            if *form != ManagementForm::RedCommittee {
                state.dissolve(*estate)?;
            }
            state.managed(*estate)?.estate.form = *form;
            Ok(())
        }
        Event::Elected(it) => state.elected(it),
        Event::Left { estate, place, .. } => {
            state.managed(*estate)?.left.push(*place);
            Ok(())
        }
        Event::TermEnded { estate, .. } => state.dissolve(*estate),
    }
}

impl State {
    fn managed(&mut self, id: EstateId) -> Result<&mut Managed, (Law, String)> {
        known(self.estates.get_mut(id), id)
    }

    fn elected(&mut self, it: &Committee) -> Step {
        self.dissolve(it.estate)?;
        self.committees.insert(it.committee, it.estate);
        self.deadlines.insert((it.until, Deadline::CommitteeEnds(it.estate)));
        self.managed(it.estate)?.committee = Some(it.clone());
        Ok(())
    }

    /// A committee is over, before its time or at it.
    fn dissolve(&mut self, id: EstateId) -> Step {
        let managed = self.managed(id)?;
        managed.left.clear();
        if let Some(before) = managed.committee.take() {
            self.deadlines.remove(&(before.until, Deadline::CommitteeEnds(id)));
        }
        Ok(())
    }
}
