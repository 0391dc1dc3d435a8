//! Double entry: every change of points is a set of postings that sums to zero.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{OfficerId, PoolId, ResidentId, SupplierId};
use crate::quantity::Points;

/// Where points can stand. The sum over all accounts is zero at every position of the log.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Account {
    /// What a pool's funder has put in; below zero.
    Funder(PoolId),
    /// What a pool still has to give.
    Pool(PoolId),
    /// What a resident can spend.
    Available(ResidentId),
    /// What is reserved for a resident's open redemptions.
    Held(ResidentId),
    /// What a supplier has handed goods out for, and is to be paid; below zero if more came back
    /// after it was paid.
    Supplier(SupplierId),
    /// What lapsed, by the pool that it came from.
    Expired(PoolId),
    /// What a resident owes since points that had been spent were taken back (待扣积分): repaid out
    /// of later awards, never in cash.
    Receivable(ResidentId),
    /// What is owed to a pool, below zero: the other side of receivables, until they are repaid.
    Claims(PoolId),
    /// What was paid back to residents for goods that can't be handed out again, by the office
    /// that answers for it; below zero.
    Loss(OfficerId),
    /// What a supplier was paid for.
    Settled(SupplierId),
    /// What disputes moved in a supplier's account: the other side of each correction.
    Corrected(SupplierId),
}

impl Account {
    /// May the balance be below zero?
    #[must_use]
    pub const fn may_be_negative(self) -> bool {
        match self {
            Self::Funder(_)
            | Self::Claims(_)
            | Self::Supplier(_)
            | Self::Loss(_)
            | Self::Settled(_)
            | Self::Corrected(_) => true,
            Self::Pool(_)
            | Self::Available(_)
            | Self::Held(_)
            | Self::Expired(_)
            | Self::Receivable(_) => false,
        }
    }
}

/// A change of one account, before it is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which account.
    pub account: Account,
    /// By how much; down if negative.
    pub amount: Points,
}

/// A booked change of one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Which account.
    pub account: Account,
    /// By how much; down if negative.
    pub amount: Points,
    /// What the account stands at after it.
    pub balance: Points,
    /// How many postings the account has had, this one included.
    pub version: u64,
}

/// What an account stands at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Balance {
    /// Points.
    pub points: Points,
    /// How many postings led there.
    pub version: u64,
}

impl Balance {
    /// The balance after an entry, or `None` past the range.
    #[must_use]
    pub fn after(self, amount: Points) -> Option<Self> {
        let (points, version) = (self.points.plus(amount)?, self.version.checked_add(1)?);
        Some(Self { points, version })
    }
}
