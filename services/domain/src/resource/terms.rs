//! The terms (预约条款) of a resource: what it costs to cancel late, or not to come.

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::Decimal;

use crate::quantity::Minutes;

/// The longest that an absentee is kept from booking, and the longest that absences are
/// remembered, in days.
pub const DAYS_MAX: u16 = 366;
/// The longest before a start that anything may be agreed for: four weeks.
pub const BEFORE_MAX: Minutes = Minutes::new(40_320);

/// When absences keep a resident from booking for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Pause {
    /// So many absences
    pub no_shows: u8,
    /// within so many days
    pub within_days: u16,
    /// pause booking for so many days.
    pub days: u16,
}

/// What is agreed with every booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Terms {
    /// A resident cancels free of charge until so long before the start.
    pub free_until: Minutes,
    /// Part of the price that is kept when a resident cancels later, 0 to 1.
    pub late_part: Decimal,
    /// Part of the price that is kept when nobody comes, 0 to 1.
    pub no_show_part: Decimal,
    /// The key is handed out from so long before the start.
    pub key_from: Minutes,
    /// When absences pause booking; none: never.
    pub pause: Option<Pause>,
}

impl Terms {
    /// Are parts parts, and spans within bounds?
    #[must_use]
    pub fn are_sensible(&self) -> bool {
        let is_part = |part: Decimal| (Decimal::ZERO..=Decimal::ONE).contains(&part);
        let days = 1..=DAYS_MAX;
        is_part(self.late_part)
            && is_part(self.no_show_part)
            && self.free_until <= BEFORE_MAX
            && self.key_from <= BEFORE_MAX
            && self.pause.is_none_or(|pause| {
                pause.no_shows > 0
                    && days.contains(&pause.within_days)
                    && days.contains(&pause.days)
            })
    }
}
