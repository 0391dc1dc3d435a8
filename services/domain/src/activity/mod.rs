//! Activities (活动): seats that volunteers sign up for, check in to and out of; patrol shifts
//! (巡逻班次), which have checkpoints (巡更点).
//!
//! A served seat becomes a contribution (`crate::contribution`). What vouches for it the ledger
//! computes from what was shown at the door, so that nobody has to be believed.

mod advance;
mod attend;
mod chain;
mod decide;
mod evolve;
mod plan;
mod posted;
mod seat;
mod wish;

pub use chain::{Link, STEPS_MAX};
pub use decide::WAITING_MAX;
pub(crate) use decide::decide;
pub(crate) use evolve::evolve;
pub use plan::{ActivityPart, CHECKPOINTS_MAX, Plan, Publisher, SEATS_MAX, Terms};
pub use posted::{Activity, Engagement};
pub use seat::{Arrival, Outcome, Request, Seat, Showing, Status, Stay, Unfit, Visit};

use crate::id::{ActivityId, SeatId};

/// What can be wished of activities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Publish one.
    Publish(Box<Plan>),
    /// Call one off before it begins.
    CallOff {
        /// Which.
        activity: ActivityId,
        /// Who.
        by: Publisher,
    },
    /// Take a seat, or wait for one if there is none.
    SignUp(Request),
    /// Give up a seat before the start, or wait no longer.
    Withdraw(SeatId),
    /// Come.
    CheckIn {
        /// To which seat.
        seat: SeatId,
        /// What is shown.
        showing: Showing,
    },
    /// Go.
    CheckOut {
        /// From which seat.
        seat: SeatId,
        /// What is shown.
        showing: Showing,
        /// The checkpoints that were scanned, each once, ascending.
        visited: Vec<Visit>,
    },
}

/// What happened to activities. What is about a seat carries the whole request, so that no fold has
/// to remember.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// One was published.
    Published {
        /// The activity.
        plan: Box<Plan>,
        /// What the rules say of it, for good.
        terms: Terms,
    },
    /// One was called off; all its seats end.
    CalledOff {
        /// Which.
        activity: ActivityId,
        /// By whom.
        by: Publisher,
    },
    /// A resident signed up and has a seat.
    Taken(Request),
    /// A resident signed up, and waits for a seat.
    Waited(Request),
    /// A seat became free, and the first who waited and fitted has it.
    Promoted(Request),
    /// A seat became free for one who couldn't have it.
    PassedOver {
        /// What was waited for.
        request: Request,
        /// Why.
        why: Unfit,
    },
    /// The start came, and there was no seat.
    Lapsed(Request),
    /// A resident gave up a seat, or waits no longer.
    Withdrawn(Request),
    /// The activity was called off, and with it this seat.
    SeatCalledOff(Request),
    /// A resident came.
    CheckedIn {
        /// To which seat.
        request: Request,
        /// What was shown.
        showing: Showing,
    },
    /// A resident went; a contribution follows if the stay gives one.
    CheckedOut {
        /// From which seat.
        request: Request,
        /// What was shown.
        showing: Showing,
        /// The checkpoints that were scanned.
        visited: Vec<Visit>,
        /// What counts.
        stay: Stay,
    },
    /// A resident came, and didn't check out: it counts until the planned end.
    Forgotten {
        /// Of which seat.
        request: Request,
        /// What counts.
        stay: Stay,
    },
    /// A resident didn't come.
    Missed(Request),
    /// The resident was erased, and has neither seat nor place on the list any more.
    Vacated(Request),
}

impl Event {
    /// The activity that it is about.
    #[must_use]
    pub fn activity(&self) -> ActivityId {
        match self {
            Self::Published { plan, .. } => plan.activity,
            Self::CalledOff { activity, .. } => *activity,
            Self::Taken(request)
            | Self::Waited(request)
            | Self::Promoted(request)
            | Self::PassedOver { request, .. }
            | Self::Lapsed(request)
            | Self::Withdrawn(request)
            | Self::SeatCalledOff(request)
            | Self::CheckedIn { request, .. }
            | Self::CheckedOut { request, .. }
            | Self::Forgotten { request, .. }
            | Self::Missed(request)
            | Self::Vacated(request) => request.activity,
        }
    }

    /// The seat that it is about, and how far that has come by it.
    #[must_use]
    pub const fn seat(&self) -> Option<(&Request, Status)> {
        Some(match self {
            Self::Published { .. } | Self::CalledOff { .. } => return None,
            Self::Taken(request) | Self::Promoted(request) => (request, Status::Taken),
            Self::Waited(request) => (request, Status::Waiting),
            Self::PassedOver { request, .. } => (request, Status::PassedOver),
            Self::Lapsed(request) => (request, Status::Lapsed),
            Self::Withdrawn(request) => (request, Status::Withdrawn),
            Self::SeatCalledOff(request) => (request, Status::CalledOff),
            Self::CheckedIn { request, .. } => (request, Status::Present),
            Self::CheckedOut { request, .. } => (request, Status::Served),
            Self::Forgotten { request, .. } => (request, Status::Forgotten),
            Self::Missed(request) => (request, Status::Missed),
            Self::Vacated(request) => (request, Status::Vacated),
        })
    }

    /// How long somebody was present, once that has ended.
    #[must_use]
    pub const fn stay(&self) -> Option<&Stay> {
        match self {
            Self::CheckedOut { stay, .. } | Self::Forgotten { stay, .. } => Some(stay),
            Self::Published { .. }
            | Self::CalledOff { .. }
            | Self::Taken(_)
            | Self::Waited(_)
            | Self::Promoted(_)
            | Self::PassedOver { .. }
            | Self::Lapsed(_)
            | Self::Withdrawn(_)
            | Self::SeatCalledOff(_)
            | Self::CheckedIn { .. }
            | Self::Missed(_)
            | Self::Vacated(_) => None,
        }
    }
}
