//! What the rules say of activities: when people check in and out, how long a code is good, and which
//! acts nobody can claim.

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::prelude::{Decimal, ToPrimitive as _};

use crate::activity::Terms;
use crate::quantity::Minutes;
use crate::rules::RuleSet;
use crate::text::ActCode;

/// The longest time before the start, or after the end, at which people check in or out: half a day.
const SPAN_MAX: Minutes = Minutes::new(12 * 60);

/// The most days ahead: a year and a day.
const DAYS_AHEAD_MAX: u16 = 366;

/// What the rules say of activities.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ActivityRules {
    /// One is published at most so many days before it begins.
    pub days_ahead: u16,
    /// People check in from so long before the start.
    pub early: Minutes,
    /// They check out until so long after the end.
    pub late: Minutes,
    /// The rotating code changes after so long.
    pub step: Minutes,
    /// The code of so many steps before is still good.
    pub lag: u8,
    /// This part of a patrol's checkpoints makes it one, 0 to 1, rounded up.
    pub checkpoints_part: Decimal,
    /// Acts that only a served seat gives, unless an administrator enters one afterwards.
    pub only: Vec<ActCode>,
}

impl ActivityRules {
    /// What is agreed of an activity with so many checkpoints.
    pub(crate) fn terms(&self, checkpoints: usize) -> Terms {
        let least = Decimal::from(checkpoints).checked_mul(self.checkpoints_part);
        let least = least.unwrap_or_default().ceil().to_u8().unwrap_or(u8::MAX);
        Terms {
            early: self.early,
            late: self.late,
            step: self.step,
            lag: self.lag,
            checkpoints_least: if checkpoints == 0 { 0 } else { least.max(1) },
        }
    }

    /// Does it make sense: spans of half a day at the most, a code that changes, and acts that are
    /// there and that no order awards?
    pub(super) fn makes_sense(&self, rules: &RuleSet) -> bool {
        let ordered = |code| rules.orders.as_ref().is_some_and(|orders| orders.awards(code));
        (1..=DAYS_AHEAD_MAX).contains(&self.days_ahead)
            && self.early <= SPAN_MAX
            && self.late <= SPAN_MAX
            && self.step > Minutes::ZERO
            && (Decimal::ZERO..=Decimal::ONE).contains(&self.checkpoints_part)
            && self.only.is_sorted_by(|one, next| one < next)
            && self.only.iter().all(|code| rules.act(code).is_some() && !ordered(code))
    }
}
