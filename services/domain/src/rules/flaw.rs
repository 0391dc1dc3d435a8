//! Why a rule set can't be published.

use borsh::{BorshDeserialize, BorshSerialize};
use thiserror::Error;

use crate::quantity::Minutes;
use crate::text::ActCode;

/// The most acts. With the bounds below, a rule set always fits a record (65,535 bytes).
pub(super) const ACTS_MAX: usize = 64;

/// The most caps on one act.
pub(super) const CAPS_MAX: usize = 8;

/// The most rules that give grades.
pub(super) const SIGNAL_RULES_MAX: usize = 32;

/// The most levels of difficulty.
pub(super) const DIFFICULTIES_MAX: usize = 9;

/// The most services that a referral waits for.
pub(super) const REFERRED_SERVICES_MAX: u8 = 12;

/// The most minutes that an act credits however long it took: a day.
pub(super) const CREDITS_MOST: Minutes = Minutes::new(24 * 60);

/// The most pools that give less while they are low.
pub(super) const THROTTLES_MAX: usize = 16;

/// The most stars.
pub(super) const STARS_MAX: usize = 16;

/// A part of a rule set that can make no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum RulesPart {
    /// The acts: 1 to 64, each once, in the order of their codes.
    Acts,
    /// An act's caps: 8 at the most.
    Caps,
    /// An act's merit weight: 0 to 10.
    MeritWeight,
    /// An act's base points: not below zero, and the least not above the most.
    Base,
    /// An act's slot: longer than nothing.
    Slot,
    /// The number of levels that verify an act: 1 or 2.
    VerifyingLevels,
    /// A grade's part of the points: 0 to 1.
    GradePoints,
    /// A grade's part of the merit: 0 to 1.
    GradeMerit,
    /// The night coefficient: 1 to 10.
    Night,
    /// The weather-alert coefficient: 1 to 10.
    Alert,
    /// The coefficients of difficulty: 1 to 10, ascending, 9 at the most, and some where an act has them.
    Difficulty,
    /// The coefficient for service to assisted people: 1 to 10, and there where an act has it.
    Assisted,
    /// The minutes that an act credits however long it took: 1 to a day, for an act that is counted each.
    Credits,
    /// What an act needs: nothing that weakens evidence.
    Needs,
    /// An act for referrals: one at the most, counted each, of fixed points, for nobody and without needs, after
    /// 1 to 12 services, and with a rule that grades what vouches for it.
    Referral,
    /// What low pools give: pools that acts draw on, each once, in order, 16 at the most; low below
    /// some points, and then a part from 0 to 1.
    Throttles,
    /// The step that points are rounded to: above zero.
    Step,
    /// The life of a hold: above zero.
    Hold,
    /// Queues: what was set aside is fetched within 31 days at most, and in no shorter time than a
    /// hold has.
    Queue,
    /// The counter: a shift of a day at most; off line four weeks at most, a person's part above zero
    /// and not above the station's, and slips counted for 60 days at most.
    Counter,
    /// The longest contribution: above zero.
    Longest,
    /// The hours for stars: ascending, 16 at the most.
    StarHours,
    /// The rules that give grades: best grade first, 32 at the most.
    Signals,
    /// The working calendar: a weekday is worked, days ascend, 400 at the most, none twice.
    Calendar,
    /// Activities: spans of half a day at the most, a code that changes, acts that are there.
    Activities,
    /// Estates: somebody on a committee, for some time.
    Estates,
    /// The time bank: acts that are there, a cap, limits within range, and asks that wait.
    TimeBank,
    /// Mediation: acts that are there and that nothing else gives, and a part from 0 to 1.
    Mediation,
    /// The part of an award that repays what is owed: 0 to a half.
    Recovery,
    /// Quotas: each duty once, some time, and points not below zero.
    Quotas,
    /// Sampling: rates from the least to the most, and factors from 0 to 10.
    Sampling,
    /// Notices: acts that are there, days that leave time, an odd panel of 3 to 9.
    Notice,
    /// Conduct checks: spans that leave some time, counts that can be remembered.
    Conduct,
    /// Hazards, orders, whistles and mutual aid: acts that are there, clocks that leave time.
    Orders,
    /// Returns: a window of 1 to 366 days, and 366 days of grace at the most.
    Returns,
    /// The day on which all points lapse: after the rules come into force.
    Expiry,
    /// The limits on all that is redeemed: 12 at the most, each above zero.
    SpendingLimits,
    /// The trial that it was published from: of some period, with sums not below zero.
    Trial,
    /// Honours: a rater for each star, medals that ascend beyond the stars, bounds.
    Honours,
}

