//! Time as data: instants, intervals, and the calendar of a place.
//!
//! The core is told the time. Days, weeks and months are those of a fixed offset from UTC that
//! the rules name (China has had one zone and no summer time since 1991).

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::civil::Date;

use crate::quantity::Minutes;

const MICROSECONDS_A_MINUTE: i64 = 60_000_000;
const MICROSECONDS_A_SECOND: i64 = 1_000_000;
const SECONDS_A_DAY: i64 = 86_400;

/// An instant, in microseconds since 1970-01-01 UTC: the finest that PostgreSQL keeps.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    BorshSerialize,
    BorshDeserialize,
)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant so many microseconds after 1970-01-01 UTC.
    #[must_use]
    pub const fn from_microseconds(microseconds: i64) -> Self {
        Self(microseconds)
    }

    /// Microseconds since 1970-01-01 UTC.
    #[must_use]
    pub const fn microseconds(self) -> i64 {
        self.0
    }

    /// So many minutes later, as late as can be told at the most.
    #[must_use]
    pub const fn after(self, minutes: Minutes) -> Self {
        // A u32 of minutes is 2.6e17 microseconds, which i64 holds.
        #[allow(clippy::as_conversions, reason = "u32 to i64 loses nothing; From is not const")]
        Self(self.0.saturating_add((minutes.get() as i64).saturating_mul(MICROSECONDS_A_MINUTE)))
    }

    /// So many minutes earlier.
    #[must_use]
    pub fn before(self, minutes: Minutes) -> Self {
        let span = i64::from(minutes.get()).saturating_mul(MICROSECONDS_A_MINUTE);
        Self(self.0.saturating_sub(span))
    }

    /// So many days later, as late as can be told at the most.
    #[must_use]
    pub fn days_after(self, days: u16) -> Self {
        let span = i64::from(days).saturating_mul(SECONDS_A_DAY * MICROSECONDS_A_SECOND);
        Self(self.0.saturating_add(span))
    }

    /// So many days earlier.
    #[must_use]
    pub fn days_before(self, days: u16) -> Self {
        let span = i64::from(days).saturating_mul(SECONDS_A_DAY * MICROSECONDS_A_SECOND);
        Self(self.0.saturating_sub(span))
    }
}

/// From one instant to a later one, the end left out.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct Interval {
    start: Timestamp,
    end: Timestamp,
}

impl Interval {
    /// `None` unless `start` is before `end`.
    #[must_use]
    pub fn new(start: Timestamp, end: Timestamp) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// Its first instant.
    #[must_use]
    pub const fn start(self) -> Timestamp {
        self.start
    }

    /// The first instant after it.
    #[must_use]
    pub const fn end(self) -> Timestamp {
        self.end
    }

    /// Whole minutes, the rest dropped.
    #[must_use]
    pub fn minutes(self) -> Minutes {
        let length = self.end.0.saturating_sub(self.start.0) / MICROSECONDS_A_MINUTE;
        Minutes::new(u32::try_from(length).unwrap_or(u32::MAX))
    }

    /// Do the two share an instant?
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A stretch of the calendar that caps and rankings count by.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Window {
    /// A calendar day.
    Day,
    /// Monday to Sunday (ISO 8601).
    Week,
    /// A calendar month.
    Month,
    /// January to March, and so on.
    Quarter,
    /// A calendar year.
    Year,
    /// All time: one period without end.
    AllTime,
}

/// One particular day, week, month, quarter or year.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct Period {
    /// What kind of stretch.
    pub window: Window,
    /// Which one: days since 1970-01-01; weeks since the one that holds it; year × 12 + month − 1;
    /// year × 4 + quarter − 1; the year; zero for all time.
    pub index: i32,
}

/// The clock on the wall of a place: a fixed offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Zone {
    offset_seconds: i32,
}

impl Zone {
    /// UTC+8, China's one zone.
    pub const CHINA: Self = Self { offset_seconds: 8 * 3600 };

    /// A zone so many seconds east of UTC; `None` beyond a day.
    #[must_use]
    pub fn from_offset_seconds(offset_seconds: i32) -> Option<Self> {
        (offset_seconds.unsigned_abs() < 86_400).then_some(Self { offset_seconds })
    }

    /// Seconds east of UTC.
    #[must_use]
    pub const fn offset_seconds(self) -> i32 {
        self.offset_seconds
    }

