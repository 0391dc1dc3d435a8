//! What can be wished of the time bank.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{AreaId, ContributionId, OfficerId, ResidentId, TeamId};
use crate::quantity::Minutes;
use crate::time_bank::TimeAccount;

/// Is somebody a key elder (重点老人), for whose service the fund issues time? The office knows why: 80 or
/// older, or 60 to 79 with a low income or a disability. The log holds no ages.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Mark {
    /// A key elder: served by the fund's time, and first at the chest.
    KeyElder,
    /// Anybody else.
    Ordinary,
}

/// A word that somebody is a key elder, or no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marking {
    /// Who.
    pub resident: ResidentId,
    /// What from now on.
    pub mark: Mark,
    /// Whose word it is.
    pub officer: OfficerId,
}

/// A word that two people are kin (亲属), though they don't share a household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kin {
    /// The one.
    pub one: ResidentId,
    /// The other.
    pub other: ResidentId,
    /// Whose word it is.
    pub officer: OfficerId,
}

/// Out of whose time a contribution's is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Payer {
    /// The fund, newly issued: for a key elder.
    Fund,
    /// Whoever was served.
    Served,
    /// The chest of that one's community.
    Chest,
}

/// Where a contribution's time goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Into {
    /// To whoever served.
    Own,
    /// To the team that whoever served is in: it can only be given away.
    Team,
}

/// The wish to store the time of an awarded contribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deposit {
    /// Which contribution.
    pub contribution: ContributionId,
    /// Who pays.
    pub payer: Payer,
    /// Who gets it.
    pub into: Into,
}

/// Who gives time away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Giver {
    /// A resident.
    Resident(ResidentId),
    /// A team.
    Team(TeamId),
}

/// Who is given time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Receiver {
    /// A resident.
    Resident(ResidentId),
    /// The chest of a community.
    Chest(AreaId),
}

impl Giver {
    pub(super) const fn account(self) -> TimeAccount {
        match self {
            Self::Resident(id) => TimeAccount::Resident(id),
            Self::Team(id) => TimeAccount::Team(id),
        }
    }
}

impl Receiver {
    pub(super) const fn account(self) -> TimeAccount {
        match self {
            Self::Resident(id) => TimeAccount::Resident(id),
            Self::Chest(id) => TimeAccount::Chest(id),
        }
    }
}

/// A gift (赠时).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gift {
    /// Whose time it is.
    pub from: Giver,
    /// Who is given it.
    pub to: Receiver,
    /// How much.
    pub minutes: Minutes,
}

/// An ask to the chest of the resident's own community; a resident has one open at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Who asks.
    pub resident: ResidentId,
    /// For how much; it is granted whole.
    pub minutes: Minutes,
}

/// What can be wished of the time bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Say that somebody is a key elder, or no longer.
    Mark(Marking),
    /// Say that two people are kin.
    LinkKin(Kin),
    /// Store the time of a contribution.
    Store(Deposit),
    /// Give time away.
    Give(Gift),
    /// Ask a chest for time.
    Ask(Ask),
    /// Ask no longer.
    Withdraw(ResidentId),
    /// State what communities owe each other since the last statement, as an officer of all of them.
    Net(OfficerId),
    /// The same, as the finance desk.
    NetByDesk,
}
