//! What the facts of whistles do to the state.

use crate::area::Level;
use crate::id::WhistleId;
use crate::state::{Law, Step, known};
use crate::whistle::{Event, Reply, Status, Whistle};
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event) -> Step {
    match event {
        Event::Blown { blast, sign_by, in_touch_by, on_site_by } => {
            let due = [*sign_by, *in_touch_by, *on_site_by];
            for (at, reply) in due.into_iter().zip(Reply::ALL) {
                state.deadlines.insert((at, Deadline::WhistleClock(blast.whistle, reply)));
            }
            let whistle = Whistle {
                blast: *blast,
                status: Status::Blown,
                level: Level::SubDistrict,
                due: due.map(Some),
            };
            state.whistles.insert(blast.whistle, whistle);
            Ok(())
        }
        Event::Answered { whistle, reply, .. } => {
            let found = known(state.whistles.get_mut(*whistle), whistle)?;
            if found.status.next() != Some(*reply) {
                return Err((Law::Known, format!("whistle {whistle} is {:?}", found.status)));
            }
            found.status = match reply {
                Reply::Signed => Status::Signed,
                Reply::InTouch => Status::InTouch,
                Reply::OnSite => Status::OnSite,
            };
            state.stop(*whistle, *reply)
        }
        Event::ClockMissed { whistle, reply, level } => {
            let found = known(state.whistles.get_mut(*whistle), whistle)?;
            if found.due_by(*reply).is_none() {
                return Err((Law::Deadline, format!("no clock {reply:?} runs for {whistle}")));
            }
            found.level = *level;
            state.stop(*whistle, *reply)
        }
        Event::Settled { whistle, .. } => {
            let on_site = |found: &&mut Whistle| found.status == Status::OnSite;
            let found = known(state.whistles.get_mut(*whistle).filter(on_site), whistle)?;
            found.status = Status::Settled;
            Ok(())
        }
    }
}

impl State {
    fn stop(&mut self, id: WhistleId, reply: Reply) -> Step {
        let whistle = known(self.whistles.get_mut(id), id)?;
        if let Some(at) = whistle.due_mut(reply).take() {
            self.deadlines.remove(&(at, Deadline::WhistleClock(id, reply)));
        }
        Ok(())
    }
}