    /// The day and the minute of it that the wall shows at `at`.
    #[must_use]
    pub fn day_and_minute(self, at: Timestamp) -> (i32, u32) {
        let seconds = at.0.div_euclid(MICROSECONDS_A_SECOND);
        let local = seconds.saturating_add(i64::from(self.offset_seconds));
        let day = i32::try_from(local.div_euclid(SECONDS_A_DAY)).unwrap_or(i32::MAX);
        let minute = u32::try_from(local.rem_euclid(SECONDS_A_DAY) / 60).unwrap_or_default();
        (day, minute)
    }

    /// The period of this kind that holds `at`.
    #[must_use]
    pub fn period(self, window: Window, at: Timestamp) -> Period {
        let (day, _) = self.day_and_minute(at);
        let date = date_of(day);
        let (year, month) = (i32::from(date.year()), i32::from(date.month()));
        let index = match window {
            Window::Day => day,
            // 1970-01-01 was a Thursday, three days after the Monday of week zero.
            Window::Week => day.saturating_add(3).div_euclid(7),
            Window::Month => months(year, month),
            Window::Quarter => months(year, month).div_euclid(3),
            Window::Year => year,
            Window::AllTime => 0,
        };
        Period { window, index }
    }

    /// The first instant after the period of this kind that holds `at`; none for all time.
    #[must_use]
    pub fn end_of_period(self, window: Window, at: Timestamp) -> Option<Timestamp> {
        self.start_of(Period { window, index: self.period(window, at).index.saturating_add(1) })
    }

    /// From when to when a period is; none for all time.
    #[must_use]
    pub fn during(self, period: Period) -> Option<Interval> {
        let next = Period { index: period.index.saturating_add(1), ..period };
        Interval::new(self.start_of(period)?, self.start_of(next)?)
    }

    /// The first instant of a period; none for all time.
    fn start_of(self, Period { window, index }: Period) -> Option<Timestamp> {
        let day = match window {
            Window::Day => index,
            // The Monday of week zero was three days before 1970-01-01.
            Window::Week => index.saturating_mul(7).saturating_sub(3),
            Window::Month => day_of(first_of_month(index)),
            Window::Quarter => day_of(first_of_month(index.saturating_mul(3))),
            Window::Year => day_of(first_of_month(index.saturating_mul(12))),
            Window::AllTime => return None,
        };
        Some(self.midnight(day))
    }

    /// The instant at which a life of so many months ends that is rounded up to the end of the
    /// half-year that holds its last day: 1 July or 1 January.
    #[must_use]
    pub fn end_of_half_year(self, from: Timestamp, life_months: u16) -> Timestamp {
        let (day, _) = self.day_and_minute(from);
        let date = date_of(day);
        let month = months(i32::from(date.year()), i32::from(date.month()))
            .saturating_add(i32::from(life_months));
        let next = month.div_euclid(6).saturating_add(1).saturating_mul(6);
        self.midnight(day_of(first_of_month(next)))
    }

    /// The instant at which a life of so many months ends: counted from `from` (31 January plus
    /// one month is the end of February), then rounded up to the end of the period `round` that
    /// holds that day. The end is the first instant after it.
    #[must_use]
    pub fn end_of_life(self, from: Timestamp, life_months: u16, round: Window) -> Timestamp {
        let (day, _) = self.day_and_minute(from);
        let date = date_of(day);
        let month = months(i32::from(date.year()), i32::from(date.month()))
            .saturating_add(i32::from(life_months));
        let next = match round {
            Window::Month => month.saturating_add(1),
            Window::Quarter => month.div_euclid(3).saturating_add(1).saturating_mul(3),
            Window::Year => month.div_euclid(12).saturating_add(1).saturating_mul(12),
            Window::Day | Window::Week | Window::AllTime => {
                let last = first_of_month(month).last_of_month();
                let wanted = date.day().min(last.day());
                let end = first_of_month(month).with().day(wanted).build().unwrap_or(last);
                return self.midnight(day_of(end).saturating_add(1));
            }
        };
        self.midnight(day_of(first_of_month(next)))
    }

    /// The first instant of a day, in days since 1970-01-01.
    #[must_use]
    pub fn midnight(self, day: i32) -> Timestamp {
        let seconds = i64::from(day).saturating_mul(SECONDS_A_DAY);
        let seconds = seconds.saturating_sub(i64::from(self.offset_seconds));
        Timestamp(seconds.saturating_mul(MICROSECONDS_A_SECOND))
    }
}

const fn months(year: i32, month: i32) -> i32 {
    year.saturating_mul(12).saturating_add(month.saturating_sub(1))
}

