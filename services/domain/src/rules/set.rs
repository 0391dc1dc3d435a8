//! A rule set: all that a profile says, at one version.

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::Decimal;
use thiserror::Error;

use crate::contribution::{Grade, Signals};
use crate::quantity::{Minutes, Points};
use crate::rules::{Act, Amount, Unit};
use crate::text::{ActCode, Code};
use crate::time::{Timestamp, Window, Zone};

/// The version of a rule set: 1 for a district's first, then one more each.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct RuleVersion(pub u32);

impl std::fmt::Display for RuleVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Which signals give which grade. The first rule that fits gives it; none fits: grade D.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct SignalRule {
    /// The grade it gives.
    pub grade: Grade,
    /// All of these are there,
    pub all: Signals,
    /// and at least one of these, unless empty,
    pub any: Signals,
    /// and none of these.
    pub none: Signals,
}

/// What a grade of evidence is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct GradeTerms {
    /// Part of the points, 0 to 1.
    pub points_factor: Decimal,
    /// Part of the merit, 0 to 1.
    pub merit_factor: Decimal,
    /// Do the minutes count as service, or are they only shown as honour minutes?
    pub minutes_count: bool,
    /// The most points a person gets on this grade in a month.
    pub month_cap: Option<Points>,
}

/// Factors on points for hard hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Coefficients {
    /// For service that starts at night.
    pub night: Decimal,
    /// Night begins at this minute of the day.
    pub night_from: Minutes,
    /// Night ends at this minute of the day.
    pub night_until: Minutes,
    /// For service under a heat or snow alert.
    pub alert: Decimal,
}

/// How long points live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct LotLife {
    /// So many months,
    pub months: u16,
    /// rounded up to the end of the period that holds that day.
    pub round: Window,
}

/// All that a profile says, at one version.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct RuleSet {
    /// Its version in this district.
    pub version: RuleVersion,
    /// The profile it came from, such as `gulou`.
    pub profile: Code,
    /// Contributions that end at or after this are awarded by it.
    pub effective_from: Timestamp,
    /// The clock on the wall.
    pub zone: Zone,
    /// Points are rounded to a multiple of this.
    pub step: Points,
    /// A contribution is submitted at most so many days after it ended.
    pub late_entry_days: u16,
    /// A single contribution is at most so long.
    pub longest: Minutes,
    /// A hold releases by itself after so long.
    pub hold: Minutes,
    /// The most points a person gets in a month over all acts, but those outside it.
    pub month_cap: Option<Points>,
    /// How long points live.
    pub lot_life: LotLife,
    /// Verified service hours for one star, two stars and so on, ascending.
    pub star_hours: Vec<u32>,
    /// Which signals give which grade, best grade first.
    pub signals: Vec<SignalRule>,
    /// What each grade is worth, A to D.
    pub grades: [GradeTerms; 4],
    /// Factors for hard hours.
    pub coefficients: Coefficients,
    /// The acts, by code.
    pub acts: Vec<Act>,
}

