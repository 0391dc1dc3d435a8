//! The year 2025 in Nanjing, in days and minutes.

use jiff::civil::Date;
use linli_api::Instant;

/// Days of the year.
pub(crate) const DAYS: u16 = 365;

/// 2025-01-01 00:00 at UTC+8, in seconds since 1970.
const NEW_YEAR_S: i64 = 1_735_660_800;

const MINUTES_A_DAY: i64 = 1_440;

/// A day of the year, from 0 for 1 January. Days past the year go on into the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(pub(crate) u16);

impl Day {
    /// All days of the year.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..DAYS).map(Self)
    }

    fn date(self) -> Date {
        let span = jiff::Span::new().days(i64::from(self.0));
        Date::constant(2025, 1, 1).checked_add(span).unwrap_or(Date::MAX)
    }

    /// As people write it: `2025-03-05`.
    pub(crate) fn written(self) -> String {
        self.date().to_string()
    }

    /// 1 to 12.
    pub(crate) fn month(self) -> u8 {
        u8::try_from(self.date().month()).unwrap_or_default()
    }

    /// 1 to 31.
    pub(crate) fn of_month(self) -> u8 {
        u8::try_from(self.date().day()).unwrap_or_default()
    }

    /// How many days its month still has after it.
    pub(crate) fn left_in_month(self) -> u8 {
        let days = u8::try_from(self.date().days_in_month()).unwrap_or_default();
        days.saturating_sub(self.of_month())
    }

    /// From 0 for Monday.
    pub(crate) fn weekday(self) -> usize {
        // 1 January 2025 was a Wednesday.
        usize::from(self.0.saturating_add(2) % 7)
    }

    /// The number of its week, counted from the one that holds 1970-01-01.
    pub(crate) fn week(self) -> u16 {
        // 1 January 2025 is day 20,089 from 1970-01-01, a Thursday: the fourth day of week zero.
        self.0.saturating_add(20_089).saturating_add(3) / 7
    }

    /// Saturday or Sunday? (1 January 2025 was a Wednesday.)
    pub(crate) const fn is_weekend(self) -> bool {
        matches!(self.0 % 7, 3 | 4)
    }

    /// Friday or Saturday?
    pub(crate) const fn is_late_evening(self) -> bool {
        matches!(self.0 % 7, 2 | 3)
    }

    /// The eight days off at Spring Festival, 28 January to 4 February.
    pub(crate) const fn is_spring_festival(self) -> bool {
        matches!(self.0, 27..=34)
    }

    /// The quarter that ended with the day before, such as `2025-Q1`.
    pub(crate) fn quarter_before(self) -> Option<String> {
        let quarter = match self.month_and_day() {
            (4, 1) => 1,
            (7, 1) => 2,
            (10, 1) => 3,
            (1, 1) => 4,
            _ => return None,
        };
        (self.0 > 0).then(|| format!("2025-Q{quarter}"))
    }

    /// Month and day of the month.
    pub(crate) fn month_and_day(self) -> (u8, u8) {
        (self.month(), self.of_month())
    }
}

/// A minute, counted from the start of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Moment(i64);

impl Moment {
    /// The day before the year at ten in the morning, when the place is set up.
    pub(crate) const EVE: Self = Self(-14 * 60);

    /// The first minute of the year.
    pub(crate) const NEW_YEAR: Self = Self(0);

    /// This minute of that day.
    pub(crate) fn on(day: Day, minute: i64) -> Self {
        Self(i64::from(day.0).saturating_mul(MINUTES_A_DAY).saturating_add(minute))
    }

    /// So many minutes later.
    pub(crate) const fn later(self, minutes: i64) -> Self {
        Self(self.0.saturating_add(minutes))
    }

    /// The day it lies in.
    pub(crate) fn day(self) -> Day {
        Day(u16::try_from(self.0.div_euclid(MINUTES_A_DAY)).unwrap_or_default())
    }

    /// Its month: `2025-03`.
    pub(crate) fn month(self) -> String {
        self.day().date().strftime("%Y-%m").to_string()
    }

    fn second(self) -> i64 {
        NEW_YEAR_S.saturating_add(self.0.saturating_mul(60))
    }

    /// In milliseconds since 1970.
    pub(crate) fn milliseconds(self) -> u64 {
        u64::try_from(self.second().saturating_mul(1_000)).unwrap_or_default()
    }

    pub(crate) fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(self.second()).unwrap_or(jiff::Timestamp::MAX)
    }

    /// As the API writes it.
    pub(crate) fn instant(self) -> Instant {
        Instant::from(self.timestamp().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_is_that_of_2025() {
        assert_eq!(Moment::NEW_YEAR.instant().as_str(), "2024-12-31T16:00:00Z");
        assert_eq!(Moment::EVE.instant().as_str(), "2024-12-31T02:00:00Z");
        assert_eq!(Moment::on(Day(364), 1_439).instant().as_str(), "2025-12-31T15:59:00Z");
        let festival: Vec<_> =
            Day::all().filter(|day| day.is_spring_festival()).map(Day::month_and_day).collect();
        assert_eq!((festival.first(), festival.last()), (Some(&(1, 28)), Some(&(2, 4))));
        assert_eq!(Day::all().filter(|day| day.is_weekend()).count(), 104);
        let saturday = Day::all().find(|day| day.month_and_day() == (3, 1));
        assert!(saturday.is_some_and(|day| day.is_weekend() && day.is_late_evening()));
        assert_eq!(Day(58).left_in_month(), 0, "28 February");
        assert_eq!([0, 3, 5].map(|day| Day(day).weekday()), [2, 5, 0]);
        assert_eq!([0, 4, 5].map(|day| Day(day).week()), [2_870, 2_870, 2_871]);
        let quarters: Vec<_> = (0..=DAYS).filter_map(|day| Day(day).quarter_before()).collect();
        assert_eq!(quarters, ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]);
    }
}