/// Dates beyond the calendar's range (the year 9999) stand still at its end.
fn first_of_month(month: i32) -> Date {
    let year = i16::try_from(month.div_euclid(12)).unwrap_or(9999);
    let month = i8::try_from(month.rem_euclid(12)).unwrap_or_default().saturating_add(1);
    Date::new(year, month, 1).unwrap_or(Date::MAX)
}

pub(crate) fn date_of(day: i32) -> Date {
    Date::constant(1970, 1, 1)
        .checked_add(jiff::Span::new().days(day.clamp(-719_000, 2_932_000)))
        .unwrap_or(Date::MAX)
}

pub(crate) fn day_of(date: Date) -> i32 {
    date.since(Date::constant(1970, 1, 1)).map_or(i32::MAX, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Microseconds of a UTC date and time, by hand.
    fn at(text: &str) -> Timestamp {
        let instant: jiff::Timestamp = text.parse().unwrap();
        Timestamp::from_microseconds(instant.as_microsecond())
    }

    #[test]
    fn the_calendar_is_the_one_on_the_wall() {
        let new_year_in_nanjing = at("2025-12-31T16:00:00Z");
        assert_eq!(Zone::CHINA.period(Window::Year, new_year_in_nanjing).index, 2026);
        assert_eq!(Zone::CHINA.day_and_minute(new_year_in_nanjing).1, 0);
        let sunday = Zone::CHINA.period(Window::Week, at("2025-11-23T15:59:59Z"));
        let monday = Zone::CHINA.period(Window::Week, at("2025-11-23T16:00:00Z"));
        assert_eq!(sunday.index + 1, monday.index);
    }

    #[test]
    fn a_life_ends_with_its_period() {
        for (from, months, round, end) in [
            ("2025-01-31T04:00:00Z", 1, Window::Day, "2025-02-28T16:00:00Z"),
            ("2025-02-15T04:00:00Z", 24, Window::Quarter, "2027-03-31T16:00:00Z"),
            ("2025-12-15T04:00:00Z", 1, Window::Month, "2026-01-31T16:00:00Z"),
            ("2025-03-15T04:00:00Z", 0, Window::Year, "2025-12-31T16:00:00Z"),
        ] {
            assert_eq!(Zone::CHINA.end_of_life(at(from), months, round), at(end), "{from}");
        }
    }

    #[test]
    fn a_period_ends_where_the_next_begins() {
        let now = at("2025-11-23T15:59:59Z");
        for (window, end) in [
            (Window::Day, "2025-11-23T16:00:00Z"),
            (Window::Week, "2025-11-23T16:00:00Z"),
            (Window::Month, "2025-11-30T16:00:00Z"),
            (Window::Quarter, "2025-12-31T16:00:00Z"),
            (Window::Year, "2025-12-31T16:00:00Z"),
        ] {
            assert_eq!(Zone::CHINA.end_of_period(window, now), Some(at(end)), "{window:?}");
        }
        assert_eq!(Zone::CHINA.end_of_period(Window::AllTime, now), None);
        let quarter = Zone::CHINA.during(Zone::CHINA.period(Window::Quarter, now)).unwrap();
        let (start, end) = (at("2025-09-30T16:00:00Z"), at("2025-12-31T16:00:00Z"));
        assert_eq!((quarter.start(), quarter.end()), (start, end));
        assert_eq!(Zone::CHINA.during(Zone::CHINA.period(Window::AllTime, now)), None);
    }

    #[test]
    fn a_life_ends_with_its_half_year() {
        for (from, months, end) in [
            ("2025-01-31T04:00:00Z", 1, "2025-06-30T16:00:00Z"),
            ("2025-01-31T04:00:00Z", 6, "2025-12-31T16:00:00Z"),
            ("2025-12-31T04:00:00Z", 0, "2025-12-31T16:00:00Z"),
            ("2025-06-30T16:00:00Z", 12, "2026-12-31T16:00:00Z"),
        ] {
            assert_eq!(Zone::CHINA.end_of_half_year(at(from), months), at(end), "{from}");
        }
    }

    #[test]
    fn touching_intervals_do_not_overlap() {
        let minute = |n: i64| Timestamp::from_microseconds(n * MICROSECONDS_A_MINUTE);
        let span = |a, b| Interval::new(minute(a), minute(b)).unwrap();
        assert!(!span(0, 60).overlaps(span(60, 90)));
        assert!(span(0, 61).overlaps(span(60, 90)));
        assert_eq!(span(0, 61).minutes(), Minutes::new(61));
        assert_eq!(Interval::new(minute(1), minute(1)), None);
    }
}
