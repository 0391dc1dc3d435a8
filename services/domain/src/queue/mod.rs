//! Queues (缺货排队): who waits for goods that a station is short of, in the order of arrival.
//!
//! What the first who fits gets is a redemption like any other, reserved by itself until a deadline
//! to fetch it, under the id that the wait already had. So holds, returns, limits and statements know
//! nothing of queues, and a queue is no way round any of them.

mod advance;
mod decide;
mod evolve;

pub(crate) use decide::decide;
pub use decide::{QUEUE_MAX, WANTED_MAX};
pub(crate) use evolve::evolve;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::booking::Unfit;
use crate::id::{ItemId, RedemptionId, ResidentId, StationId};
use crate::time::Timestamp;

/// What a resident waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Request {
    /// The id that the redemption will have.
    pub redemption: RedemptionId,
    /// Who waits.
    pub resident: ResidentId,
    /// At which station.
    pub station: StationId,
    /// For which item.
    pub item: ItemId,
    /// How many of it.
    pub quantity: u32,
}

impl Request {
    /// The list that it stands on.
    #[must_use]
    pub const fn list(&self) -> (StationId, ItemId) {
        (self.station, self.item)
    }
}

/// How far a wait has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Status {
    /// On the list.
    Waiting,
    /// Left the list.
    Left,
    /// There was something, and the resident couldn't have it.
    PassedOver,
    /// Set aside for the resident: from then on it is a redemption.
    Served,
}

/// A wait in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Wait {
    /// How far it has come.
    pub status: Status,
    /// What is waited for, while it is; afterwards the log alone keeps it.
    pub request: Option<Request>,
}

/// Those who wait for an item at a station.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Queue {
    /// In the order of arrival.
    pub waiting: Vec<RedemptionId>,
    /// Since when the list can move on, while it can.
    pub moves_at: Option<Timestamp>,
}

/// What can be wished of queues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Wait until there is something.
    Join(Request),
    /// Wait no longer.
    Leave {
        /// Under which id.
        redemption: RedemptionId,
        /// The station that says so, if one does: it has to be the one where it is waited.
        station: Option<StationId>,
    },
}

/// What happened to queues. Each carries the whole request, so that no fold has to remember.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A resident waits.
    Joined(Request),
    /// A resident waits no longer.
    Left {
        /// What was waited for.
        request: Request,
        /// The station that said so, if one did.
        station: Option<StationId>,
    },
    /// There was something for one who waited, and who couldn't have it; or who waited was erased.
    PassedOver {
        /// What was waited for.
        request: Request,
        /// Why.
        why: Unfit,
    },
}

impl Event {
    /// What was waited for, which every event of a queue carries.
    #[must_use]
    pub const fn request(&self) -> &Request {
        match self {
            Self::Joined(request)
            | Self::Left { request, .. }
            | Self::PassedOver { request, .. } => request,
        }
    }

    /// How far the wait has come by it.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::Joined(_) => Status::Waiting,
            Self::Left { .. } => Status::Left,
            Self::PassedOver { .. } => Status::PassedOver,
        }
    }

    /// The wish behind it; none behind what happens by itself.
    pub(crate) const fn wish(&self) -> Option<Command> {
        match self {
            Self::Joined(request) => Some(Command::Join(*request)),
            Self::Left { request, station } => {
                Some(Command::Leave { redemption: request.redemption, station: *station })
            }
            Self::PassedOver { .. } => None,
        }
    }
}
