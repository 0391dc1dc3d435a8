//! A seat of an activity: from the sign-up to its one end.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::activity::Link;
use crate::contribution::Signals;
use crate::hazard::PlaceKey;
use crate::id::{ActivityId, ContributionId, ResidentId, SeatId};
use crate::time::{Interval, Timestamp};

impl SeatId {
    /// The contribution that a served seat becomes: it has its number.
    #[must_use]
    pub const fn contribution(self) -> ContributionId {
        ContributionId::from_number(self.number())
    }
}

/// A wish to take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Request {
    /// The id that the seat will have.
    pub seat: SeatId,
    /// Of which activity.
    pub activity: ActivityId,
    /// Who takes part.
    pub resident: ResidentId,
}

/// What a device shows at the door.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Showing {
    /// The code that it scanned.
    pub code: Option<Link>,
    /// The place that it is at, as a hash.
    pub place: Option<PlaceKey>,
}

/// A checkpoint that was scanned. Neither when nor in which order is kept: that would be a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Which, from 0, in the order of the plan.
    pub checkpoint: u8,
    /// What was read there, which hashes to what stands in the plan.
    pub proof: Link,
}

/// Why one who waited was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unfit {
    /// The resident has another seat at that time.
    Clash,
    /// The resident is no longer in the team.
    NotInTeam,
}

/// What comes of a seat that somebody was present on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Outcome {
    /// A contribution, which follows.
    Contribution,
    /// Nothing: shorter than a minute.
    TooShort,
    /// Nothing: the rules in force at its end don't know such a contribution.
    NotByRules,
}

/// How long somebody was present, and what vouches for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Stay {
    /// From when it counts: the check-in, but not before the start.
    pub from: Timestamp,
    /// Until when it counts: the check-out, but not after the end.
    pub until: Timestamp,
    /// What the ledger found.
    pub signals: Signals,
    /// What comes of it.
    pub outcome: Outcome,
}

impl Stay {
    /// The time that counts, if there is any.
    #[must_use]
    pub fn happened(&self) -> Option<Interval> {
        Interval::new(self.from, self.until)
    }
}

/// How far a seat has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Status {
    /// On the waiting list.
    Waiting,
    /// Taken.
    Taken,
    /// Checked in.
    Present,
    /// Checked in and out.
    Served,
    /// Checked in; the check-out was forgotten, and it closed by itself at the planned end.
    Forgotten,
    /// Nobody came.
    Missed,
    /// Given up, or left the waiting list.
    Withdrawn,
    /// Passed over on the waiting list.
    PassedOver,
    /// Waited until the start.
    Lapsed,
    /// The activity was called off.
    CalledOff,
    /// The resident was erased.
    Vacated,
}

/// How somebody came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Arrival {
    /// When.
    pub at: Timestamp,
    /// With a code of the moment?
    pub coded: bool,
    /// At the place?
    pub placed: bool,
}

/// A seat in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Seat {
    /// What was wished.
    pub request: Request,
    /// How far it has come.
    pub status: Status,
    /// When it ends by itself: while it is taken, and for one who was erased at once.
    pub ends_at: Option<Timestamp>,
    /// How the resident came, while present.
    pub arrival: Option<Arrival>,
    /// The stay whose contribution is still to follow, and since when.
    pub(crate) becomes: Option<(Timestamp, Stay)>,
}

impl Seat {
    pub(crate) const fn new(request: Request, status: Status) -> Self {
        Self { request, status, ends_at: None, arrival: None, becomes: None }
    }
}
