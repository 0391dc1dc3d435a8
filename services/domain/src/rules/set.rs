//! A rule set: all that a profile says, at one version.

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::Decimal;

use crate::Refusal;
use crate::calendar::WorkingCalendar;
use crate::contribution::{Difficulty, Grade, Signals};
use crate::quantity::{Minutes, Points};
use crate::rules::flaw::{
    ACTS_MAX, CAPS_MAX, CREDITS_MOST, DIFFICULTIES_MAX, InvalidRules, REFERRED_SERVICES_MAX,
    RulesPart, SIGNAL_RULES_MAX, STARS_MAX, THROTTLES_MAX,
};
use crate::rules::{
    Act, ActivityRules, Amount, ConductRules, CounterRules, EstateRules, Fairness, HonourRules,
    MediationRules, NoticeRules, OrderRules, QueueRules, Spending, Throttle, TimeBankRules, Tried,
    Unit,
};
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

/// Factors on points for what is hard.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Coefficients {
    /// For service that starts at night.
    pub night: Decimal,
    /// Night begins at this minute of the day.
    pub night_from: Minutes,
    /// Night ends at this minute of the day.
    pub night_until: Minutes,
    /// For service under a heat or snow alert.
    pub alert: Decimal,
    /// For service that its verifier found hard, by level: the first is above the ordinary.
    pub difficulty: Vec<Decimal>,
    /// For service to somebody who gets assistance.
    pub assisted: Option<Decimal>,
    /// Is an alert what an officer declared, and not what a claim says?
    pub alerts_declared: bool,
}

impl Coefficients {
    /// The factor of a level of difficulty, with the level; none for one that there isn't.
    pub(crate) fn difficult(&self, level: Difficulty) -> Option<(Difficulty, Decimal)> {
        let at = usize::from(level.0.checked_sub(1)?);
        self.difficulty.get(at).map(|factor| (level, *factor))
    }
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
    /// How a counter is kept; none in rule sets of before.
    pub counter: Option<CounterRules>,
    /// Queues for goods that are short; without it nobody waits.
    pub queue: Option<QueueRules>,
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
    /// Factors for what is hard.
    pub coefficients: Coefficients,
    /// What pools give while they are low, in the order of their codes.
    pub throttles: Vec<Throttle>,
    /// Taking back and putting right.
    pub fairness: Fairness,
    /// Public notice, panels and appeals; none in rule sets of before.
    pub notice: Option<NoticeRules>,
    /// Conduct checks; none in rule sets of before.
    pub conduct: Option<ConductRules>,
    /// The acts, by code.
    pub acts: Vec<Act>,
    /// Which days are worked.
    pub calendar: WorkingCalendar,
    /// Activities, if there are any.
    pub activities: Option<ActivityRules>,
    /// Hazards, orders, whistles and mutual aid, if they go by these rules.
    pub orders: Option<OrderRules>,
    /// Estates; none in rule sets of before.
    pub estates: Option<EstateRules>,
    /// What is said of the time bank; without it no time is stored.
    pub time_bank: Option<TimeBankRules>,
    /// Mediation; none in rule sets of before.
    pub mediation: Option<MediationRules>,
    /// How points are spent; none in rule sets of before.
    pub spending: Option<Spending>,
    /// What a trial of it came to before it was published, if it was published from one.
    pub tried: Option<Tried>,
    /// Titles, certificates and how people are ranked; none in rule sets of before.
    pub honours: Option<HonourRules>,
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

    /// Refuses an act that only the end of an order, or of a case, or both sides of an aid give.
    pub(crate) fn claimable(&self, act: &ActCode) -> Result<(), Refusal> {
        if self.orders.as_ref().is_some_and(|orders| orders.awards(act)) {
            return Err(Refusal::OnlyByOrder(act.clone()));
        }
        if self.orders.as_ref().is_some_and(|orders| orders.only_by_aid(act)) {
            return Err(Refusal::OnlyByAid(act.clone()));
        }
        if self.act(act).is_some_and(|act| act.referral.is_some()) {
            return Err(Refusal::OnlyByReferral(act.clone()));
        }
        if self.mediation.as_ref().is_some_and(|mediation| mediation.awards(act)) {
            return Err(Refusal::OnlyByCase(act.clone()));
        }
        Ok(())
    }

