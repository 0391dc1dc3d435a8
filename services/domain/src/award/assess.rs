//! From a verified contribution to its award, step by step, by one rule set.

use rust_decimal::Decimal;

use crate::award::{Award, Issue, Line, MinutesKind, Repayment};
use crate::contribution::{Claim, Contribution, Counted, Difficulty, Signals, Used};
use crate::quantity::{Merit, Minutes, Points};
use crate::resident::Resident;
use crate::rules::{Act, Cap, Limit, RuleSet, Throttle, Unit};
use crate::time::{Period, Timestamp, Window};
use crate::{Refusal, State};

/// One hundredth: merit is kept to it, points to the step of the rules.
const HUNDREDTH: Merit = Merit::from_hundredths(1);

/// The most debts that one award repays, oldest first: a record has to end somewhere.
const REPAYMENTS_MAX: usize = 16;

/// What a verifier found.
#[derive(Clone, Copy)]
pub(crate) struct Assessment {
    /// Base points for a unit.
    pub(crate) each: Points,
    /// How hard it was.
    pub(crate) difficulty: Option<Difficulty>,
}

impl Assessment {
    /// Nobody said that it was hard.
    pub(crate) const fn ordinary(each: Points) -> Self {
        Self { each, difficulty: None }
    }
}

/// What the contribution gives.
pub(crate) fn assess(
    state: &State,
    rules: &RuleSet,
    act: &Act,
    contribution: &Contribution,
    found: Assessment,
    now: Timestamp,
) -> Result<Award, Refusal> {
    let claim = &contribution.claim;
    let resident = state.resident(claim.resident)?;
    let grade = contribution.grade;
    let terms = rules.grade(grade);
    let mut sheet = Sheet { state, rules, act, claim, resident, lines: Vec::new() };

    let counted = sheet.counted(claim.happened.minutes());
    let minutes = act.credits.unwrap_or(claim.happened.minutes());
    let base = sheet.base(counted, found.each).ok_or(Refusal::AmountTooLarge)?;
    let base = sheet.share(base).ok_or(Refusal::AmountTooLarge)?;
    let merit = sheet.merit(base, terms.merit_factor).ok_or(Refusal::AmountTooLarge)?;
    let points = sheet.hard(base, found.difficulty).ok_or(Refusal::AmountTooLarge)?;
    let points = sheet.graded(points, contribution).ok_or(Refusal::AmountTooLarge)?;
    let points = sheet.month_capped(points);
    let issue = sheet.funded(points, now);
    let repaid = sheet.repaid(issue).ok_or(Refusal::AmountTooLarge)?;
    sheet.lines.push(Line::MinutesCredited { minutes, honour: !terms.minutes_count });

    Ok(Award {
        contribution: claim.contribution,
        resident: claim.resident,
        grid: claim.grid,
        estate: claim.estate,
        act: act.code.clone(),
        category: act.category,
        happened: claim.happened,
        grade,
        rules: rules.version,
        minutes,
        minutes_kind: if terms.minutes_count { MinutesKind::Service } else { MinutesKind::Honour },
        merit,
        issue,
        counted_minutes: counted.unwrap_or(Minutes::ZERO),
        counted_points: Points::rounded(base, Points::from_hundredths(1))
            .ok_or(Refusal::AmountTooLarge)?,
        repaid,
        lines: sheet.lines,
    })
}

/// The working sheet: what an assessment looks at, and the lines it has written so far.
struct Sheet<'a> {
    state: &'a State,
    rules: &'a RuleSet,
    act: &'a Act,
    claim: &'a Claim,
    resident: &'a Resident,
    lines: Vec<Line>,
}

