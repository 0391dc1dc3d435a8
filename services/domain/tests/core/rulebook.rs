//! The rules of the place that is tested in: an act for each kind of unit, cap and verification.

use crate::world::*;
use linli_domain::area::Level;
use linli_domain::contribution::{Grade, Signal, Signals};
use linli_domain::quantity::Minutes;
use linli_domain::rules::*;
use linli_domain::text::Code;
use linli_domain::time::{Window, Zone};

/// Rules with an act for each kind of unit, cap and verification.
pub fn rule_set() -> RuleSet {
    let terms = |part: &str, merit: &str, minutes_count, month_cap| GradeTerms {
        points_factor: part.parse().unwrap(),
        merit_factor: merit.parse().unwrap(),
        minutes_count,
        month_cap,
    };
    RuleSet {
        version: RuleVersion(1),
        profile: Code::new("test").unwrap(),
        effective_from: at(MORNING - 40 * DAY),
        zone: Zone::CHINA,
        step: points("0.1"),
        late_entry_days: 7,
        longest: Minutes::new(16 * 60),
        hold: Minutes::new(30),
        counter: Some(CounterRules {
            presence: Presence::Optional,
            shift_longest: Minutes::new(9 * 60),
            offline: Some(OfflineTerms {
                station_most: points("20"),
                person_most: points("12"),
                longest: Minutes::new(24 * 60),
                sync_days: 7,
            }),
        }),
        queue: Some(QueueRules { fetch: Minutes::new(3 * 24 * 60) }),
        month_cap: Some(points("12")),
        lot_life: LotLife { months: 1, round: Window::Month },
        star_hours: vec![2, 300],
        calendar: linli_domain::calendar::WorkingCalendar::default(),
        activities: Some(activity_rules()),
        orders: Some(order_rules()),
        signals: signal_rules(),
        grades: [
            terms("1", "1", true, None),
            terms("1", "1", true, None),
            terms("0.5", "1", true, Some(points("1"))),
            terms("0", "0.5", false, None),
        ],
        coefficients: coefficients(),
        throttles: Vec::new(),
        fairness: Fairness::default(),
        notice: None,
        conduct: None,
        acts: acts(),
        spending: Some(Spending {
            expiry: None,
            returns: Some(ReturnTerms { window_days: 30, grace_days: 30 }),
            limits: Vec::new(),
        }),
        tried: None,
        honours: Some(honour_rules()),
        mediation: Some(mediation_rules()),
        estates: Some(EstateRules { members_least: 3, members_most: 5, term_days: 1_100 }),
        time_bank: Some(time_bank_rules()),
    }
}

/// What grades evidence.
fn signal_rules() -> Vec<SignalRule> {
    let signals = |list: &[Signal]| list.iter().copied().collect::<Signals>();
    let signed = [Signal::SignInOut, Signal::Place, Signal::InsideShift];
    let rule = |grade, all: &[Signal], any: &[Signal]| SignalRule {
        grade,
        all: signals(all),
        any: signals(any),
        none: signals(&[Signal::AdministratorEntry]),
    };
    vec![
        rule(Grade::A, &[Signal::RotatingCode, Signal::Confirmed], &[]),
        rule(Grade::B, &signed, &[]),
        rule(
            Grade::B,
            &[],
            &[
                Signal::BothConfirmed,
                Signal::OrderChecked,
                Signal::CaseEnded,
                Signal::ReferredServed,
            ],
        ),
        rule(Grade::C, &[], &[Signal::Photo, Signal::PaperSheet]),
    ]
}

/// Stars and a medal on application, after five working days; certificates after a week.
pub fn honour_rules() -> HonourRules {
    HonourRules {
        granting: Granting::OnApplication,
        cycle: Window::AllTime,
        tenure_days: 1,
        notice_working_days: 5,
        star_raters: vec![Level::Community, Level::SubDistrict],
        medals: vec![Medal {
            code: Code::new("bronze").unwrap(),
            name: name("Bronze"),
            hours: 301,
            rater: Level::District,
        }],
        certificate_notice_days: 7,
        certificate_signer: Level::Community,
        report_working_days: 3,
        ties: Ties::Competition,
        unranked: vec![linli_domain::officer::Duty::FullTimeGridOfficer],
        season_months: vec![3, 6, 9, 12],
    }
}

/// Nights and alerts, two levels of difficulty, and assisted people.
fn coefficients() -> Coefficients {
    Coefficients {
        night: "1.5".parse().unwrap(),
        night_from: Minutes::new(22 * 60),
        night_until: Minutes::new(6 * 60),
        alert: "1.5".parse().unwrap(),
        difficulty: vec!["1.2".parse().unwrap(), "1.5".parse().unwrap()],
        assisted: Some("1.25".parse().unwrap()),
        alerts_declared: false,
    }
}

/// A month ahead; half an hour before and after; a code a minute, and two of before.
fn activity_rules() -> ActivityRules {
    ActivityRules {
        days_ahead: 30,
        early: Minutes::new(30),
        late: Minutes::new(30),
        step: Minutes::new(1),
        lag: 2,
        checkpoints_part: "0.75".parse().unwrap(),
        only: Vec::new(),
    }
}

/// Five hours at the most, half an hour owed, an hour and a half between communities.
fn time_bank_rules() -> TimeBankRules {
    TimeBankRules {
        acts: vec![code("CLEAN")],
        cap: Minutes::new(300),
        owe_most: Minutes::new(30),
        surplus_most: Minutes::new(90),
        deficit_most: Minutes::new(90),
        ask_days: 30,
    }
}