/// Why a rule set can't be published.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InvalidRules {
    /// There is nothing to reward.
    #[error("there are no acts")]
    NoActs,
    /// A code stands twice, or the acts are not in the order of their codes.
    #[error("act {0} stands twice, or out of the order of codes")]
    ActOrder(ActCode),
    /// A factor is out of its range.
    #[error("{0} has to be from {1} to {2}")]
    Factor(&'static str, Decimal, Decimal),
    /// An amount that has to be above zero is not, or bounds are the wrong way round.
    #[error("{0} makes no sense for act {1}")]
    Act(&'static str, ActCode),
    /// A setting of the whole set makes no sense.
    #[error("{0} makes no sense")]
    Setting(&'static str),
}

impl RuleSet {
    /// The act of this code. Acts are in the order of their codes.
    #[must_use]
    pub fn act(&self, code: &ActCode) -> Option<&Act> {
        let at = self.acts.binary_search_by(|act| act.code.cmp(code)).ok()?;
        self.acts.get(at)
    }

    /// What this grade is worth.
    #[must_use]
    pub const fn grade(&self, grade: Grade) -> &GradeTerms {
        let [a, b, c, d] = &self.grades;
        match grade {
            Grade::A => a,
            Grade::B => b,
            Grade::C => c,
            Grade::D => d,
        }
    }

    /// The grade that these signals give.
    #[must_use]
    pub fn grade_of(&self, signals: Signals) -> Grade {
        let fits = |rule: &&SignalRule| {
            signals.contains(rule.all)
                && (rule.any.is_empty() || signals.meets(rule.any))
                && !signals.meets(rule.none)
        };
        self.signals.iter().find(fits).map_or(Grade::D, |rule| rule.grade)
    }

    /// How many stars so much service gives.
    #[must_use]
    pub fn stars(&self, served: Minutes) -> u8 {
        let reached = self.star_hours.iter().filter(|hours| served.whole_hours() >= **hours);
        u8::try_from(reached.count()).unwrap_or(u8::MAX)
    }

    /// Checks what the types can't.
    ///
    /// # Errors
    ///
    /// The first thing that makes no sense.
    pub fn check(&self) -> Result<(), InvalidRules> {
        if self.acts.is_empty() {
            return Err(InvalidRules::NoActs);
        }
        if self.step <= Points::ZERO {
            return Err(InvalidRules::Setting("step"));
        }
        if self.hold == Minutes::ZERO {
            return Err(InvalidRules::Setting("hold"));
        }
        if self.longest == Minutes::ZERO {
            return Err(InvalidRules::Setting("longest"));
        }
        if !self.star_hours.is_sorted_by(|fewer, more| fewer < more) {
            return Err(InvalidRules::Setting("star_hours"));
        }
        if !self.signals.is_sorted_by_key(|rule| rule.grade) {
            return Err(InvalidRules::Setting("signals"));
        }
        self.check_factors()?;
        self.check_order()?;
        self.acts.iter().try_for_each(check_act)
    }

    fn check_factors(&self) -> Result<(), InvalidRules> {
        for terms in &self.grades {
            within("a grade's points factor", terms.points_factor, Decimal::ZERO, Decimal::ONE)?;
            within("a grade's merit factor", terms.merit_factor, Decimal::ZERO, Decimal::ONE)?;
        }
        within("the night coefficient", self.coefficients.night, Decimal::ONE, Decimal::TEN)?;
        within("the alert coefficient", self.coefficients.alert, Decimal::ONE, Decimal::TEN)?;
        for act in &self.acts {
            within("a merit weight", act.merit_weight, Decimal::ZERO, Decimal::TEN)?;
        }
        Ok(())
    }

    fn check_order(&self) -> Result<(), InvalidRules> {
        let pairs = self.acts.iter().zip(self.acts.iter().skip(1));
        for (one, next) in pairs {
            if one.code >= next.code {
                return Err(InvalidRules::ActOrder(next.code.clone()));
            }
        }
        Ok(())
    }
}

fn within(
    what: &'static str,
    value: Decimal,
    least: Decimal,
    most: Decimal,
) -> Result<(), InvalidRules> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(InvalidRules::Factor(what, least, most))
    }
}

fn check_act(act: &Act) -> Result<(), InvalidRules> {
    let sensible_base = match act.base {
        Amount::Fixed(points) => !points.is_negative(),
        Amount::Assessed { least, most } => !least.is_negative() && least <= most,
    };
    if !sensible_base {
        return Err(InvalidRules::Act("the base", act.code.clone()));
    }
    if act.unit == Unit::Slot(Minutes::ZERO) {
        return Err(InvalidRules::Act("a slot without length", act.code.clone()));
    }
    if !(1..=2).contains(&act.verification.levels) {
        return Err(InvalidRules::Act("the number of verifying levels", act.code.clone()));
    }
    Ok(())
}
