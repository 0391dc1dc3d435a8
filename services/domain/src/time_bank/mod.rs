//! The time bank (时间银行): stored time (存时), which is neither points nor merit nor the minutes of service.
//!
//! An hour is an hour, whoever serves. Stored time is whole minutes in double entry: every change moves
//! minutes between accounts, and all of them sum to zero at every position.
//!
//! | what happens | from | to |
//! |---|---|---|
//! | the time of a contribution is stored | who was served, the fund, or a chest | who served, or that one's team |
//! | a gift | a resident, a team | kin, a chest; of a team a key elder or a chest |
//! | an ask is granted | the chest | who asked |
//! | a contribution was reversed | who served, as far as it is there; else the fund | who paid |
//! | an account closes for good | the resident | the community's chest |
//! | somebody moves | the new community's clearing | the old one's |
//!
//! What a resident is given above the cap goes on to the chest of that one's community. Between people of
//! two communities the clearing accounts of both move, so that within each community the sums stay zero.

mod account;
mod chest;
mod clearing;
mod decide;
mod evolve;
mod laws;
mod transfer;
mod wish;

pub use account::{Deposited, Move, TimeAccount, Waiting};
pub(crate) use chest::lapsed;
pub use clearing::{Netting, NettingLine, Trade};
pub(crate) use decide::decide;
pub(crate) use evolve::evolve;
pub use wish::{Ask, Command, Deposit, Gift, Giver, Into, Kin, Mark, Marking, Payer, Receiver};

use crate::id::{ContributionId, OfficerId, ResidentId};
use crate::quantity::Minutes;
use crate::time::Timestamp;

/// What happened in the time bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody is a key elder from now on, or no longer.
    Marked(Marking),
    /// Two people are kin.
    KinLinked(Kin),
    /// The time of a contribution was stored.
    Stored {
        /// The wish.
        deposit: Deposit,
        /// How much.
        minutes: Minutes,
        /// What of it was above the cap, and went to the chest.
        overflow: Minutes,
        /// What it did to accounts.
        moves: Vec<Move>,
    },
    /// Time was given away.
    Given {
        /// The wish.
        gift: Gift,
        /// What of it was above the receiver's cap, and went to the chest.
        overflow: Minutes,
        /// What it did to accounts.
        moves: Vec<Move>,
    },
    /// Somebody asked a chest for time, and waits.
    Asked {
        /// The ask.
        ask: Ask,
        /// As a key elder, who comes first?
        rank: Mark,
        /// When it lapses.
        lapses_at: Timestamp,
    },
    /// The chest had it, and gave it.
    Granted {
        /// The ask.
        ask: Ask,
        /// What it did to accounts.
        moves: Vec<Move>,
    },
    /// Somebody asks no longer.
    Withdrawn(ResidentId),
    /// An ask waited too long, or has no room under the cap any more.
    AskLapsed(ResidentId),
    /// The stored time of a contribution that was reversed was taken back.
    TakenBack {
        /// Which contribution.
        contribution: ContributionId,
        /// How much had been stored.
        minutes: Minutes,
        /// What of it was not there any more: the fund bears it, and nobody owes it.
        borne: Minutes,
        /// What it did to accounts.
        moves: Vec<Move>,
    },
    /// An erased resident's time went to the chest; what was owed, the fund bears.
    Closed {
        /// Whose.
        resident: ResidentId,
        /// What it did to accounts.
        moves: Vec<Move>,
    },
    /// A resident moved to another community, and what is stored, or owed, went along: clearing followed.
    Followed {
        /// Who moved.
        resident: ResidentId,
        /// What it did to the clearing accounts of both.
        moves: Vec<Move>,
    },
    /// What communities owe each other was stated.
    Netted {
        /// By which officer; none if the finance desk did.
        officer: Option<OfficerId>,
        /// What was stated.
        netting: Netting,
    },
}

impl Event {
    /// What it did to accounts.
    #[must_use]
    pub fn moves(&self) -> &[Move] {
        match self {
            Self::Stored { moves, .. }
            | Self::Given { moves, .. }
            | Self::Granted { moves, .. }
            | Self::TakenBack { moves, .. }
            | Self::Closed { moves, .. }
            | Self::Followed { moves, .. } => moves,
            Self::Marked(_)
            | Self::KinLinked(_)
            | Self::Asked { .. }
            | Self::Withdrawn(_)
            | Self::AskLapsed(_)
            | Self::Netted { .. } => &[],
        }
    }

    /// The wish that it answers; none behind what happens by itself.
    pub(crate) fn wish(&self) -> Option<Command> {
        Some(match self {
            Self::Marked(it) => Command::Mark(*it),
            Self::KinLinked(it) => Command::LinkKin(*it),
            Self::Stored { deposit, .. } => Command::Store(*deposit),
            Self::Given { gift, .. } => Command::Give(*gift),
            Self::Asked { ask, .. } => Command::Ask(*ask),
            Self::Withdrawn(resident) => Command::Withdraw(*resident),
            Self::Netted { officer, .. } => officer.map_or(Command::NetByDesk, Command::Net),
            Self::Granted { .. }
            | Self::AskLapsed(_)
            | Self::TakenBack { .. }
            | Self::Closed { .. }
            | Self::Followed { .. } => return None,
        })
    }
}
