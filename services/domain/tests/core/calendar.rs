//! Working days: tables across Spring Festival, weekends and month ends, and that spans add up.

use linli_domain::calendar::{Day, Weekdays, WorkingCalendar};
use linli_domain::time::{Timestamp, Zone};
use proptest::prelude::*;

fn days(texts: &[&str]) -> Vec<Day> {
    texts.iter().map(|text| Day::parse(text).unwrap()).collect()
}

fn span(first: &str, last: &str) -> Vec<Day> {
    let last = Day::parse(last).unwrap();
    std::iter::successors(Day::parse(first), |day| Some(day.next()))
        .take_while(|day| *day <= last)
        .collect()
}

/// Spring Festival and the May holiday of 2026, with the days that are worked for them.
fn china() -> WorkingCalendar {
    let mut holidays = span("2026-02-15", "2026-02-23");
    holidays.extend(span("2026-05-01", "2026-05-05"));
    WorkingCalendar {
        holidays,
        made_up: days(&["2026-02-14", "2026-02-28", "2026-05-09"]),
        ..WorkingCalendar::default()
    }
}

fn at(text: &str) -> Timestamp {
    let instant: jiff::Timestamp = format!("{text}:00+08:00").parse().unwrap();
    Timestamp::from_microseconds(instant.as_microsecond())
}

#[test]
fn working_days_end_with_their_day() {
    let calendar = china();
    for (from, working_days, end, why) in [
        ("2026-03-04T10:00", 1, "2026-03-06T00:00", "the next day, to its end"),
        ("2026-03-04T10:00", 0, "2026-03-05T00:00", "none: the day itself"),
        ("2026-03-06T10:00", 1, "2026-03-10T00:00", "over a weekend"),
        ("2026-03-07T10:00", 1, "2026-03-10T00:00", "from a Saturday"),
        ("2026-03-06T23:59", 3, "2026-03-12T00:00", "three over a weekend"),
        ("2026-02-12T09:00", 2, "2026-02-15T00:00", "the Saturday before the festival is worked"),
        ("2026-02-13T09:00", 2, "2026-02-25T00:00", "nine days off between"),
        ("2026-02-13T09:00", 3, "2026-02-26T00:00", "and one more"),
        ("2026-02-16T09:00", 1, "2026-02-25T00:00", "from within the festival"),
        ("2026-02-27T09:00", 1, "2026-03-01T00:00", "made up on the last day of February"),
        ("2026-02-27T09:00", 2, "2026-03-03T00:00", "over it and the month's end"),
        ("2026-04-30T17:00", 5, "2026-05-12T00:00", "the May holiday, and a Saturday made up"),
        ("2026-12-31T12:00", 1, "2027-01-02T00:00", "a year of which no notice is known"),
        ("2026-03-05T00:00", 1, "2026-03-06T00:00", "the first instant of a day counts it"),
    ] {
        let found = calendar.after(Zone::CHINA, at(from), working_days);
        assert_eq!(found, at(end), "{working_days} after {from}: {why}");
    }
}

#[test]
fn a_day_is_worked_or_not() {
    for (day, working) in [
        ("2026-02-13T12:00", true),
        ("2026-02-14T12:00", true),
        ("2026-02-15T12:00", false),
        ("2026-02-17T12:00", false),
        ("2026-02-24T00:00", true),
        ("2026-02-24T23:59", true),
        ("2026-02-28T12:00", true),
        ("2026-03-01T12:00", false),
        ("2026-03-07T12:00", false),
    ] {
        assert_eq!(china().is_working_at(Zone::CHINA, at(day)), working, "{day}");
    }
}

#[test]
fn a_day_reads_back_what_it_writes() {
    for text in ["1969-12-31", "1970-01-01", "2024-02-29", "2026-02-17"] {
        assert_eq!(Day::parse(text).unwrap().to_string(), text);
    }
    for text in ["2026-02-30", "2026-2-1", "2026-02-17T10:00", "", "today"] {
        assert_eq!(Day::parse(text), None, "{text}");
    }
    assert_eq!(Weekdays::from_bits(128), None);
}

/// Any calendar with days off and made up in a hundred days, and any working week.
fn calendars() -> impl Strategy<Value = WorkingCalendar> {
    let scattered = || proptest::collection::btree_set(20_500..20_600_i32, 0..40);
    (1..128_u8, scattered(), scattered()).prop_map(|(weekdays, holidays, made_up)| {
        let made_up = made_up.difference(&holidays).copied().collect::<Vec<_>>();
        WorkingCalendar {
            weekdays: Weekdays::from_bits(weekdays).unwrap(),
            holidays: holidays.into_iter().map(Day::from_number).collect(),
            made_up: made_up.into_iter().map(Day::from_number).collect(),
        }
    })
}

/// An instant in those hundred days, to the second.
fn instants() -> impl Strategy<Value = Timestamp> {
    (20_500 * 86_400..20_600 * 86_400_i64)
        .prop_map(|second| Timestamp::from_microseconds(second * 1_000_000))
}

proptest! {
    #[test]
    fn spans_add_up(calendar in calendars(), from in instants(), n in 0..30_u16, m in 0..30_u16) {
        let after = |at, days| calendar.after(Zone::CHINA, at, days);
        prop_assert_eq!(after(after(from, n), m), after(from, n + m));
    }

    #[test]
    fn later_is_later(
        calendar in calendars(), one in instants(), other in instants(), n in 0..30_u16,
    ) {
        let (earlier, later) = (one.min(other), one.max(other));
        let after = |at, days| calendar.after(Zone::CHINA, at, days);
        prop_assert!(after(earlier, n) <= after(later, n));
        prop_assert!(after(earlier, n) >= earlier);
        prop_assert!(after(earlier, n) < after(earlier, n + 1));
    }

    #[test]
    fn the_day_that_ends_is_worked(calendar in calendars(), from in instants(), n in 1..30_u16) {
        let end = calendar.after(Zone::CHINA, from, n);
        let (day, minute) = Zone::CHINA.day_and_minute(end);
        prop_assert_eq!(minute, 0);
        prop_assert!(calendar.is_working(Day::from_number(day - 1)));
    }
}
