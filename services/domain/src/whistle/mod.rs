//! Whistles (吹哨报到): a sub-district calls a unit, which signs, gets in touch and comes.
//!
//! Who may blow which whistle is kept with the leadership, so that nobody blows in vain. The three
//! clocks run from when it was blown; each that is missed is a fact of its own and brings the
//! whistle before the district.

mod decide;
mod evolve;

pub(crate) use decide::{decide, overdue};
pub(crate) use evolve::evolve;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::area::Level;
use crate::id::{OfficerId, OrderId, WhistleId};
use crate::time::Timestamp;

/// Which whistle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Kind {
    /// Work is to be pushed on (工作推进哨): any member of the sub-district's leadership blows it.
    Push,
    /// A hard case is to be tackled (攻坚克难哨): its secretary or director alone, for units of the
    /// district.
    Tackle,
}

/// A whistle as it was blown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Blast {
    /// Its id.
    pub whistle: WhistleId,
    /// Which.
    pub kind: Kind,
    /// Who blew it.
    pub officer: OfficerId,
    /// The office that is called.
    pub called: OfficerId,
    /// The order that it is about, if any.
    pub order: Option<OrderId>,
}

/// What the office that is called answers, one after the other.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Reply {
    /// It has heard (签收).
    Signed,
    /// It is in touch with the sub-district (联系).
    InTouch,
    /// It has come and reports (现场报到).
    OnSite,
}

impl Reply {
    /// All, in their order.
    pub const ALL: [Self; 3] = [Self::Signed, Self::InTouch, Self::OnSite];
}

/// What can be wished of whistles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Blow one.
    Blow(Blast),
    /// Answer one.
    Answer {
        /// Which.
        whistle: WhistleId,
        /// Who: the office that is called.
        officer: OfficerId,
        /// What.
        reply: Reply,
    },
    /// Say that it is settled.
    Settle {
        /// Which.
        whistle: WhistleId,
        /// Who: of the leadership that blew it.
        officer: OfficerId,
    },
}

/// What happened to whistles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// One was blown.
    Blown {
        /// The whistle.
        blast: Blast,
        /// Signed by then,
        sign_by: Timestamp,
        /// in touch by then,
        in_touch_by: Timestamp,
        /// on site by then.
        on_site_by: Timestamp,
    },
    /// The office answered.
    Answered {
        /// Which.
        whistle: WhistleId,
        /// Who.
        officer: OfficerId,
        /// What.
        reply: Reply,
        /// After its clock had run out?
        late: bool,
    },
    /// A clock ran out; the whistle stands before the leaders of this level now.
    ClockMissed {
        /// Which.
        whistle: WhistleId,
        /// Which clock.
        reply: Reply,
        /// Before whom.
        level: Level,
    },
    /// What it was blown for is settled.
    Settled {
        /// Which.
        whistle: WhistleId,
        /// Who said so.
        officer: OfficerId,
    },
}

/// How far a whistle has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Status {
    /// Blown, and not answered.
    Blown,
    /// Signed.
    Signed,
    /// In touch.
    InTouch,
    /// On site.
    OnSite,
    /// Settled.
    Settled,
}

impl Status {
    /// The answer that comes next.
    #[must_use]
    pub const fn next(self) -> Option<Reply> {
        match self {
            Self::Blown => Some(Reply::Signed),
            Self::Signed => Some(Reply::InTouch),
            Self::InTouch => Some(Reply::OnSite),
            Self::OnSite | Self::Settled => None,
        }
    }
}

/// A whistle in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Whistle {
    /// As blown.
    pub blast: Blast,
    /// How far it has come.
    pub status: Status,
    /// Before the leaders of which level it stands.
    pub level: Level,
    /// When each clock that still runs runs out, in the order of the answers.
    pub due: [Option<Timestamp>; 3],
}
