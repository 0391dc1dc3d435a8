//! What a pool gives while it is low.

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::Decimal;

use crate::quantity::Points;
use crate::text::Code;

/// A pool that is low gives a part of what it would give, so that it lasts until it is funded again.
/// Merit and minutes are credited whole.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Throttle {
    /// The pool's code.
    pub pool: Code,
    /// It is low while it has less than this.
    pub below: Points,
    /// The part of an award, 0 to 1, that it then gives.
    pub part: Decimal,
}

impl Throttle {
    pub(crate) fn makes_sense(&self) -> bool {
        self.below > Points::ZERO && (Decimal::ZERO..=Decimal::ONE).contains(&self.part)
    }

    /// What a pool with so much left gives of these points, rounded to the step; `None` past the
    /// range.
    pub(crate) fn part_of(&self, points: Points, left: Points, step: Points) -> Option<Points> {
        if left >= self.below {
            return Some(points);
        }
        Points::rounded(points.to_decimal().checked_mul(self.part)?, step)
    }
}
