//! What a rule set says of public notice, of panels and of appeals.

use std::ops::RangeInclusive;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::area::Level;
use crate::award::Award;
use crate::notice::{PANEL_MAX, PANEL_MIN, Why};
use crate::quantity::Points;
use crate::rules::RuleSet;
use crate::text::ActCode;

/// The longest notice, panel or time to appeal, in working days: a quarter of a year. What was done
/// has to be settled while people remember it.
pub(super) const WORKING_DAYS_MAX: u16 = 60;

/// A day at the least: what was awarded in a quarter's last minute has been seen by all by then.
const DAYS: RangeInclusive<u16> = 1..=WORKING_DAYS_MAX;

/// What is seen by everybody before it is awarded, and who decides where somebody objects.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct NoticeRules {
    /// The acts that stand on notice whatever they give, ascending.
    pub acts: Vec<ActCode>,
    /// Whatever gives so many points stands on notice as well; none: the acts alone.
    pub award_points: Option<Points>,
    /// For so many working days.
    pub working_days: u16,
    /// So many sit on a panel; odd, so that all votes are a majority.
    pub panel: u8,
    /// The lowest level of officer who calls one together.
    pub convener: Level,
    /// It decides within so many working days.
    pub decide_working_days: u16,
    /// A rejection or a reversal can be appealed against for so many working days.
    pub appeal_working_days: u16,
    /// The list of all that was awarded in a quarter is open to everybody so many working days after
    /// its end; none: nobody is told of it.
    pub list_working_days: Option<u16>,
}

impl NoticeRules {
    /// Why an award waits for its notice; none if it doesn't.
    #[must_use]
    pub fn why(&self, award: &Award) -> Option<Why> {
        if self.acts.binary_search(&award.act).is_ok() {
            return Some(Why::Act);
        }
        let many = self.award_points.is_some_and(|points| award.points() >= points);
        many.then_some(Why::Points)
    }

    /// Acts that are there, days that leave some time, and a panel that can find a majority?
    pub(super) fn makes_sense(&self, rules: &RuleSet) -> bool {
        let days = [self.working_days, self.decide_working_days, self.appeal_working_days];
        self.acts.iter().all(|code| rules.act(code).is_some())
            && self.acts.is_sorted_by(|one, next| one < next)
            && self.award_points.is_none_or(|points| points > Points::ZERO)
            && days.iter().chain(&self.list_working_days).all(|days| DAYS.contains(days))
            && (PANEL_MIN..=PANEL_MAX).contains(&self.panel)
            && !self.panel.is_multiple_of(2)
    }
}
