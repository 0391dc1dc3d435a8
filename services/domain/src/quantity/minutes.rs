//! Service minutes (服务时长).

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::Decimal;

/// Whole minutes of service or of any other length of time.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    BorshSerialize,
    BorshDeserialize,
)]
pub struct Minutes(u32);

impl Minutes {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// So many minutes.
    #[must_use]
    pub const fn new(minutes: u32) -> Self {
        Self(minutes)
    }

    /// The count.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The sum, or `None` past four billion minutes.
    #[must_use]
    pub const fn plus(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }

    /// What is left after `other`, nothing at the least.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// In hours, exactly (a decimal keeps 28 digits).
    #[must_use]
    pub fn hours(self) -> Decimal {
        Decimal::from(self.0).checked_div(Decimal::from(60)).unwrap_or_default()
    }

    /// In whole hours.
    #[must_use]
    pub const fn whole_hours(self) -> u32 {
        self.0 / 60
    }
}

impl std::fmt::Display for Minutes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