impl Sheet<'_> {
    /// What a cap's stretch has seen so far; nothing if it is for a single contribution.
    fn used(&self, cap: Cap) -> Used {
        let Some(window) = cap.window else { return Used::default() };
        let Claim { resident, beneficiary, .. } = *self.claim;
        let counts = cap.scope.counts(&self.act.code, resident, beneficiary);
        let used = counts.and_then(|(holder, counted)| {
            let holder = self.state.residents.get(holder)?;
            Some(holder.served.used(self.period(window), &counted))
        });
        used.unwrap_or_default()
    }

    fn used_in(&self, window: Window, counted: &Counted) -> Used {
        self.resident.served.used(self.period(window), counted)
    }

    fn period(&self, window: Window) -> Period {
        self.rules.zone.period(window, self.claim.happened.start())
    }

    /// The minutes that count under the caps on time; none if a cap on times is used up.
    fn counted(&mut self, minutes: Minutes) -> Option<Minutes> {
        let mut counted = minutes;
        for cap in self.act.caps.clone() {
            let used = self.used(cap);
            match cap.limit {
                Limit::Minutes(most) => {
                    let room = most.less(Minutes::new(used.minutes));
                    if room < counted {
                        let (of, to) = (i64::from(counted.get()), i64::from(room.get()));
                        self.lines.push(Line::CapCut { cap, counted: to, of });
                        counted = room;
                    }
                }
                Limit::Times(most) if used.times >= most => {
                    self.lines.push(Line::CapCut { cap, counted: 0, of: 1 });
                    return None;
                }
                Limit::Times(_) | Limit::Points(_) => {}
            }
        }
        (counted > Minutes::ZERO).then_some(counted)
    }

    /// Base points: units × each, under the caps on points.
    fn base(&mut self, counted: Option<Minutes>, each: Points) -> Option<Decimal> {
        let units = match (self.act.unit, counted) {
            (_, None) => Decimal::ZERO,
            (Unit::Each, Some(_)) => Decimal::ONE,
            (Unit::Hour, Some(minutes)) => minutes.hours(),
            (Unit::Slot(slot), Some(minutes)) => {
                Decimal::from(minutes.get().checked_div(slot.get()).unwrap_or_default())
            }
        };
        let mut points = units.checked_mul(each.to_decimal())?;
        self.lines.push(Line::Base { unit: self.act.unit, units, each, points });
        for cap in self.act.caps.clone() {
            let Limit::Points(most) = cap.limit else { continue };
            let room = most.minus(self.used(cap).points)?.max(Points::ZERO);
            if room.to_decimal() < points {
                let of = Points::rounded(points, Points::from_hundredths(1))?.hundredths();
                self.lines.push(Line::CapCut { cap, counted: room.hundredths(), of });
                points = room.to_decimal();
            }
        }
        Some(points)
    }

    /// The rules' part of the base points, for work on a case that ended unsettled.
    fn share(&mut self, base: Decimal) -> Option<Decimal> {
        let Some(terms) = &self.rules.mediation else { return Some(base) };
        if !self.claim.signals.contains(Signals::UNSETTLED) {
            return Some(base);
        }
        let factor = terms.unsettled_part;
        let points = base.checked_mul(factor)?;
        self.lines.push(Line::Unsettled { factor, points });
        Some(points)
    }

    /// Merit = base points × the act's weight × the grade's factor. Neither the month cap nor an
    /// empty pool touches it.
    fn merit(&mut self, base: Decimal, factor: Decimal) -> Option<Merit> {
        let weight = self.act.merit_weight;
        let merit = Merit::rounded(base.checked_mul(weight)?.checked_mul(factor)?, HUNDREDTH)?;
        self.lines.push(Line::Merit { weight, factor, merit });
        Some(merit)
    }

    /// Points after the coefficients: night, weather alert, how hard it was, and whom it served.
    fn hard(&mut self, mut points: Decimal, difficulty: Option<Difficulty>) -> Option<Decimal> {
        let terms = &self.rules.coefficients;
        if self.act.night && self.at_night() {
            points = points.checked_mul(terms.night)?;
            self.lines.push(Line::Night { factor: terms.night, points });
        }
        if self.act.alert && self.alerted() {
            points = points.checked_mul(terms.alert)?;
            self.lines.push(Line::Alert { factor: terms.alert, points });
        }
        if let Some((level, factor)) = difficulty.and_then(|level| terms.difficult(level)) {
            points = points.checked_mul(factor)?;
            self.lines.push(Line::Difficulty { level, factor, points });
        }
        if let Some(factor) = terms.assisted.filter(|_| self.act.assisted && self.serves_assisted())
        {
            points = points.checked_mul(factor)?;
            self.lines.push(Line::Assisted { factor, points });
        }
        Some(points)
    }

    /// Did it start under an alert, by who may say so?
    fn alerted(&self) -> bool {
        let Claim { grid, happened, alert, .. } = self.claim;
        if self.rules.coefficients.alerts_declared {
            self.state.alerted(*grid, happened.start())
        } else {
            *alert
        }
    }

    /// Was it for somebody who gets assistance now?
    fn serves_assisted(&self) -> bool {
        let beneficiary = self.claim.beneficiary.and_then(|id| self.state.residents.get(id));
        beneficiary.is_some_and(|it| it.registration.assisted)
    }

    /// Did it start at night? A night may pass midnight.
    fn at_night(&self) -> bool {
        let (_, minute) = self.rules.zone.day_and_minute(self.claim.happened.start());
        let (from, until) =
            (self.rules.coefficients.night_from.get(), self.rules.coefficients.night_until.get());
        if from <= until {
            (from..until).contains(&minute)
        } else {
            minute >= from || minute < until
        }
    }

    /// The grade's part of the points, rounded to the step, under the grade's own month cap.
    fn graded(&mut self, points: Decimal, contribution: &Contribution) -> Option<Points> {
        let grade = contribution.grade;
        let terms = self.rules.grade(grade);
        let factor = terms.points_factor;
        let points = Points::rounded(points.checked_mul(factor)?, self.rules.step)?;
        self.lines.push(Line::GradePart { grade, factor, points });
        let least = self.act.least_grade;
        if grade > least && points > Points::ZERO {
            self.lines.push(Line::EvidenceTooWeak { grade, least });
            return Some(Points::ZERO);
        }
        let lacking = self.act.needs.without(self.claim.shown());
        if !lacking.is_empty() && points > Points::ZERO {
            self.lines.push(Line::EvidenceLacks { lacking });
            return Some(Points::ZERO);
        }
        let Some(cap) = terms.month_cap else { return Some(points) };
        let room = self.room(cap, &Counted::Grade(grade));
        if room < points {
            self.lines.push(Line::GradeCap { cap, points: room });
            return Some(room);
        }
        Some(points)
    }

    fn month_capped(&mut self, points: Points) -> Points {
        let Some(cap) = self.rules.month_cap.filter(|_| !self.act.outside_month_cap) else {
            return points;
        };
        let room = self.room(cap, &Counted::All);
        if room < points {
            self.lines.push(Line::MonthCap { cap, points: room });
            return room;
        }
        points
    }

    fn room(&self, cap: Points, counted: &Counted) -> Points {
        let used = self.used_in(Window::Month, counted).points;
        cap.minus(used).unwrap_or(Points::ZERO).max(Points::ZERO)
    }

    /// What the pool can still give: less while it is low, and no pool, no spendable points.
    fn funded(&mut self, points: Points, now: Timestamp) -> Option<Issue> {
        let pool = self.state.pool_by_code(&self.act.pool).map(|pool| pool.pool);
        let left = pool.map_or(Points::ZERO, |pool| self.state.left_in(pool));
        let points = self.throttled(left, points);
        let given = points.min(left);
        if given < points {
            self.lines.push(Line::PoolShort { left, points: given });
        }
        let expires_at = self.rules.lot_end(now);
        pool.filter(|_| given > Points::ZERO).map(|pool| Issue { pool, points: given, expires_at })
    }

    /// The part of the points that a pool gives while it is low.
    fn throttled(&mut self, left: Points, points: Points) -> Points {
        let of_pool = |throttle: &&Throttle| throttle.pool == self.act.pool;
        let Some(throttle) = self.rules.throttles.iter().find(of_pool) else { return points };
        let given = throttle.part_of(points, left, self.rules.step).unwrap_or(points);
        if given < points {
            let Throttle { below, part, .. } = *throttle;
            self.lines.push(Line::Throttled { left, below, part, points: given });
        }
        given
    }

    /// What of the points repays what is owed: the oldest debts first, and together at most the part
    /// that the rules say.
    fn repaid(&mut self, issue: Option<Issue>) -> Option<Vec<Repayment>> {
        let wallet = &self.resident.wallet;
        let Some(issue) = issue.filter(|_| !wallet.debts().is_empty()) else {
            return Some(Vec::new());
        };
        let most = issue.points.part(self.rules.fairness.recovery_part)?;
        let (mut left, mut repaid) = (most, Vec::new());
        for debt in wallet.debts().iter().take(REPAYMENTS_MAX) {
            let points = debt.owed.min(left);
            if points > Points::ZERO {
                left = left.minus(points)?;
                repaid.push(Repayment { debt: debt.contribution, pool: debt.pool, points });
            }
        }
        let (owed, sum) = (wallet.receivable.points, most.minus(left)?);
        let points = issue.points.minus(sum)?;
        self.lines.push(Line::Repaid { owed, repaid: sum, points });
        Some(repaid)
    }
}
