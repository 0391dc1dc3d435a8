//! The table `[calendar]`: which days are worked. Without it, Monday to Friday.

use std::collections::BTreeSet;

use linli_domain::calendar::{Day, Weekdays, WorkingCalendar};
use serde::Deserialize;

use crate::word::{DaySpan, Weekday, Word};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CalendarSheet {
    worked: Option<Vec<Word<Weekday>>>,
    #[serde(default)]
    off: Vec<Word<DaySpan>>,
    #[serde(default)]
    made_up: Vec<Word<DaySpan>>,
}

impl CalendarSheet {
    /// Days may stand in any order and more than once; the rules have them once, ascending.
    pub(super) fn to_rules(&self) -> WorkingCalendar {
        let days = |spans: &[Word<DaySpan>]| {
            let days: BTreeSet<Day> = spans.iter().flat_map(|span| span.0.days()).collect();
            days.into_iter().collect()
        };
        let weekdays = self.worked.as_ref().map_or(Weekdays::MONDAY_TO_FRIDAY, |worked| {
            let bits = worked.iter().fold(0, |bits, day| bits | day.0.0);
            // Seven bits at the most: these are days of the week.
            Weekdays::from_bits(bits).unwrap_or(Weekdays::MONDAY_TO_FRIDAY)
        });
        WorkingCalendar { weekdays, holidays: days(&self.off), made_up: days(&self.made_up) }
    }
}