/// Simple cases pay once they are kept, difficult and major ones when they are settled.
fn mediation_rules() -> MediationRules {
    let tier = |text, written, performed| TierTerms { act: code(text), written, performed };
    MediationRules {
        oral: tier("MED-0", false, false),
        simple: tier("MED-1", true, true),
        difficult: tier("MED-2", true, false),
        major: tier("MED-3", true, false),
        unsettled_part: "0.3".parse().unwrap(),
        same_dispute_days: 30,
    }
}

/// An hour to accept and a day to close at every level, half an hour more a level.
fn order_rules() -> OrderRules {
    let clocks = |level: u32| OrderClocks {
        accept: Minutes::new(60 + 30 * level),
        close: Minutes::new(24 * 60 + 30 * level),
    };
    OrderRules {
        duplicate_hours: 48,
        false_reports: 3,
        pause_days: 30,
        hazards: HazardActs {
            ordinary: code("HAZ-1"),
            serious: code("HAZ-2"),
            major: code("HAZ-3"),
        },
        ladder: [clocks(0), clocks(1), clocks(2), clocks(3), clocks(4)],
        check: Minutes::new(48 * 60),
        whistles: WhistleClocks {
            sign: Minutes::new(60),
            contact: Minutes::new(24 * 60),
            push_working_days: 3,
            tackle_working_days: 5,
        },
        aid: AidRules { act: code("AID"), wish: code("WISH"), open_days: 14, only: false },
        quotas: false,
    }
}

fn hazard(text: &str, base: &str, level: Level, levels: u8) -> Act {
    Act {
        unit: Unit::Each,
        base: Amount::Fixed(points(base)),
        merit_weight: "1.2".parse().unwrap(),
        verification: VerificationNeed { level, levels },
        ..act(text, Category::Hazard)
    }
}

fn mediated(text: &str, base: &str, level: Level, levels: u8) -> Act {
    Act {
        unit: Unit::Each,
        base: Amount::Fixed(points(base)),
        merit_weight: "1.5".parse().unwrap(),
        verification: VerificationNeed { level, levels },
        ..act(text, Category::Mediation)
    }
}

fn acts() -> Vec<Act> {
    let cap = |scope, window, limit| Cap { scope, window, limit };
    let person = Scope::Person;
    let hours = |hours: u32| Limit::Minutes(Minutes::new(hours * 60));
    vec![
        Act {
            caps: vec![
                cap(Scope::Pair, Some(Window::Month), hours(2)),
                cap(Scope::Beneficiary, Some(Window::Month), hours(5)),
            ],
            assisted: true,
            ..act("AID", Category::MutualAid)
        },
        Act {
            caps: vec![cap(person, None, hours(2)), cap(person, Some(Window::Day), hours(3))],
            difficulty: true,
            ..act("CLEAN", Category::Environment)
        },
        Act {
            unit: Unit::Each,
            base: Amount::Assessed { least: points("20"), most: points("100") },
            verification: VerificationNeed { level: Level::SubDistrict, levels: 2 },
            outside_month_cap: true,
            ..act("DEED", Category::Outstanding)
        },
        Act {
            caps: vec![cap(person, Some(Window::Day), Limit::Times(2))],
            ..hazard("HAZ-1", "2", Level::Grid, 1)
        },
        hazard("HAZ-2", "4", Level::Community, 2),
        Act { outside_month_cap: true, ..hazard("HAZ-3", "20", Level::SubDistrict, 1) },
        Act {
            unit: Unit::Each,
            base: Amount::Fixed(points("2")),
            caps: vec![
                cap(person, Some(Window::Year), Limit::Times(3)),
                cap(person, Some(Window::Month), Limit::Points(points("5"))),
            ],
            verification: VerificationNeed { level: Level::MicroGrid, levels: 1 },
            ..act("LEARN", Category::Study)
        },
        mediated("MED-0", "2", Level::Grid, 1),
        mediated("MED-1", "4", Level::Grid, 1),
        mediated("MED-2", "4.5", Level::Community, 2),
        Act { outside_month_cap: true, ..mediated("MED-3", "10", Level::SubDistrict, 1) },
        Act {
            unit: Unit::Slot(Minutes::new(90)),
            base: Amount::Fixed(points("1.5")),
            night: true,
            alert: true,
            merit_weight: "1.1".parse().unwrap(),
            ..act("PATROL", Category::Patrol)
        },
        Act {
            unit: Unit::Each,
            base: Amount::Fixed(points("2")),
            merit_weight: "0".parse().unwrap(),
            referral: Some(2),
            ..act("REFER", Category::Culture)
        },
        Act {
            unit: Unit::Each,
            base: Amount::Fixed(points("5")),
            ..act("WISH", Category::Assistance)
        },
    ]
}

fn act(text: &str, category: Category) -> Act {
    Act {
        code: code(text),
        name: name(text),
        category,
        unit: Unit::Hour,
        base: Amount::Fixed(points("1")),
        merit_weight: "1".parse().unwrap(),
        night: false,
        alert: false,
        caps: Vec::new(),
        least_grade: Grade::C,
        verification: VerificationNeed { level: Level::Grid, levels: 1 },
        outside_month_cap: false,
        referral: None,
        assisted: false,
        difficulty: false,
        credits: None,
        needs: Signals::NONE,
        pool: Code::new("street").unwrap(),
    }
}
