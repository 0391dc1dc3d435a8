//! What the facts of mutual aid do to the state.

use crate::aid::{Aid, Event, Status};
use crate::id::AidId;
use crate::state::{Law, Step, known};
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event) -> Step {
    match event {
        Event::Opened { opening, lapses_at } => {
            let aid = Aid {
                opening: *opening,
                status: Status::Open,
                partner: None,
                finished: None,
                lapses_at: *lapses_at,
            };
            state.aids.insert(opening.aid, aid);
            state.deadlines.insert((*lapses_at, Deadline::AidLapses(opening.aid)));
            Ok(())
        }
        Event::Matched { aid, resident } => {
            let found = state.aid_that_is(*aid, &[Status::Open])?;
            (found.status, found.partner) = (Status::Matched, Some(*resident));
            Ok(())
        }
        Event::SteppedBack { aid, .. } => {
            let found = state.aid_that_is(*aid, &[Status::Matched])?;
            (found.status, found.partner) = (Status::Open, None);
            Ok(())
        }
        Event::Finished { aid, resident, happened } => {
            let found = state.aid_that_is(*aid, &[Status::Matched])?;
            (found.status, found.finished) = (Status::Finished, Some((*resident, *happened)));
            Ok(())
        }
        Event::Withdrawn { aid, .. } => {
            state.end_aid(*aid, &[Status::Open, Status::Matched], Status::Withdrawn)
        }
        Event::Confirmed { aid, .. } => state.end_aid(*aid, &[Status::Finished], Status::Confirmed),
        Event::Lapsed(aid) => {
            let any = [Status::Open, Status::Matched, Status::Finished];
            state.end_aid(*aid, &any, Status::Lapsed)
        }
    }
}

impl State {
    fn aid_that_is(&mut self, id: AidId, any: &[Status]) -> Result<&mut Aid, (Law, String)> {
        known(self.aids.get_mut(id).filter(|aid| any.contains(&aid.status)), id)
    }

    fn end_aid(&mut self, id: AidId, any: &[Status], end: Status) -> Step {
        let aid = self.aid_that_is(id, any)?;
        aid.status = end;
        let lapses_at = aid.lapses_at;
        self.deadlines.remove(&(lapses_at, Deadline::AidLapses(id)));
        Ok(())
    }
}
