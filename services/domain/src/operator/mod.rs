//! Operators (驿站操作员) and their shifts (班次): who stands at a station's counter, and when.
//!
//! An operator is known by an id and by no name. The PIN that opens a shift is the gateway's: of
//! it the log knows nothing.

mod decide;
mod evolve;

pub(crate) use decide::decide;
pub(crate) use evolve::evolve;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{AllowanceId, OperatorId, ShiftId, StationId};
use crate::quantity::Minutes;
use crate::time::Timestamp;

/// How long a shift is at most where the rules don't say: no door at a counter stays open over
/// night because somebody forgot to sign out.
pub const SHIFT_LONGEST: Minutes = Minutes::new(12 * 60);

/// An operator as enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Enrolment {
    /// The operator's id, which tells nothing of the person.
    pub operator: OperatorId,
    /// The station whose counter it is.
    pub station: StationId,
}

/// A shift to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The id that it will have.
    pub shift: ShiftId,
    /// Who opens it.
    pub operator: OperatorId,
    /// At which station.
    pub station: StationId,
}

/// A shift as it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Shift {
    /// Its id.
    pub shift: ShiftId,
    /// Who opened it.
    pub operator: OperatorId,
    /// At which station.
    pub station: StationId,
    /// When it closes by itself.
    pub closes_at: Timestamp,
}

/// Why a shift was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Closing {
    /// The operator went home.
    Operator,
    /// The operator's time at the station ended.
    Retired,
    /// Nobody closed it in time.
    Overdue,
}

/// Does what is handed out at a station name a shift?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Shifts {
    /// If somebody has one open.
    #[default]
    Optional,
    /// Always.
    Needed,
}

/// What can be wished of operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Enrol an operator.
    Enrol(Enrolment),
    /// End an operator's time at the station.
    Retire(OperatorId),
    /// Open a shift.
    OpenShift(Opening),
    /// Close a shift.
    CloseShift {
        /// Which.
        shift: ShiftId,
        /// At which station.
        station: StationId,
    },
    /// Say whether a station hands anything out without a shift.
    SetShifts {
        /// Which station.
        station: StationId,
        /// From now on.
        shifts: Shifts,
    },
}

/// What happened to operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// An operator was enrolled.
    Enrolled(Enrolment),
    /// An operator's time at the station ended.
    Retired(OperatorId),
    /// A shift was opened.
    ShiftOpened(Shift),
    /// A shift was closed.
    ShiftClosed {
        /// The shift as it was opened.
        shift: Shift,
        /// Why.
        closing: Closing,
    },
    /// It was said whether a station hands anything out without a shift.
    ShiftsSet {
        /// Which station.
        station: StationId,
        /// From then on.
        shifts: Shifts,
    },
}

/// An operator in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Operator {
    /// At which station.
    pub station: StationId,
    /// Has it ended?
    pub retired: bool,
    /// The shift that is open.
    pub shift: Option<ShiftId>,
}

/// A shift in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Worked {
    /// As it was opened.
    pub shift: Shift,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

/// What the state keeps of a station's counter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Counter {
    /// Does what is handed out name a shift?
    pub shifts: Shifts,
    /// The allowance that was granted last.
    pub allowance: Option<AllowanceId>,
}
