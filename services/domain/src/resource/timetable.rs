//! The timetable (时段表) of a resource: when its slots begin, week by week.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::calendar::Day;
use crate::quantity::Minutes;
use crate::time::{Timestamp, Zone};

/// The most openings in a timetable: four a day.
pub const OPENINGS_MAX: usize = 28;
/// The most slots in one turn of a timetable: half hours through a whole week.
pub const SLOTS_MAX: u32 = 336;
/// The longest turn of a timetable, in weeks.
pub const WEEKS_MAX: u8 = 52;

const MINUTES_A_DAY: u32 = 1440;
const MINUTES_A_WEEK: u32 = 7 * MINUTES_A_DAY;

/// A day of the week.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
#[allow(missing_docs, reason = "they are what they are called")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The day of the week that the wall shows at `at`.
    #[must_use]
    pub fn at(zone: Zone, at: Timestamp) -> Self {
        // 1970-01-01 was a Thursday, three days after a Monday.
        let days = zone.day_and_minute(at).0.saturating_add(3).rem_euclid(7);
        let nth = usize::try_from(days).ok().and_then(|days| Self::ALL.get(days));
        nth.copied().unwrap_or(Self::Monday)
    }

    /// Days since Monday.
    const fn days(self) -> u32 {
        match self {
            Self::Monday => 0,
            Self::Tuesday => 1,
            Self::Wednesday => 2,
            Self::Thursday => 3,
            Self::Friday => 4,
            Self::Saturday => 5,
            Self::Sunday => 6,
        }
    }
}

/// Slots one after another, from a time of a day on. They may reach into days after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Opening {
    /// The day on which the first begins.
    pub weekday: Weekday,
    /// The minute of that day at which it begins.
    pub from: Minutes,
    /// How many.
    pub slots: u16,
}

/// When slots begin. They are all of one length, and no two share a minute.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Timetable {
    /// How long a slot is.
    pub slot: Minutes,
    /// In every so many weeks, counted from the one that holds 1970-01-01.
    pub every_weeks: u8,
    /// When it is open, from Monday on.
    pub openings: Vec<Opening>,
}

impl Timetable {
    /// Do its slots have a length and a place each, within what a timetable may hold?
    #[must_use]
    pub fn is_sensible(&self) -> bool {
        let count = self.openings.iter().map(|opening| u32::from(opening.slots)).sum::<u32>();
        let bounded = (1..=WEEKS_MAX).contains(&self.every_weeks)
            && (1..=OPENINGS_MAX).contains(&self.openings.len())
            && (1..=SLOTS_MAX).contains(&count)
            && (1..=self.turn()).contains(&self.slot.get())
            && self.openings.iter().all(|it| it.from.get() < MINUTES_A_DAY && it.slots > 0);
        bounded && self.is_disjoint()
    }

    /// The starts of the slots that begin on a day, in their order.
    #[must_use]
    pub fn of_day(&self, zone: Zone, day: Day) -> Vec<Timestamp> {
        // 1970-01-01 was a Thursday, three days after the Monday of week zero.
        let days = i64::from(self.every_weeks).saturating_mul(7);
        let into_turn = i64::from(day.number()).saturating_add(3).checked_rem_euclid(days);
        let into_turn = into_turn.and_then(|days| u32::try_from(days).ok()).unwrap_or_default();
        let midnight = into_turn.saturating_mul(MINUTES_A_DAY);
        let mut starts: Vec<Timestamp> = self
            .begins()
            .filter_map(|begin| begin.checked_sub(midnight))
            .filter(|minute| *minute < MINUTES_A_DAY)
            .map(|minute| zone.midnight(day.number()).after(Minutes::new(minute)))
            .collect();
        starts.sort_unstable();
        starts
    }

    /// The starts of so many slots in a row from `start` on; `None` unless each is a slot.
    #[must_use]
    pub fn row(&self, zone: Zone, start: Timestamp, slots: u16) -> Option<Vec<Timestamp>> {
        let day = |at: &Timestamp| Day::from_number(zone.day_and_minute(*at).0);
        let is_slot = |at: &Timestamp| self.of_day(zone, day(at)).contains(at);
        let starts: Vec<Timestamp> = in_a_row(start, self.slot, slots).collect();
        starts.iter().all(is_slot).then_some(starts)
    }

    /// Minutes of a whole turn.
    fn turn(&self) -> u32 {
        u32::from(self.every_weeks).saturating_mul(MINUTES_A_WEEK)
    }

    fn first(&self, opening: &Opening) -> u32 {
        let day = opening.weekday.days().saturating_mul(MINUTES_A_DAY);
        day.saturating_add(opening.from.get()).min(self.turn())
    }

