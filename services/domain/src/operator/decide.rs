//! Who may stand at a counter, and what is handed out by whom.

use crate::id::{OperatorId, ShiftId, StationId};
use crate::operator::{
    Closing, Command, Enrolment, Event, Opening, Operator, SHIFT_LONGEST, Shift, Shifts,
};
use crate::time::Timestamp;
use crate::{Decision, Noun, Refusal, State};

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Enrol(enrolment) => enrol(state, enrolment),
        Command::Retire(operator) => retire(state, *operator),
        Command::OpenShift(opening) => open(state, opening, now),
        Command::CloseShift { shift, station } => {
            let (shift, closing) = (*state.shift_open(*shift, *station)?, Closing::Operator);
            Ok(Decision::one(Event::ShiftClosed { shift, closing }))
        }
        Command::SetShifts { station, shifts } => {
            state.station(*station)?;
            Ok(Decision::one(Event::ShiftsSet { station: *station, shifts: *shifts }))
        }
    }
}

fn enrol(state: &State, enrolment: &Enrolment) -> Result<Decision, Refusal> {
    state.operators.vacant(enrolment.operator, Noun::Operator)?;
    state.station(enrolment.station)?;
    Ok(Decision::one(Event::Enrolled(*enrolment)))
}

/// Whoever has left doesn't leave a shift open.
fn retire(state: &State, id: OperatorId) -> Result<Decision, Refusal> {
    let retired = Event::Retired(id);
    let open = state.operator_on_duty(id)?.shift.and_then(|shift| state.shifts.get(shift));
    Ok(match open {
        Some(worked) => {
            let (shift, closing) = (worked.shift, Closing::Retired);
            Decision::two(retired, Event::ShiftClosed { shift, closing })
        }
        None => Decision::one(retired),
    })
}

fn open(state: &State, opening: &Opening, now: Timestamp) -> Result<Decision, Refusal> {
    let Opening { shift, operator, station } = *opening;
    state.shifts.vacant(shift, Noun::Shift)?;
    if let Some(shift) = state.operator_at(operator, station)?.shift {
        return Err(Refusal::ShiftOpen { shift });
    }
    let rules = state.rules.in_force(now).and_then(|rules| rules.counter);
    let longest = rules.map_or(SHIFT_LONGEST, |counter| counter.shift_longest);
    let closes_at = now.after(longest);
    Ok(Decision::one(Event::ShiftOpened(Shift { shift, operator, station, closes_at })))
}

impl State {
    /// The operator, unless unknown or gone.
    pub(crate) fn operator_on_duty(&self, id: OperatorId) -> Result<&Operator, Refusal> {
        let operator = self.operators.get(id).ok_or(Refusal::Unknown(Noun::Operator))?;
        if operator.retired { Err(Refusal::OperatorRetired) } else { Ok(operator) }
    }

    /// The operator of this station.
    pub(crate) fn operator_at(
        &self,
        id: OperatorId,
        station: StationId,
    ) -> Result<&Operator, Refusal> {
        let operator = self.operator_on_duty(id)?;
        if operator.station == station { Ok(operator) } else { Err(Refusal::OtherStation) }
    }

    /// A shift that is open at this station.
    pub(crate) fn shift_open(&self, id: ShiftId, station: StationId) -> Result<&Shift, Refusal> {
        let worked = self.shifts.get(id).ok_or(Refusal::Unknown(Noun::Shift))?;
        match worked.closed_at {
            _ if worked.shift.station != station => Err(Refusal::OtherStation),
            Some(since) => Err(Refusal::ShiftOver { since }),
            None => Ok(&worked.shift),
        }
    }

    /// May something be handed out at this station in this shift, or in none?
    pub(crate) fn in_shift(
        &self,
        shift: Option<ShiftId>,
        station: StationId,
    ) -> Result<(), Refusal> {
        match shift {
            Some(shift) => self.shift_open(shift, station).map(|_| ()),
            None => match self.counter(station).shifts {
                Shifts::Needed => Err(Refusal::ShiftNeeded),
                Shifts::Optional => Ok(()),
            },
        }
    }
}
