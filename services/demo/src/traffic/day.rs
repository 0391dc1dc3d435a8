//! How the days of the year differ: weekends, Spring Festival, the two days of volunteering, hot
//! summer, quarters' ends.

use crate::calendar::{DAYS, Day};
use crate::chance::{Chance, apportion};

/// How many days of July and August have a heat alert.
const HEAT_ALERTS: usize = 24;

/// How many days of January have a snow alert.
const SNOW_ALERTS: usize = 2;

/// The first days of Spring Festival, on which nobody patrols: 360 days remain.
pub(super) const fn is_patrol_day(day: Day) -> bool {
    !matches!(day.0, 27..=31)
}

/// How much is served on a day, against a hundred on a plain one.
pub(super) fn service(day: Day) -> u64 {
    let base: u64 = if day.is_weekend() { 160 } else { 100 };
    let percent = match day.month_and_day() {
        _ if day.is_spring_festival() => 30,
        // 学雷锋日 and the volunteers' day, and the days around them.
        (3, 5) | (12, 5) => 400,
        (3, 1..=9) => 170,
        (12, 1..=9) => 150,
        (7 | 8, _) => 85,
        _ => 100,
    };
    base.saturating_mul(percent) / 100
}

/// How many come to the counters on a day: more as more has been earned, and before a quarter
/// ends.
pub(super) fn redemption(day: Day) -> u64 {
    let earned = u64::from(day.0).saturating_add(15);
    let base: u64 = if day.is_weekend() { 150 } else { 100 };
    let percent = match (day.month(), day.left_in_month()) {
        _ if day.is_spring_festival() => 20,
        (3 | 6 | 9 | 12, 0..=6) => 400,
        _ => 100,
    };
    earned.saturating_mul(base).saturating_mul(percent)
}

/// Days by their weights, each as often as falls to it of so many in all.
pub(super) fn spread(count: u64, days: &[Day], weight: impl Fn(Day) -> u64) -> Vec<Day> {
    let weights: Vec<u64> = days.iter().map(|day| weight(*day)).collect();
    let parts = apportion(count, &weights);
    let each = days.iter().zip(parts);
    each.flat_map(|(day, count)| {
        std::iter::repeat_n(*day, usize::try_from(count).unwrap_or_default())
    })
    .collect()
}

/// The days with a heat or snow alert.
pub(super) fn alerts(seed: u64) -> Vec<Day> {
    let mut chance = Chance::named(seed, "alerts");
    let mut draw = |months: &[u8], count: usize| {
        let mut days: Vec<Day> =
            (0..DAYS).map(Day).filter(|day| months.contains(&day.month())).collect();
        chance.shuffle(&mut days);
        days.truncate(count);
        days
    };
    let mut days = draw(&[7, 8], HEAT_ALERTS);
    days.extend(draw(&[1], SNOW_ALERTS));
    days
}