impl RulesPart {
    /// What has to be, as the second half of a sentence.
    #[must_use]
    #[allow(clippy::too_many_lines, reason = "a table: one arm a part, and none may be missing")]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Acts => {
                "there have to be 1 to 64 acts, each code once, in the order of the codes"
            }
            Self::Caps => "an act has at most 8 caps",
            Self::MeritWeight => "a merit weight is from 0 to 10",
            Self::Base => "base points are not below zero, and the least is not above the most",
            Self::Slot => "a slot has a length",
            Self::VerifyingLevels => "one or two levels verify",
            Self::GradePoints => "a grade's part of the points is from 0 to 1",
            Self::GradeMerit => "a grade's part of the merit is from 0 to 1",
            Self::Night => "the night coefficient is from 1 to 10",
            Self::Alert => "the alert coefficient is from 1 to 10",
            Self::Difficulty => {
                "coefficients of difficulty are from 1 to 10, ascend, are at most 9, and are there where an act has them"
            }
            Self::Assisted => {
                "the coefficient for assisted people is from 1 to 10, and is there where an act has it"
            }
            Self::Credits => {
                "an act that is counted each, and no other, credits minutes of its own, from 1 to a day"
            }
            Self::Needs => "what an act needs is nothing that weakens evidence",
            Self::Referral => {
                "one act at the most is for referrals, after 1 to 12 services, counted each, of fixed points, without needs or one who is served, and what vouches for it has a good enough grade"
            }
            Self::Throttles => {
                "a pool that acts draw on is low below some points and then gives a part from 0 to 1, and at most 16 pools do"
            }
            Self::Step => "the step is above zero",
            Self::Hold => "a hold has a length",
            Self::Queue => {
                "who waited has 31 days at most to fetch what was set aside, and no less than a hold has"
            }
            Self::Counter => {
                "a shift lasts a day at most; off line lasts four weeks at most, a person's part is above zero and not above the station's, and slips are counted for 60 days at most"
            }
            Self::Longest => "the longest contribution has a length",
            Self::StarHours => "the hours for stars ascend, and there are at most 16",
            Self::Signals => {
                "the rules for grades begin with the best grade, and there are at most 32"
            }
            Self::Calendar => {
                "some weekday is worked, no day is both off and made up, and there are at most 400 of each"
            }
            Self::Activities => {
                "activities are published 1 to 366 days ahead, people come and go within half a day, the code changes, a part of the checkpoints is from 0 to 1, and acts of activities alone are there, each once, in order, and no order awards them"
            }
            Self::Estates => {
                "a committee has 1 to 31 members, no fewer at the most than at the least, and a term of 1 to 3,660 days"
            }
            Self::TimeBank => {
                "acts that store time are there and ascend, a cap is above zero, limits are ten years at most, and an ask waits 1 to 366 days"
            }
            Self::Mediation => {
                "acts of mediation are there with fixed points and no cap for a pair, nothing else gives them, the unsettled part is from 0 to 1, and one dispute lasts five years at most"
            }
            Self::Quotas => "a duty has one quota, of some time and of no fewer points than none",
            Self::Sampling => {
                "rates of sampling are from the least to the most, and factors from 0 to 10"
            }
            Self::Recovery => "the part of an award that repays what is owed is from 0 to a half",
            Self::Notice => {
                "acts on notice are there and ascend, notices, panels and appeals have 1 to 60 working days, and a panel has 3, 5, 7 or 9 members"
            }
            Self::Conduct => {
                "checks count 1 to 63 services in 1 to 92 days and 1 to 31 late entries, and their spans leave some time"
            }
            Self::Orders => {
                "acts of hazards and of mutual aid are there, with fixed points, and every clock leaves some time"
            }
            Self::Returns => "returns have a window of 1 to 366 days and at most 366 of grace",
            Self::Expiry => "points lapse after the rules come into force",
            Self::SpendingLimits => {
                "there are at most 12 limits on what is redeemed, each above zero"
            }
            Self::Trial => {
                "a trial is of a period that ends after it begins, and its sums are not below zero"
            }
            Self::Honours => {
                "each star has a rater, medals ascend beyond the stars, titles go by the year or by all time, and no notice is longer than 366 days"
            }
        }
    }
}

/// Why a rule set can't be published: the first part that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}{}", part.words(), act.as_ref().map(|act| format!(" (act {act})")).unwrap_or_default())]
pub struct InvalidRules {
    /// Which part.
    pub part: RulesPart,
    /// Of which act, if it is an act's.
    pub act: Option<ActCode>,
}

impl InvalidRules {
    pub(super) const fn of(part: RulesPart) -> Self {
        Self { part, act: None }
    }

    pub(super) fn of_act(part: RulesPart, act: &ActCode) -> Self {
        Self { part, act: Some(act.clone()) }
    }
}
