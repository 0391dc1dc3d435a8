//! What the rules say of estates: how large a red management committee is, and how long it sits.

use borsh::{BorshDeserialize, BorshSerialize};

/// The most members that fit a record with room to spare.
const MEMBERS_MAX: u8 = 31;

/// The longest term: ten years.
const TERM_DAYS_MAX: u16 = 3_660;

/// What the rules say of estates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct EstateRules {
    /// A committee has so many members at the least,
    pub members_least: u8,
    /// and so many at the most.
    pub members_most: u8,
    /// Its term is at most so many days.
    pub term_days: u16,
}

impl EstateRules {
    /// Does it make sense: somebody on the committee, for some time?
    pub(super) const fn makes_sense(&self) -> bool {
        self.members_least > 0
            && self.members_least <= self.members_most
            && self.members_most <= MEMBERS_MAX
            && self.term_days > 0
            && self.term_days <= TERM_DAYS_MAX
    }
}
