//! Bookings (预约): slots of a resource for points, in two steps; and those who wait for one.

mod advance;
mod decide;
mod ended;
mod evolve;
mod ticket;

pub(crate) use advance::unfit;
pub use decide::WAITING_MAX;
pub(crate) use decide::decide;
pub use ended::Ended;
pub(crate) use evolve::evolve;
pub use ticket::{Request, Ticket};

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{BookingId, StationId};
use crate::resource::Off;
use crate::statement::Volume;
use crate::time::Timestamp;

/// Who calls a booking off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Side {
    /// The resident.
    Resident,
    /// The station, which can't hand out the key.
    Station,
    /// The supplier, who can't provide it.
    Supplier,
    /// Nobody: the resident was erased.
    Erased,
}

/// Why one who waited, for a slot or for goods, was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unfit {
    /// Too few points by then.
    Points,
    /// Too few stars by then.
    Stars,
    /// Of no assisted household.
    Assistance,
    /// Paused after absences.
    Paused,
    /// The resource was withdrawn.
    Withdrawn,
    /// The resident was erased.
    Erased,
    /// The item isn't open to them.
    NotOpen,
    /// Past a limit of the item by then.
    Limit,
    /// A slot of it was called off.
    CalledOff,
}

/// What can be wished of bookings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Set points and slots aside.
    Book(Request),
    /// Wait until there is room.
    Wait(Request),
    /// Wait no longer.
    Leave(BookingId),
    /// Call off what is booked.
    Cancel {
        /// Which booking.
        booking: BookingId,
        /// The station that says so, if one does: it has to be the one that hands out the key.
        station: Option<StationId>,
        /// Whose wish, or whose fault, it is.
        by: Side,
    },
    /// Hand out the key.
    CheckIn {
        /// Which booking.
        booking: BookingId,
        /// At which station.
        station: StationId,
    },
}

/// What happened to bookings. Each carries the whole request or ticket, so that no fold has to
/// remember.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Points and slots were set aside.
    Booked(Ticket),
    /// A resident waits until there is room.
    Waited(Request),
    /// A resident waits no longer.
    Left(Request),
    /// There was room, and the first who waited and fitted has it.
    Promoted(Ticket),
    /// There was room for one who waited, and who couldn't have it.
    PassedOver {
        /// What was waited for.
        request: Request,
        /// Why.
        why: Unfit,
    },
    /// The start came, and there had been no room.
    WaitLapsed(Request),
    /// What was booked was called off.
    Cancelled {
        /// The ticket, and what became of its points.
        ended: Ended,
        /// By whom.
        by: Side,
    },
    /// A slot of it was called off, and nobody keeps anything of its points.
    CalledOff {
        /// The ticket, and what became of its points.
        ended: Ended,
        /// By whom the slot was called off, and why.
        off: Off,
    },
    /// The key was handed out, and the supplier has all of the points.
    Used(Ended),
    /// Nobody came until the end.
    NotShown {
        /// The ticket, and what became of its points.
        ended: Ended,
        /// Until when the resident may not book this resource, if this was an absence too many.
        paused_until: Option<Timestamp>,
    },
}

impl Event {
    /// What was wanted, which every event of a booking carries.
    #[must_use]
    pub const fn request(&self) -> &Request {
        match self {
            Self::Waited(request)
            | Self::Left(request)
            | Self::WaitLapsed(request)
            | Self::PassedOver { request, .. } => request,
            Self::Booked(ticket) | Self::Promoted(ticket) => &ticket.request,
            Self::Used(ended)
            | Self::Cancelled { ended, .. }
            | Self::CalledOff { ended, .. }
            | Self::NotShown { ended, .. } => &ended.ticket.request,
        }
    }

    /// What was agreed, unless it is about somebody who waits.
    #[must_use]
    pub const fn ticket(&self) -> Option<&Ticket> {
        match self {
            Self::Waited(_) | Self::Left(_) | Self::WaitLapsed(_) | Self::PassedOver { .. } => None,
            Self::Booked(ticket) | Self::Promoted(ticket) => Some(ticket),
            Self::Used(ended)
            | Self::Cancelled { ended, .. }
            | Self::CalledOff { ended, .. }
            | Self::NotShown { ended, .. } => Some(&ended.ticket),
        }
    }

