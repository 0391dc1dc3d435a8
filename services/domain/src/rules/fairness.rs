//! What a rule set says of fairness: how much of an award repays what is owed.

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::Decimal;

use crate::rules::{InvalidRules, RulesPart};

/// The part of a rule set about taking back and putting right.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Fairness {
    /// The most of an award's points that repays what is owed, 0 to a half.
    pub recovery_part: Decimal,
}

impl Default for Fairness {
    /// What rule sets mean that were published before they could say it: half.
    fn default() -> Self {
        Self { recovery_part: Decimal::new(5, 1) }
    }
}

impl Fairness {
    pub(super) fn check(&self) -> Result<(), InvalidRules> {
        let half = Decimal::new(5, 1);
        if (Decimal::ZERO..=half).contains(&self.recovery_part) {
            Ok(())
        } else {
            Err(InvalidRules::of(RulesPart::Recovery))
        }
    }
}
