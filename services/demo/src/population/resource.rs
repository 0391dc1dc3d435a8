//! What is shared: when each of the bookable items is open, and how many there are of it. Slots
//! are so laid that one begins at noon and one at six in the evening, where a day has them.

use linli_api::resource::Weekday;

/// When a shared resource is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hours {
    /// How long a slot is.
    pub(crate) slot_minutes: u32,
    /// The minute of the day at which its first slot begins.
    pub(crate) from_minute: u32,
    /// How many follow each other from then on.
    pub(crate) slots: u16,
    /// On which day alone, if on one.
    pub(crate) only: Option<Weekday>,
    /// In every so many weeks.
    pub(crate) every_weeks: u8,
    /// How many units there are.
    pub(crate) quantity: u32,
}

const fn daily(slot_minutes: u32, from_minute: u32, slots: u16, quantity: u32) -> Hours {
    Hours { slot_minutes, from_minute, slots, only: None, every_weeks: 1, quantity }
}

const fn on(weekday: Weekday, hours: Hours) -> Hours {
    Hours { only: Some(weekday), ..hours }
}

const DAY: u32 = 1_440;

/// By the item's English name.
const HOURS: [(&str, Hours); 12] = [
    ("Meeting room, 2 h", daily(120, 480, 7, 1)),
    ("Rehearsal room, 2 h", daily(120, 480, 7, 1)),
    ("Badminton court, 1 h", daily(60, 480, 14, 2)),
    ("Tool set, a day", daily(DAY, 720, 1, 3)),
    ("Folding bed, a night", daily(900, 1_080, 1, 4)),
    ("Wheelchair, a week", on(Weekday::Monday, daily(7 * DAY, 720, 1, 3))),
    ("Self-study seat, a day", daily(540, 720, 1, 20)),
    ("Film night, a seat", on(Weekday::Friday, daily(120, 1_080, 1, 8))),
    ("Shared kitchen, 2 h", daily(120, 480, 7, 1)),
    ("Photo studio, 1 h", daily(60, 480, 14, 1)),
    (
        "Gardening plot, a month",
        Hours { every_weeks: 4, ..on(Weekday::Monday, daily(28 * DAY, 720, 1, 6)) },
    ),
    ("Charging bay, 2 h", daily(120, 480, 7, 2)),
];

/// When the item of this name is open, if it is one of them.
pub(crate) fn hours(en: &str) -> Option<Hours> {
    HOURS.iter().find(|(name, _)| *name == en).map(|(_, hours)| *hours)
}
