//! What happens to a wallet by itself.

use crate::id::{ContributionId, PoolId, ResidentId};
use crate::quantity::Points;
use crate::wallet::{Debt, LotTaken};

/// What happened to a wallet without anybody's wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The rest of a lot lapsed at its time.
    LotExpired {
        /// Whose.
        resident: ResidentId,
        /// Which lot, how much of it, and the pool it came from.
        lapsed: LotTaken,
    },
    /// What had been held of a reversed contribution's lot when it was reversed came back, or was
    /// spent.
    LotRecalled(Recall),
    /// What an erased resident's wallet held was cleared, or as much of it as one record takes.
    Closed(Closing),
}

/// What is cleared out of an erased resident's wallet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Whose.
    pub resident: ResidentId,
    /// What could be spent, which lapses.
    pub lapsed: Vec<LotTaken>,
    /// What was owed, which is written off against the pools that it was owed to.
    pub forgiven: Vec<Debt>,
}

/// What a reversal takes back of a contribution's points, now or once a hold has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recall {
    /// Whose.
    pub resident: ResidentId,
    /// The contribution, which is the name of the lot.
    pub contribution: ContributionId,
    /// The pool that its points came from.
    pub pool: PoolId,
    /// What could be spent of the lot and went back to the pool.
    pub back: Vec<LotTaken>,
    /// How much more is owed; less if negative, where goods came back.
    pub owed: Points,
}

impl Recall {
    /// What went back to the pool; `None` past the range.
    #[must_use]
    pub fn returned(&self) -> Option<Points> {
        self.back.iter().try_fold(Points::ZERO, |sum, part| sum.plus(part.points))
    }

    /// Does it move nothing?
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.back.is_empty() && self.owed.is_zero()
    }
}
