//! Orders (接单): what a unit has to see to, up the ladder of five levels until it is done.
//!
//! An order stands with one unit, the officers of one area, and has one clock: to be accepted, then
//! to be closed, then to be checked. A clock that runs out is a fact, and takes the order one level
//! up; nobody checks what is their own work. A checked order of a hazard rewards its reporter.

mod decide;
mod evolve;

pub(crate) use decide::{decide, of_hazard, overdue};
pub(crate) use evolve::evolve;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::area::Level;
use crate::contribution::Attachment;
use crate::hazard::HazardKind;
use crate::id::{AreaId, HazardId, OfficerId, OrderId, ResidentId};
use crate::time::Timestamp;

/// Why there is an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Cause {
    /// A hazard was verified.
    Hazard(HazardId),
    /// A resident asked for it.
    Request(ResidentId),
}

/// What a resident asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// The id of the order.
    pub order: OrderId,
    /// Who asks.
    pub resident: ResidentId,
    /// What it is about.
    pub kind: HazardKind,
    /// Where: a grid, or a micro-grid of one.
    pub area: AreaId,
}

/// An order as it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Opening {
    /// Its id.
    pub order: OrderId,
    /// Why.
    pub cause: Cause,
    /// What it is about.
    pub kind: HazardKind,
    /// Where.
    pub area: AreaId,
}

/// A clock that an order runs by.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Clock {
    /// To be accepted.
    Accept,
    /// To be closed.
    Close,
    /// To be checked.
    Check,
}

/// Why an officer hands an order up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Reason {
    /// It takes more authority.
    Authority,
    /// It takes means that the unit doesn't have.
    Means,
    /// It takes several units.
    SeveralUnits,
    /// It is another unit's.
    NotOurs,
}

/// Why an order went a level up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// A clock ran out.
    Overdue(Clock),
    /// An officer handed it up.
    Handed {
        /// Who.
        officer: OfficerId,
        /// Why.
        reason: Reason,
    },
}

/// What the check of a closed order found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is done.
    Done,
    /// It is not, and goes back to who closed it.
    NotDone,
}

/// What can be wished of orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ask for something to be seen to.
    Request(Request),
    /// Give an order to a unit.
    Dispatch {
        /// Which.
        order: OrderId,
        /// Who gives it.
        officer: OfficerId,
        /// To the officers of this area.
        unit: AreaId,
    },
    /// Accept it for one's unit.
    Accept {
        /// Which.
        order: OrderId,
        /// Who.
        officer: OfficerId,
    },
    /// Hand it a level up.
    Escalate {
        /// Which.
        order: OrderId,
        /// Who.
        officer: OfficerId,
        /// Why.
        reason: Reason,
    },
    /// Say that it is done.
    Close {
        /// Which.
        order: OrderId,
        /// Who: the one who accepted it.
        officer: OfficerId,
        /// Hashes of photographs and papers, kept elsewhere.
        evidence: Vec<Attachment>,
    },
    /// Check what somebody else closed.
    Check {
        /// Which.
        order: OrderId,
        /// Who.
        officer: OfficerId,
        /// What was found.
        verdict: Verdict,
    },
}

/// What happened to orders. Each that starts a clock says when it runs out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// One was opened, and stands with the officers of where it is.
    Opened {
        /// The order.
        opening: Opening,
        /// The level of that area.
        level: Level,
        /// To be accepted by then.
        due_at: Timestamp,
    },
    /// It was given to a unit.
    Dispatched {
        /// Which.
        order: OrderId,
        /// Who gave it.
        officer: OfficerId,
        /// To the officers of this area.
        unit: AreaId,
        /// Of this level.
        level: Level,
        /// To be accepted by then.
        due_at: Timestamp,
    },
    /// An officer of the unit accepted it.
    Accepted {
        /// Which.
        order: OrderId,
        /// Who.
        officer: OfficerId,
        /// To be closed by then.
        due_at: Timestamp,
    },
    /// It went a level up.
    Escalated {
        /// Which.
        order: OrderId,
        /// Why.
        why: Why,
        /// To the officers of this area.
        unit: AreaId,
        /// Of this level.
        level: Level,
        /// To be accepted by then.
        due_at: Timestamp,
    },
    /// A clock ran out, and there is no level to go up to: the order stays, late.
    ClockMissed {
        /// Which.
        order: OrderId,
        /// Which clock.
        clock: Clock,
    },
    /// Its handler said that it is done.
    Closed {
        /// Which.
        order: OrderId,
        /// Who.
        officer: OfficerId,
        /// Hashes of photographs and papers, kept elsewhere.
        evidence: Vec<Attachment>,
        /// To be checked by then.
        due_at: Timestamp,
    },
    /// A check found it not done.
    SentBack {
        /// Which.
        order: OrderId,
        /// Who checked.
        officer: OfficerId,
        /// To be closed by then.
        due_at: Timestamp,
    },
    /// A check found it done. That is its end.
    Checked {
        /// Which.
        order: OrderId,
        /// Who checked.
        officer: OfficerId,
    },
}

/// How far an order has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Status {
    /// With a unit that hasn't accepted it yet.
    Dispatched,
    /// Accepted.
    Accepted,
    /// Said to be done.
    Closed,
    /// Checked and done.
    Checked,
}

impl Status {
    /// The clock that runs.
    #[must_use]
    pub const fn clock(self) -> Option<Clock> {
        match self {
            Self::Dispatched => Some(Clock::Accept),
            Self::Accepted => Some(Clock::Close),
            Self::Closed => Some(Clock::Check),
            Self::Checked => None,
        }
    }
}

/// An order in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Order {
    /// As opened.
    pub opening: Opening,
    /// How far it has come.
    pub status: Status,
    /// With the officers of this area.
    pub unit: AreaId,
    /// Of this level.
    pub level: Level,
    /// Who accepted it.
    pub handler: Option<OfficerId>,
    /// When its clock runs out; none once it did and there was no level to go up to.
    pub due_at: Option<Timestamp>,
}
