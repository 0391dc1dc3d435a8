//! The shipped profile, as the domain reads it, held against a golden rendering.

use linli_domain::area::Level;
use linli_domain::calendar::Day;
use linli_domain::contribution::{Grade, Signal, Signals};
use linli_domain::quantity::{Minutes, Points};
use linli_domain::rules::{Act, Amount, Cap, Limit, RuleSet, RuleVersion, Scope, Unit};
use linli_domain::text::ActCode;
use linli_domain::time::Timestamp;
use linli_profile::ProfileError;

fn gulou() -> Result<RuleSet, ProfileError> {
    linli_profile::parse("gulou.toml", linli_profile::GULOU, RuleVersion(1), Timestamp::default())
}

#[test]
fn the_shipped_profile_is_golden() {
    insta::assert_snapshot!(render(&gulou().unwrap()));
}

#[test]
fn signals_give_the_grades_of_the_table() {
    use Signal::*;
    let rules = gulou().unwrap();
    for (signals, grade) in [
        (&[RotatingCode, SignInOut, Place, InsideShift, Confirmed][..], Grade::A),
        (&[CheckpointsScanned, InsideShift], Grade::A),
        (&[SignInOut, Place, InsideShift], Grade::B),
        (&[Confirmed, PaperSheet], Grade::B),
        (&[Photo], Grade::C),
        (&[PaperSheet], Grade::C),
        (&[Confirmed], Grade::C),
        (&[RotatingCode, Place, InsideShift], Grade::C),
        (&[RotatingCode, InsideShift], Grade::D),
        (&[Confirmed, BothConfirmed], Grade::B),
        (&[OrderChecked], Grade::B),
        (&[], Grade::D),
        (&[AdministratorEntry], Grade::D),
        (&[AdministratorEntry, RotatingCode, Place, InsideShift, Confirmed, Photo], Grade::D),
    ] {
        let set: Signals = signals.iter().copied().collect();
        assert_eq!(rules.grade_of(set), grade, "{signals:?}");
    }
}

/// Late administrative entry can never become points: in no shipped profile, whatever else is said
/// of it, unless the ledger itself vouches for it, which no sender can say.
#[test]
fn what_is_entered_afterwards_is_never_worth_points() {
    for (name, text) in linli_profile::SHIPPED {
        let rules = linli_profile::parse(name, text, RuleVersion(1), Timestamp::default()).unwrap();
        assert_eq!(rules.grade(Grade::D).points_factor.to_string(), "0", "{name}");
        for bits in 0..=u16::MAX {
            let Some(signals) = Signals::from_bits(bits) else { continue };
            let entered = signals.contains(Signals::ADMINISTRATOR_ENTRY);
            if entered && !signals.meets(Signals::RESERVED) {
                assert_eq!(rules.grade_of(signals), Grade::D, "{name} {bits:#b}");
            }
        }
    }
}

#[test]
fn acts_are_found_by_their_codes() {
    let rules = gulou().unwrap();
    for code in rules.acts.iter().map(|act| act.code.clone()) {
        assert_eq!(rules.act(&code).map(|act| &act.code), Some(&code));
    }
    assert_eq!(rules.act(&ActCode::new("PA-2").unwrap()), None, "PA-2 is the coefficient");
    assert_eq!(rules.stars(Minutes::new(100 * 60)), 1);
}

fn render(rules: &RuleSet) -> String {
    let head = format!(
        "{} v{}, UTC{:+} s, step {}, late entry {} days, longest {} min, hold {} min, month cap {}\n\
         points live {} months to the end of the {:?}, stars at {:?} hours\n\
         night ×{} from {} to {} min, alert ×{}\n",
        rules.profile,
        rules.version,
        rules.zone.offset_seconds(),
        rules.step,
        rules.late_entry_days,
        rules.longest,
        rules.hold,
        rules.month_cap.map_or("none".to_owned(), |cap| cap.to_string()),
        rules.lot_life.months,
        rules.lot_life.round,
        rules.star_hours,
        rules.coefficients.night,
        rules.coefficients.night_from,
        rules.coefficients.night_until,
        rules.coefficients.alert,
    ) + &render_calendar(rules)
        + &format!(
            "{:?}\n{:?}\n{:?}\n{:?}\n",
            rules.activities, rules.orders, rules.mediation, rules.estates
        );
    let grades = [Grade::A, Grade::B, Grade::C, Grade::D].map(|grade| {
        let terms = rules.grade(grade);
        let count = if terms.minutes_count { "service" } else { "honour" };
        let cap = terms.month_cap.map_or("none".to_owned(), |cap| cap.to_string());
        let (points, merit) = (terms.points_factor, terms.merit_factor);
        format!("{grade:?}: points ×{points}, merit ×{merit}, {count} minutes, month cap {cap}\n")
    });
    let acts: String = rules.acts.iter().map(render_act).collect();
    head + &grades.concat() + &acts
}

/// Every day on which the year is otherwise than its days of the week say.
fn render_calendar(rules: &RuleSet) -> String {
    let days = |days: &[Day]| days.iter().map(Day::to_string).collect::<Vec<_>>().join(" ");
    let calendar = &rules.calendar;
    let (off, made_up) = (days(&calendar.holidays), days(&calendar.made_up));
    format!("worked {:#09b}, off {off}, made up {made_up}\n", calendar.weekdays.bits())
}

fn render_act(act: &Act) -> String {
    let points = match act.base {
        Amount::Fixed(points) => points.to_string(),
        Amount::Assessed { least, most } => format!("{least} to {most}, assessed"),
    };
    let unit = match act.unit {
        Unit::Each => "each".to_owned(),
        Unit::Hour => "/h".to_owned(),
        Unit::Slot(minutes) => format!("a slot of {minutes} min"),
    };
    let caps: Vec<String> = act.caps.iter().map(render_cap).collect();
    let marks: String =
        [(act.night, "night"), (act.alert, "alert"), (act.outside_month_cap, "outside")]
            .into_iter()
            .filter(|(on, _)| *on)
            .map(|(_, mark)| format!(", {mark}"))
            .collect();
    let level: Level = act.verification.level;
    format!(
        "{} {:?} {} / {}: {points} {unit}, merit ×{}, [{}], {:?}, {level:?} ×{}, {}{marks}\n",
        act.code,
        act.category,
        act.name.zh,
        act.name.en,
        act.merit_weight,
        caps.join("; "),
        act.least_grade,
        act.verification.levels,
        act.pool,
    )
}

fn render_cap(cap: &Cap) -> String {
    let limit = match cap.limit {
        Limit::Minutes(minutes) => format!("{minutes} min"),
        Limit::Times(times) => format!("{times}×"),
        Limit::Points(points) => format!("{} points", Points::to_decimal(points)),
    };
    let window = cap.window.map_or("activity".to_owned(), |window| format!("{window:?}"));
    let pair = match cap.scope {
        Scope::Pair => " a pair",
        Scope::Couple => " two persons",
        Scope::Person | Scope::Beneficiary => "",
    };
    format!("{limit} per {window}{pair}")
}