    /// Where in a turn each slot begins, in minutes.
    fn begins(&self) -> impl Iterator<Item = u32> {
        self.openings.iter().flat_map(move |opening| {
            let first = self.first(opening);
            (0..u32::from(opening.slots)).filter_map(move |nth| {
                let begin = first.saturating_add(self.slot.get().saturating_mul(nth));
                begin.checked_rem(self.turn())
            })
        })
    }

    fn is_disjoint(&self) -> bool {
        let span = |opening: &Opening| {
            let length = self.slot.get().saturating_mul(u32::from(opening.slots));
            (self.first(opening), self.first(opening).saturating_add(length))
        };
        let again = self.openings.first().map(|first| {
            let (from, until) = span(first);
            (from.saturating_add(self.turn()), until.saturating_add(self.turn()))
        });
        let spans: Vec<(u32, u32)> = self.openings.iter().map(span).chain(again).collect();
        spans.is_sorted_by(|(_, until), (from, _)| until <= from)
    }
}

/// The starts of so many slots one after another.
pub(crate) fn in_a_row(
    start: Timestamp,
    slot: Minutes,
    slots: u16,
) -> impl Iterator<Item = Timestamp> {
    (0..u32::from(slots)).map(move |nth| start.after(Minutes::new(slot.get().saturating_mul(nth))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(slot: u32, every_weeks: u8, openings: &[(Weekday, u32, u16)]) -> Timetable {
        let opening =
            |&(weekday, from, slots)| Opening { weekday, from: Minutes::new(from), slots };
        let openings = openings.iter().map(opening).collect();
        Timetable { slot: Minutes::new(slot), every_weeks, openings }
    }

    fn shown(table: &Timetable, day: i32) -> Vec<i64> {
        let midnight = Zone::CHINA.midnight(day).microseconds();
        let starts = table.of_day(Zone::CHINA, Day::from_number(day));
        let minute = |start: &Timestamp| start.microseconds().saturating_sub(midnight) / 60_000_000;
        starts.iter().map(minute).collect()
    }

    #[test]
    fn slots_begin_where_the_table_says() {
        use Weekday::{Monday, Tuesday};
        // Day 4 was a Monday.
        let court = table(60, 1, &[(Monday, 540, 3), (Monday, 840, 1), (Tuesday, 540, 1)]);
        assert_eq!(shown(&court, 4), [540, 600, 660, 840]);
        assert_eq!(shown(&court, 5 + 7 * 100), [540]);
        assert!(shown(&court, 6).is_empty());
        let wheelchair = table(1440, 1, &[(Monday, 480, 7)]);
        assert_eq!((4..11).map(|day| shown(&wheelchair, day)).collect::<Vec<_>>(), [[480]; 7]);
        let plot = table(4 * 10_080, 4, &[(Monday, 0, 1)]);
        let begin = (-3..60).filter(|day| !shown(&plot, *day).is_empty()).collect::<Vec<_>>();
        assert_eq!(begin, [-3, 25, 53]);
        assert!([court, wheelchair, plot].iter().all(Timetable::is_sensible));
    }

    #[test]
    fn a_row_has_no_gap() {
        let court = table(60, 1, &[(Weekday::Monday, 540, 3), (Weekday::Monday, 840, 1)]);
        let at = |minute| Zone::CHINA.midnight(4).after(Minutes::new(minute));
        for (minute, slots, whole) in
            [(540, 3, true), (600, 2, true), (660, 2, false), (541, 1, false), (840, 1, true)]
        {
            let row = court.row(Zone::CHINA, at(minute), slots);
            assert_eq!(row.map(|row| row.len()), whole.then_some(usize::from(slots)), "{minute}");
        }
    }

    #[test]
    fn a_table_that_makes_no_sense_is_told_from_one_that_does() {
        use Weekday::{Monday, Sunday};
        for (slot, weeks, openings, sensible) in [
            (60, 1, &[(Monday, 540, 3), (Monday, 720, 3)][..], true),
            (60, 1, &[(Monday, 540, 3), (Monday, 719, 3)], false),
            (60, 1, &[(Monday, 720, 3), (Monday, 540, 3)], false),
            (720, 1, &[(Monday, 0, 1), (Sunday, 720, 1)], true),
            (720, 1, &[(Monday, 0, 1), (Sunday, 721, 1)], false),
            (0, 1, &[(Monday, 540, 3)], false),
            (60, 0, &[(Monday, 540, 3)], false),
            (60, 1, &[(Monday, 1440, 3)], false),
            (60, 1, &[(Monday, 540, 0)], false),
            (1, 1, &[(Monday, 0, 337)], false),
            (10_081, 1, &[(Monday, 0, 1)], false),
            (60, 1, &[], false),
        ] {
            assert_eq!(table(slot, weeks, openings).is_sensible(), sensible, "{slot} {openings:?}");
        }
    }
}
