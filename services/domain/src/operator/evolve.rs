//! What the facts of operators do to the state.

use crate::id::{ShiftId, StationId};
use crate::operator::{Closing, Counter, Enrolment, Event, Operator, Shift, Worked};
use crate::state::{Law, Step, known};
use crate::time::Timestamp;
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    match *event {
        Event::Enrolled(Enrolment { operator, station }) => {
            let enrolled = Operator { station, retired: false, shift: None };
            state.operators.insert(operator, enrolled);
        }
        Event::Retired(id) => known(state.operators.get_mut(id), id)?.retired = true,
        Event::ShiftOpened(shift) => {
            known(state.operators.get_mut(shift.operator), shift)?.shift = Some(shift.shift);
            state.shifts.insert(shift.shift, Worked { shift, closed_at: None });
            state.deadlines.insert((shift.closes_at, Deadline::ShiftCloses(shift.shift)));
        }
        Event::ShiftClosed { shift, .. } => return closed(state, &shift, now),
        Event::ShiftsSet { station, shifts } => state.counters.entry(station).shifts = shifts,
    }
    Ok(())
}

fn closed(state: &mut State, shift: &Shift, now: Timestamp) -> Step {
    let worked = known(state.shifts.get_mut(shift.shift), shift)?;
    if worked.shift != *shift || worked.closed_at.is_some() {
        return Err((Law::Known, format!("shift {} is {worked:?}", shift.shift)));
    }
    worked.closed_at = Some(now);
    known(state.operators.get_mut(shift.operator), shift)?.shift = None;
    state.deadlines.remove(&(shift.closes_at, Deadline::ShiftCloses(shift.shift)));
    Ok(())
}

impl State {
    /// What is kept of a station's counter.
    #[must_use]
    pub fn counter(&self, station: StationId) -> Counter {
        self.counters.get(station).copied().unwrap_or_default()
    }

    /// The closing of a shift that nobody closed.
    pub(crate) fn overdue_shift(&self, id: ShiftId) -> Option<Event> {
        let shift = self.shifts.get(id)?.shift;
        Some(Event::ShiftClosed { shift, closing: Closing::Overdue })
    }
}