    /// How many levels of difficulty a verifier of an act can find.
    #[must_use]
    pub fn difficulties(&self, act: &Act) -> u8 {
        // There are nine at the most.
        let levels = u8::try_from(self.coefficients.difficulty.len()).unwrap_or(u8::MAX);
        if act.difficulty { levels } else { 0 }
    }

    /// Refuses a level of difficulty that an act doesn't have.
    pub(crate) fn knows(&self, act: &Act, said: Option<Difficulty>) -> Result<(), Refusal> {
        let levels = self.difficulties(act);
        match said {
            Some(Difficulty(level)) if !(1..=levels).contains(&level) => {
                Err(Refusal::NoSuchDifficulty { levels })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The end of the so-many-th working day after the day of `at`, in the rules' zone.
    #[must_use]
    pub fn working_days_after(&self, at: Timestamp, working_days: u16) -> Timestamp {
        self.calendar.after(self.zone, at, working_days)
    }

    /// From when on the list of all that was awarded in a quarter that ended then is open to everybody;
    /// none if these rules want none.
    #[must_use]
    pub fn listed_from(&self, quarter_end: Timestamp) -> Option<Timestamp> {
        let days = self.notice.as_ref()?.list_working_days?;
        Some(self.working_days_after(quarter_end, days))
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
    /// The first part that makes no sense.
    pub fn check(&self) -> Result<(), InvalidRules> {
        let whole = [
            (RulesPart::Acts, (1..=ACTS_MAX).contains(&self.acts.len())),
            (RulesPart::Step, self.step > Points::ZERO),
            (RulesPart::Hold, self.hold > Minutes::ZERO),
            (RulesPart::Queue, self.queue.is_none_or(|queue| queue.makes_sense(self.hold))),
            (RulesPart::Counter, self.counter_makes_sense()),
            (RulesPart::Longest, self.longest > Minutes::ZERO),
            (
                RulesPart::StarHours,
                self.star_hours.len() <= STARS_MAX
                    && self.star_hours.is_sorted_by(|fewer, more| fewer < more),
            ),
            (
                RulesPart::Signals,
                self.signals.len() <= SIGNAL_RULES_MAX
                    && self.signals.is_sorted_by_key(|rule| rule.grade),
            ),
            (RulesPart::GradePoints, self.grades.iter().all(|terms| is_part(terms.points_factor))),
            (RulesPart::GradeMerit, self.grades.iter().all(|terms| is_part(terms.merit_factor))),
            (RulesPart::Night, is_coefficient(self.coefficients.night)),
            (RulesPart::Alert, is_coefficient(self.coefficients.alert)),
            (RulesPart::Difficulty, self.difficulty_makes_sense()),
            (RulesPart::Assisted, self.coefficients.assisted.is_none_or(is_coefficient)),
            (RulesPart::Throttles, self.throttles_make_sense()),
            (RulesPart::Calendar, self.calendar.makes_sense()),
            (RulesPart::Returns, self.returns_make_sense()),
            (RulesPart::Expiry, self.expiry_makes_sense()),
            (RulesPart::SpendingLimits, self.spending_limits_make_sense()),
            (RulesPart::Conduct, self.conduct.as_ref().is_none_or(ConductRules::makes_sense)),
            (RulesPart::Trial, self.tried.as_ref().is_none_or(Tried::makes_sense)),
            (RulesPart::Estates, self.estates.as_ref().is_none_or(EstateRules::makes_sense)),
            (RulesPart::Referral, self.referral_makes_sense()),
            (RulesPart::Honours, self.honours.as_ref().is_none_or(|it| it.makes_sense(self))),
        ];
        if let Some((part, _)) = whole.iter().find(|(_, sensible)| !sensible) {
            return Err(InvalidRules::of(*part));
        }
        self.fairness.check()?;
        let pairs = self.acts.iter().zip(self.acts.iter().skip(1));
        if let Some((_, next)) = pairs.into_iter().find(|(one, next)| one.code >= next.code) {
            return Err(InvalidRules::of_act(RulesPart::Acts, &next.code));
        }
        self.acts.iter().try_for_each(check_act)?;
        self.acts.iter().try_for_each(|act| self.check_factors(act))?;
        // What is told of notices, activities and orders names acts, so those come first.
        if self.notice.as_ref().is_some_and(|notice| !notice.makes_sense(self)) {
            return Err(InvalidRules::of(RulesPart::Notice));
        }
        if self.activities.as_ref().is_some_and(|activities| !activities.makes_sense(self)) {
            return Err(InvalidRules::of(RulesPart::Activities));
        }
        if self.mediation.as_ref().is_some_and(|mediation| !mediation.makes_sense(self)) {
            return Err(InvalidRules::of(RulesPart::Mediation));
        }
        if self.time_bank.as_ref().is_some_and(|time_bank| !time_bank.makes_sense(self)) {
            return Err(InvalidRules::of(RulesPart::TimeBank));
        }
        match &self.orders {
            Some(orders) if !orders.makes_sense(self) => Err(InvalidRules::of(RulesPart::Orders)),
            Some(_) | None => Ok(()),
        }
    }
}

impl RuleSet {
    fn throttles_make_sense(&self) -> bool {
        let drawn = |throttle: &Throttle| self.acts.iter().any(|act| act.pool == throttle.pool);
        self.throttles.len() <= THROTTLES_MAX
            && self.throttles.iter().all(|it| it.makes_sense() && drawn(it))
            && self.throttles.is_sorted_by(|one, next| one.pool < next.pool)
    }

    /// One act at the most, of fixed points, which what vouches for it is good enough for.
    fn referral_makes_sense(&self) -> bool {
        let mut acts = self.acts.iter().filter_map(|act| Some((act, act.referral?)));
        let Some((act, services)) = acts.next() else { return true };
        acts.next().is_none()
            && (1..=REFERRED_SERVICES_MAX).contains(&services)
            && act.unit == Unit::Each
            && matches!(act.base, Amount::Fixed(_))
            && act.needs.is_empty()
            && !act.is_for_somebody()
            && self.grade_of(Signals::REFERRED_SERVED) <= act.least_grade
    }

    fn difficulty_makes_sense(&self) -> bool {
        let levels = &self.coefficients.difficulty;
        levels.len() <= DIFFICULTIES_MAX
            && levels.iter().all(|factor| is_coefficient(*factor))
            && levels.is_sorted_by(|lower, higher| lower < higher)
    }

    /// The coefficients that an act wants are there.
    fn check_factors(&self, act: &Act) -> Result<(), InvalidRules> {
        let Coefficients { difficulty, assisted, .. } = &self.coefficients;
        if act.difficulty && difficulty.is_empty() {
            return Err(InvalidRules::of_act(RulesPart::Difficulty, &act.code));
        }
        if act.assisted && assisted.is_none() {
            return Err(InvalidRules::of_act(RulesPart::Assisted, &act.code));
        }
        Ok(())
    }
}

fn is_part(factor: Decimal) -> bool {
    (Decimal::ZERO..=Decimal::ONE).contains(&factor)
}

fn is_coefficient(factor: Decimal) -> bool {
    (Decimal::ONE..=Decimal::TEN).contains(&factor)
}

fn check_act(act: &Act) -> Result<(), InvalidRules> {
    let base = match act.base {
        Amount::Fixed(points) => !points.is_negative(),
        Amount::Assessed { least, most } => !least.is_negative() && least <= most,
    };
    let parts = [
        (RulesPart::Caps, act.caps.len() <= CAPS_MAX),
        (RulesPart::MeritWeight, (Decimal::ZERO..=Decimal::TEN).contains(&act.merit_weight)),
        (RulesPart::Base, base),
        (RulesPart::Slot, act.unit != Unit::Slot(Minutes::ZERO)),
        (
            RulesPart::Credits,
            act.credits.is_none_or(|credits| {
                act.unit == Unit::Each && (Minutes::new(1)..=CREDITS_MOST).contains(&credits)
            }),
        ),
        (RulesPart::Needs, !act.needs.meets(Signals::WEAKENING)),
        (RulesPart::VerifyingLevels, (1..=2).contains(&act.verification.levels)),
    ];
    match parts.iter().find(|(_, sensible)| !sensible) {
        Some((part, _)) => Err(InvalidRules::of_act(*part, &act.code)),
        None => Ok(()),
    }
}
