//! What the rules say of the time bank (时间银行): what stores time, how much, and how far trade between
//! communities may go.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::quantity::Minutes;
use crate::rules::RuleSet;
use crate::text::ActCode;

/// The highest cap and limit: ten years of hours, so that no sum is ever out of range.
const MINUTES_MAX: Minutes = Minutes::new(10 * 366 * 24 * 60);

/// The longest that an ask waits.
const ASK_DAYS_MAX: u16 = 366;

/// What the rules say of the time bank.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct TimeBankRules {
    /// The acts whose time can be stored, in the order of their codes.
    pub acts: Vec<ActCode>,
    /// A resident stores so much at the most; what is above goes to the community's chest.
    pub cap: Minutes,
    /// Whoever was served may owe so much.
    pub owe_most: Minutes,
    /// So much may the other communities owe one,
    pub surplus_most: Minutes,
    /// and so much may one owe the others.
    pub deficit_most: Minutes,
    /// An ask to a chest waits so many days.
    pub ask_days: u16,
}

impl TimeBankRules {
    /// Does it make sense: acts that are there and take time, a cap that stores some, limits within range, and
    /// asks that wait for a while?
    pub(super) fn makes_sense(&self, rules: &RuleSet) -> bool {
        let limits = [self.cap, self.owe_most, self.surplus_most, self.deficit_most];
        !self.acts.is_empty()
            && self.acts.is_sorted_by(|one, next| one < next)
            && self.acts.iter().all(|act| rules.act(act).is_some())
            && self.cap > Minutes::ZERO
            && limits.iter().all(|limit| *limit <= MINUTES_MAX)
            && (1..=ASK_DAYS_MAX).contains(&self.ask_days)
    }
}
