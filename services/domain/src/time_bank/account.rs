//! Accounts of stored time, and what the state keeps of them.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::Position;
use crate::id::{AreaId, ResidentId, TeamId};
use crate::quantity::Minutes;
use crate::time::Timestamp;
use crate::time_bank::Mark;

/// Where stored time can stand. The sum over all accounts is zero at every position of the log.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum TimeAccount {
    /// What the fund has issued; below zero.
    Fund,
    /// What a resident has stored; below zero as far as the rules let somebody owe.
    Resident(ResidentId),
    /// What a team has stored, to give away.
    Team(TeamId),
    /// What a community's chest (社区时间箱) holds.
    Chest(AreaId),
    /// What a community owes the others; below zero what they owe it.
    Clearing(AreaId),
}

/// A booked change of one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Which account.
    pub account: TimeAccount,
    /// By how many minutes; down if negative.
    pub minutes: i64,
    /// What the account stands at after it, in minutes.
    pub balance: i64,
}

/// What was stored for a contribution, as far as a reversal needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Deposited {
    /// Who paid.
    pub from: TimeAccount,
    /// Who was given it.
    pub to: TimeAccount,
    /// How much.
    pub minutes: Minutes,
    /// What of it went to a chest.
    pub overflow: Minutes,
}

/// An ask that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Waiting {
    /// At the chest of which community.
    pub community: AreaId,
    /// For how much.
    pub minutes: Minutes,
    /// Key elders come first,
    pub rank: Mark,
    /// and then the order of arrival.
    pub since: Position,
    /// When it lapses.
    pub lapses_at: Timestamp,
}
