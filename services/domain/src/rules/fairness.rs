//! What a rule set says of fairness: how much of an award repays what is owed, how much an officer
//! vouches for in a day, and how much of it is looked at again.

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive as _};

use crate::calendar::Day;
use crate::contribution::Grade;
use crate::inspection::Outcome;
use crate::officer::Duty;
use crate::quantity::{Minutes, Points};
use crate::rules::{InvalidRules, RulesPart};
use crate::time::{Timestamp, Zone};

/// The whole, in the parts that rates are told in.
pub const RATE_WHOLE: u16 = 10_000;

/// Minutes of a day.
const DAY_MINUTES: u32 = 24 * 60;

/// The part of a rule set about fair verification, taking back and putting right.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Fairness {
    /// The most of an award's points that repays what is owed, 0 to a half.
    pub recovery_part: Decimal,
    /// What an officer vouches for in a day, by duty; a duty that isn't named has no bound.
    pub quotas: Vec<Quota>,
    /// What is looked at again; none: nothing is.
    pub sampling: Option<Sampling>,
}

/// What an officer of a duty vouches for in a day at the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Quota {
    /// The duty.
    pub duty: Duty,
    /// So much time,
    pub minutes: Minutes,
    /// and so many points.
    pub points: Points,
}

/// How much is looked at again. Rates are parts in ten thousand.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Sampling {
    /// The minute of the day at which the sample of the day before is drawn.
    pub at: Minutes,
    /// How often somebody is sampled to begin with,
    pub start: u16,
    /// at the least,
    pub least: u16,
    /// and at the most.
    pub most: u16,
    /// How often what was entered afterwards (grade D) is sampled at the least.
    pub late: u16,
    /// What a verifier's rate is multiplied by when a word was upheld,
    pub upheld: Decimal,
    /// corrected,
    pub corrected: Decimal,
    /// or found without ground.
    pub unfounded: Decimal,
}

impl Default for Fairness {
    /// What rule sets mean that were published before they could say it: half is repaid, nobody
    /// has a bound, nothing is looked at again.
    fn default() -> Self {
        Self { recovery_part: Decimal::new(5, 1), quotas: Vec::new(), sampling: None }
    }
}

impl Fairness {
    /// The quota of a duty, if it has one.
    #[must_use]
    pub fn quota(&self, duty: Duty) -> Option<&Quota> {
        self.quotas.iter().find(|quota| quota.duty == duty)
    }

    pub(super) fn check(&self) -> Result<(), InvalidRules> {
        let half = Decimal::new(5, 1);
        let twice =
            |quota: &Quota| self.quotas.iter().filter(|other| other.duty == quota.duty).count() > 1;
        let nothing = |quota: &Quota| quota.minutes == Minutes::ZERO || quota.points.is_negative();
        let parts = [
            (RulesPart::Recovery, (Decimal::ZERO..=half).contains(&self.recovery_part)),
            (RulesPart::Quotas, !self.quotas.iter().any(|quota| twice(quota) || nothing(quota))),
            (RulesPart::Sampling, self.sampling.as_ref().is_none_or(Sampling::is_sensible)),
        ];
        match parts.iter().find(|(_, sensible)| !sensible) {
            Some((part, _)) => Err(InvalidRules::of(*part)),
            None => Ok(()),
        }
    }
}

impl Sampling {
    fn is_sensible(&self) -> bool {
        let factors = [self.upheld, self.corrected, self.unfounded];
        self.at < Minutes::new(DAY_MINUTES)
            && (self.least..=self.most).contains(&self.start)
            && self.most <= RATE_WHOLE
            && self.late <= RATE_WHOLE
            && factors.iter().all(|factor| (Decimal::ZERO..=Decimal::TEN).contains(factor))
    }

    /// How often a verifier is sampled after an inspection with this outcome.
    #[must_use]
    pub fn moved(&self, rate: u16, outcome: Outcome) -> u16 {
        let factor = match outcome {
            Outcome::Upheld => self.upheld,
            Outcome::Corrected => self.corrected,
            Outcome::Unfounded => self.unfounded,
        };
        let moved = Decimal::from(rate).checked_mul(factor).unwrap_or(Decimal::from(self.most));
        let moved = moved.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
        moved.to_u16().unwrap_or(self.most).clamp(self.least, self.most)
    }

    /// How often something is sampled at the least for the weakness of its evidence.
    #[must_use]
    pub const fn at_least(&self, grade: Grade) -> u16 {
        match grade {
            Grade::A | Grade::B | Grade::C => 0,
            Grade::D => self.late,
        }
    }

    /// The day of an instant, and when the sample of that day is drawn.
    pub(crate) fn day_and_draw(&self, zone: Zone, now: Timestamp) -> (Day, Timestamp) {
        let (day, _) = zone.day_and_minute(now);
        let next = zone.midnight(day.saturating_add(1));
        (Day::from_number(day), next.after(self.at))
    }
}
