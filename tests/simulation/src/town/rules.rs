//! The rules of the place: generous, with one cap of each kind that a run soon meets.

use linli_domain::area::Level;
use linli_domain::contribution::{Grade, Signal};
use linli_domain::quantity::{Minutes, Points};
use linli_domain::rules::{
    Act, Amount, Cap, Category, Coefficients, GradeTerms, Limit, LotLife, QueueRules, RuleSet,
    RuleVersion, Scope, SignalRule, TimeBankRules, Unit, VerificationNeed,
};
use linli_domain::text::{ActCode, Bilingual, Code, Name};
use linli_domain::time::{Timestamp, Window, Zone};

use super::founding::POOL_CODES;
use super::{CAP_MINUTES, DAY_US, HOLD_MINUTES, TRADE_MINUTES};
use crate::time::MORNING_US;

pub(super) fn rule_set() -> Option<RuleSet> {
    let terms = |points: &str, minutes_count| {
        Some(GradeTerms {
            points_factor: points.parse().ok()?,
            merit_factor: "1".parse().ok()?,
            minutes_count,
            month_cap: None,
        })
    };
    let rule = |grade, signal: Signal| SignalRule {
        grade,
        all: [signal].into_iter().collect(),
        any: std::iter::empty().collect(),
        none: std::iter::empty().collect(),
    };
    Some(RuleSet {
        version: RuleVersion(1),
        profile: Code::new("simulated").ok()?,
        effective_from: Timestamp::from_microseconds(MORNING_US.saturating_sub(40 * DAY_US)),
        zone: Zone::CHINA,
        step: Points::from_hundredths(10),
        late_entry_days: 2,
        longest: Minutes::new(16 * 60),
        hold: Minutes::new(HOLD_MINUTES),
        month_cap: Some(Points::from_hundredths(2_000)),
        // Until midnight, so that a night lets lots lapse.
        lot_life: LotLife { months: 0, round: Window::Day },
        star_hours: vec![2, 300],
        fairness: linli_domain::rules::Fairness::default(),
        notice: None,
        conduct: None,
        counter: None,
        spending: None,
        honours: None,
        mediation: None,
        estates: None,
        time_bank: Some(time_bank()?),
        queue: Some(QueueRules { fetch: Minutes::new(HOLD_MINUTES) }),
        tried: None,
        calendar: linli_domain::calendar::WorkingCalendar::default(),
        activities: None,
        orders: None,
        signals: vec![rule(Grade::A, Signal::Confirmed), rule(Grade::B, Signal::Place)],
        grades: [terms("1", true)?, terms("1", true)?, terms("0.5", true)?, terms("0", false)?],
        coefficients: Coefficients {
            night: "1.5".parse().ok()?,
            night_from: Minutes::new(22 * 60),
            night_until: Minutes::new(6 * 60),
            alert: "1.5".parse().ok()?,
            difficulty: Vec::new(),
            assisted: None,
            alerts_declared: false,
        },
        throttles: Vec::new(),
        acts: vec![
            act("AID", Category::MutualAid, Unit::Hour, POOL_CODES[0])?,
            Act {
                caps: vec![Cap {
                    scope: Scope::Person,
                    window: Some(Window::Day),
                    limit: Limit::Minutes(Minutes::new(180)),
                }],
                ..act("CLEAN", Category::Environment, Unit::Hour, POOL_CODES[0])?
            },
            act("PATROL", Category::Patrol, Unit::Each, POOL_CODES[1])?,
        ],
    })
}

/// Every act stores time, and nobody stores much.
fn time_bank() -> Option<TimeBankRules> {
    let acts = ["AID", "CLEAN", "PATROL"].map(ActCode::new);
    Some(TimeBankRules {
        acts: acts.into_iter().collect::<Result<_, _>>().ok()?,
        cap: minutes(CAP_MINUTES)?,
        owe_most: Minutes::ZERO,
        surplus_most: minutes(TRADE_MINUTES)?,
        deficit_most: minutes(TRADE_MINUTES)?,
        ask_days: 1,
    })
}

fn minutes(count: i64) -> Option<Minutes> {
    Some(Minutes::new(u32::try_from(count).ok()?))
}

fn act(text: &str, category: Category, unit: Unit, pool: &str) -> Option<Act> {
    let name = Name::new(text).ok()?;
    Some(Act {
        code: ActCode::new(text).ok()?,
        name: Bilingual { zh: name.clone(), en: name },
        category,
        unit,
        base: Amount::Fixed(Points::from_hundredths(200)),
        merit_weight: "1".parse().ok()?,
        night: false,
        alert: false,
        caps: Vec::new(),
        least_grade: Grade::D,
        verification: VerificationNeed { level: Level::Grid, levels: 1 },
        outside_month_cap: false,
        referral: None,
        assisted: false,
        difficulty: false,
        credits: None,
        needs: linli_domain::contribution::Signals::NONE,
        pool: Code::new(pool).ok()?,
    })
}
