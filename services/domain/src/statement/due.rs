//! What is owed: points and the money they stand for, side by side.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::quantity::{Fen, Points};

/// An amount owed, in points and in fen. The two move together, and neither follows from the
/// other: an item has a price in points and a cost in money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Due {
    /// In points.
    pub points: Points,
    /// In fen.
    pub fen: Fen,
}

impl Due {
    /// Nothing.
    pub const ZERO: Self = Self { points: Points::ZERO, fen: Fen::ZERO };

    /// For so many pieces at this price and cost; `None` past the range.
    #[must_use]
    pub fn of(pieces: u32, price: Points, cost: Fen) -> Option<Self> {
        Some(Self { points: price.times(pieces)?, fen: cost.times(pieces)? })
    }

    /// The sum, or `None` past the range.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self { points: self.points.plus(other.points)?, fen: self.fen.plus(other.fen)? })
    }

    /// The difference, or `None` past the range.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        Some(Self { points: self.points.minus(other.points)?, fen: self.fen.minus(other.fen)? })
    }

    /// Neither points nor money?
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.points.is_zero() && self.fen.is_zero()
    }
}

/// Pieces, and what is owed for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Volume {
    /// How many.
    pub pieces: u64,
    /// What is owed for them.
    pub due: Due,
}

impl Volume {
    /// Both together, or `None` past the range.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            pieces: self.pieces.checked_add(other.pieces)?,
            due: self.due.plus(other.due)?,
        })
    }
}
