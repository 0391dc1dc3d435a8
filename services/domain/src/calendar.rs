//! The working calendar (工作日历): which days are worked, and what "within three working days" means.
//!
//! China moves working days about its holidays: a notice of the State Council says each autumn which
//! weekdays of the next year are off and which weekends are worked for them (调休). So the calendar is
//! data of the rules, and a clock of working days ends where the rules that set it say.

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::civil::Date;

use crate::time::{Timestamp, Zone, date_of, day_of};

/// The most holidays, and the most days made up for: ten years of notices.
pub const DAYS_MAX: usize = 400;

const DAYS_A_WEEK: i64 = 7;

/// A day of the calendar, wherever the clock hangs.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct Day(i32);

impl Day {
    /// The day so many days after 1970-01-01.
    #[must_use]
    pub const fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day of a date such as `2026-02-17`; `None` if it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // jiff also takes longer forms, with a time after the date.
        let date = (text.len() == 10).then(|| text.parse::<Date>().ok())??;
        Some(Self(day_of(date)))
    }

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// Monday is 0, Sunday 6.
    const fn weekday(self) -> i32 {
        // 1970-01-01 was a Thursday.
        self.0.saturating_add(3).rem_euclid(7)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        date_of(self.0).fmt(f)
    }
}

/// Days of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Monday to Friday.
    pub const MONDAY_TO_FRIDAY: Self = Self(0b001_1111);

    /// These bits, Monday's 1 to Sunday's 64; `None` if a bit means no day.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits < 128 { Some(Self(bits)) } else { None }
    }

    /// As bits.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    fn holds(self, day: Day) -> bool {
        1_u8.checked_shl(day.weekday().unsigned_abs()).is_some_and(|bit| self.0 & bit != 0)
    }
}

/// Which days are worked.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct WorkingCalendar {
    /// The days of the week that are worked,
    pub weekdays: Weekdays,
    /// but for these days, ascending,
    pub holidays: Vec<Day>,
    /// and these days besides (调休上班), ascending.
    pub made_up: Vec<Day>,
}

impl Default for WorkingCalendar {
    /// Monday to Friday without holidays: what rules mean that say nothing of it.
    fn default() -> Self {
        Self { weekdays: Weekdays::MONDAY_TO_FRIDAY, holidays: Vec::new(), made_up: Vec::new() }
    }
}

impl WorkingCalendar {
    /// Is this day worked?
    #[must_use]
    pub fn is_working(&self, day: Day) -> bool {
        let named = |days: &[Day]| days.binary_search(&day).is_ok();
        named(&self.made_up) || (self.weekdays.holds(day) && !named(&self.holidays))
    }

    /// Is the day that the wall shows at `at` worked?
    #[must_use]
    pub fn is_working_at(&self, zone: Zone, at: Timestamp) -> bool {
        self.is_working(Day(zone.day_and_minute(at).0))
    }

    /// The end of the so-many-th working day after the day of `at`: the first instant that is past
    /// it. The day of `at` itself never counts, unless `at` is its very first instant; so counting
    /// two spans one after the other comes to the same as counting both at once. With none to
    /// count it is the end of the day of `at`.
    #[must_use]
    pub fn after(&self, zone: Zone, at: Timestamp, working_days: u16) -> Timestamp {
        let mut day = Day(zone.day_and_minute(at).0);
        if zone.midnight(day.0) < at {
            day = day.next();
        }
        let mut left = working_days;
        // A week has a working day, unless holidays take it.
        let holidays = i64::try_from(self.holidays.len()).unwrap_or(i64::MAX);
        let weeks = holidays.saturating_add(i64::from(working_days)).saturating_add(1);
        let mut days = weeks.saturating_mul(DAYS_A_WEEK);
        while left > 0 && days > 0 {
            if self.is_working(day) {
                left = left.saturating_sub(1);
            }
            day = day.next();
            days = days.saturating_sub(1);
        }
        zone.midnight(day.0)
    }

    /// Does it make sense: some weekday is worked, days ascend, and none is both off and made up?
    pub(crate) fn makes_sense(&self) -> bool {
        let ascending = |days: &[Day]| {
            days.len() <= DAYS_MAX && days.is_sorted_by(|earlier, later| earlier < later)
        };
        self.weekdays.bits() != 0
            && ascending(&self.holidays)
            && ascending(&self.made_up)
            && !self.made_up.iter().any(|day| self.holidays.binary_search(day).is_ok())
    }
}
