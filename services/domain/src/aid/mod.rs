//! Mutual aid (邻里互助): asked for or offered between households, done, confirmed by both; and
//! micro-wishes (微心愿) of assisted households that somebody fulfils.

mod decide;
mod evolve;

pub(crate) use decide::decide;
pub(crate) use evolve::evolve;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{AidId, AreaId, ContributionId, EstateId, ResidentId};
use crate::time::{Interval, Timestamp};

impl AidId {
    /// The contribution that it becomes once both have confirmed: it has its number.
    #[must_use]
    pub const fn contribution(self) -> ContributionId {
        ContributionId::from_number(self.number())
    }
}

/// Who begins, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Kind {
    /// Somebody asks for help.
    Ask,
    /// Somebody offers help.
    Offer,
    /// An assisted household has a micro-wish.
    Wish,
}

/// What kind of help: a closed list, since free text about people stays out of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Help {
    /// Shopping and errands (跑腿代办).
    Errand,
    /// Company, to a hospital or at home (陪伴).
    Company,
    /// Looking after children, elders or animals (照看).
    Care,
    /// Small repairs (小修小补).
    Repair,
    /// Carrying and moving things (搬运).
    Carrying,
    /// Teaching, telephones, homework (教学).
    Teaching,
    /// Lending or giving a thing (借物赠物).
    Thing,
    /// Anything else.
    Other,
}

/// An aid as it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Opening {
    /// Its id.
    pub aid: AidId,
    /// Who begins.
    pub kind: Kind,
    /// Who asks, offers or wishes.
    pub resident: ResidentId,
    /// What kind of help.
    pub help: Help,
    /// The grid where it is.
    pub grid: AreaId,
    /// The estate that it is in, if it is in one: what is done counts for it.
    pub estate: Option<EstateId>,
}

/// What can be wished of mutual aid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ask, offer or wish.
    Open(Opening),
    /// Take part from the other side: help, be helped, or fulfil the wish.
    Match {
        /// Which.
        aid: AidId,
        /// Who.
        resident: ResidentId,
    },
    /// Leave it to somebody else.
    StepBack {
        /// Which.
        aid: AidId,
        /// Who: the one who took part from the other side.
        resident: ResidentId,
    },
    /// Take it back.
    Withdraw {
        /// Which.
        aid: AidId,
        /// Who: the one who opened it.
        resident: ResidentId,
    },
    /// Say that it was done.
    Finish {
        /// Which.
        aid: AidId,
        /// Who: either side.
        resident: ResidentId,
        /// When.
        happened: Interval,
    },
    /// Confirm what the other side said.
    Confirm {
        /// Which.
        aid: AidId,
        /// Who: the side that didn't say it.
        resident: ResidentId,
    },
}

/// What happened to mutual aid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// One was opened.
    Opened {
        /// The aid.
        opening: Opening,
        /// It lapses then, unless both have confirmed it.
        lapses_at: Timestamp,
    },
    /// Somebody took part from the other side.
    Matched {
        /// Which.
        aid: AidId,
        /// Who.
        resident: ResidentId,
    },
    /// That one left it to somebody else.
    SteppedBack {
        /// Which.
        aid: AidId,
        /// Who.
        resident: ResidentId,
    },
    /// It was taken back.
    Withdrawn {
        /// Which.
        aid: AidId,
        /// Who.
        resident: ResidentId,
    },
    /// One side said that it was done.
    Finished {
        /// Which.
        aid: AidId,
        /// Who.
        resident: ResidentId,
        /// When.
        happened: Interval,
    },
    /// The other side confirmed it; the contribution of who helped follows.
    Confirmed {
        /// Which.
        aid: AidId,
        /// Who.
        resident: ResidentId,
    },
    /// Its time was over.
    Lapsed(AidId),
}

/// How far an aid has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Status {
    /// Waiting for the other side.
    Open,
    /// Both sides are there.
    Matched,
    /// One side says that it was done.
    Finished,
    /// Both sides say so.
    Confirmed,
    /// Taken back.
    Withdrawn,
    /// Lapsed.
    Lapsed,
}

/// An aid in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Aid {
    /// As opened.
    pub opening: Opening,
    /// How far it has come.
    pub status: Status,
    /// Who took part from the other side.
    pub partner: Option<ResidentId>,
    /// Who said that it was done, and when that was.
    pub finished: Option<(ResidentId, Interval)>,
    /// When it lapses.
    pub lapses_at: Timestamp,
}