    /// What became of what was booked, once it has ended.
    #[must_use]
    pub const fn ended(&self) -> Option<&Ended> {
        match self {
            Self::Waited(_)
            | Self::Left(_)
            | Self::WaitLapsed(_)
            | Self::PassedOver { .. }
            | Self::Booked(_)
            | Self::Promoted(_) => None,
            Self::Used(ended)
            | Self::Cancelled { ended, .. }
            | Self::CalledOff { ended, .. }
            | Self::NotShown { ended, .. } => Some(ended),
        }
    }

    /// What the supplier is to be paid by it, and for how many units and slots that were used;
    /// `None` if nothing has ended, or past the range.
    #[must_use]
    pub fn owed(&self) -> Option<Volume> {
        let ended = self.ended()?;
        let pieces = if matches!(self, Self::Used(_)) { ended.ticket.units() } else { 0 };
        Some(Volume { pieces, due: ended.due()? })
    }

    /// How far the booking has come by it.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::Waited(_) => Status::Waiting,
            Self::Booked(_) | Self::Promoted(_) => Status::Booked,
            Self::Left(_) => Status::Left,
            Self::PassedOver { .. } => Status::PassedOver,
            Self::WaitLapsed(_) => Status::Lapsed,
            Self::Cancelled { .. } | Self::CalledOff { .. } => Status::Cancelled,
            Self::Used(_) => Status::Used,
            Self::NotShown { .. } => Status::NotShown,
        }
    }
}

/// How far a booking has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Status {
    /// On the waiting list.
    Waiting,
    /// Points and slots are set aside.
    Booked,
    /// Left the waiting list.
    Left,
    /// Passed over on the waiting list.
    PassedOver,
    /// Waited until the start.
    Lapsed,
    /// Called off.
    Cancelled,
    /// The key was handed out.
    Used,
    /// Nobody came.
    NotShown,
}

/// What the state keeps of a booking besides its status, while it is open.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Open {
    /// It waits.
    Waiting(Request),
    /// It is booked.
    Booked(Box<Ticket>),
}

/// A booking in the state.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Booking {
    /// How far it has come.
    pub status: Status,
    /// When it ends by itself, while it is open.
    pub ends_at: Timestamp,
    /// What it is about, while it is open; afterwards the log alone keeps it.
    pub open: Option<Open>,
}

impl Booking {
    /// What is wanted, while it is open.
    #[must_use]
    pub fn request(&self) -> Option<&Request> {
        match &self.open {
            Some(Open::Waiting(request)) => Some(request),
            Some(Open::Booked(ticket)) => Some(&ticket.request),
            None => None,
        }
    }

    /// The request of one that waits.
    #[must_use]
    pub const fn waiting(&self) -> Option<&Request> {
        match &self.open {
            Some(Open::Waiting(request)) => Some(request),
            Some(Open::Booked(_)) | None => None,
        }
    }

    /// The ticket of one that is booked.
    #[must_use]
    pub fn booked(&self) -> Option<&Ticket> {
        match &self.open {
            Some(Open::Booked(ticket)) => Some(ticket),
            Some(Open::Waiting(_)) | None => None,
        }
    }
}

impl Event {
    /// The wish behind the fact; none behind what happens by itself.
    pub(crate) fn wish(&self) -> Option<Command> {
        let booking = self.request().booking;
        Some(match self {
            Self::Booked(ticket) => Command::Book(ticket.request),
            Self::Waited(request) => Command::Wait(*request),
            Self::Left(_) => Command::Leave(booking),
            Self::Cancelled { ended, by } => {
                Command::Cancel { booking, station: Some(ended.ticket.station), by: *by }
            }
            Self::Used(ended) => Command::CheckIn { booking, station: ended.ticket.station },
            Self::Promoted(_)
            | Self::PassedOver { .. }
            | Self::WaitLapsed(_)
            | Self::CalledOff { .. }
            | Self::NotShown { .. } => return None,
        })
    }
}
