//! Debts (待扣积分): what a resident owes for points that were taken back after they were spent.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{ContributionId, PoolId};
use crate::quantity::Points;
use crate::wallet::Wallet;

/// What is still owed for one reversed contribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Debt {
    /// The contribution that was reversed.
    pub contribution: ContributionId,
    /// The pool that its points had come from.
    pub pool: PoolId,
    /// How much is owed; above zero.
    pub owed: Points,
}

impl Wallet {
    /// What is owed, oldest debt first.
    #[must_use]
    pub fn debts(&self) -> &[Debt] {
        &self.debts
    }

    /// What is still owed for one contribution.
    #[must_use]
    pub fn debt(&self, contribution: ContributionId) -> Points {
        let debt = self.debts.iter().find(|debt| debt.contribution == contribution);
        debt.map_or(Points::ZERO, |debt| debt.owed)
    }

    /// Changes what is owed for a contribution; a debt that is paid leaves. `None` below zero.
    #[must_use]
    pub(crate) fn owe(
        &mut self,
        contribution: ContributionId,
        pool: PoolId,
        more: Points,
    ) -> Option<()> {
        let owed = self.debt(contribution).plus(more)?;
        if owed.is_negative() {
            return None;
        }
        match self.debts.iter_mut().find(|debt| debt.contribution == contribution) {
            Some(debt) => debt.owed = owed,
            None => self.debts.push(Debt { contribution, pool, owed }),
        }
        self.debts.retain(|debt| !debt.owed.is_zero());
        Some(())
    }
}
