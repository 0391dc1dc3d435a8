//! What a rule set says of conduct checks: what looks odd, and who looks at it.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::area::Level;
use crate::conduct::{BONDS_MAX, LATE_MAX};
use crate::quantity::Minutes;
use crate::time::Timestamp;

/// The longest span that a check looks back over, in days: a quarter.
const DAYS_MAX: u16 = 92;

/// The longest day's work.
const DAY_MINUTES: u32 = 24 * 60;

/// How far it is from one grid to another at the least, and how fast one gets there at the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct TravelTerms {
    /// From any grid to another, in metres.
    pub grid_metres: u32,
    /// In a minute, in metres.
    pub metres_per_minute: u32,
}

/// How many late entries of one person are too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct LateTerms {
    /// An entry is late so many hours after its end.
    pub hours: u16,
    /// More than so many
    pub entries: u16,
    /// within so many hours are held.
    pub within_hours: u16,
}

/// So often in so many days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Frequency {
    /// So often,
    pub times: u16,
    /// in so many days.
    pub days: u16,
}

/// Paid hours on days that are worked, in minutes of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct StaffHours {
    /// From then,
    pub from: Minutes,
    /// until then.
    pub until: Minutes,
}

/// What looks odd, and who looks at it. A check that isn't there is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ConductRules {
    /// The lowest level of officer who releases or rejects what is held.
    pub reviewer: Level,
    /// From grid to grid faster than anybody gets there.
    pub travel: Option<TravelTerms>,
    /// Late entries in a burst.
    pub late: Option<LateTerms>,
    /// One pair more often than this.
    pub pair: Option<Frequency>,
    /// A ring in which each serves the next so often.
    pub ring: Option<Frequency>,
    /// The hours for which offices are paid.
    pub staff_hours: Option<StaffHours>,
    /// Are claims of seats that close by themselves, since nobody checked out, looked at as well?
    pub forgotten: bool,
}

impl LateTerms {
    /// Was something that ended then entered late now?
    pub(crate) fn is_late(&self, ended_at: Timestamp, now: Timestamp) -> bool {
        ended_at.after(Minutes::new(u32::from(self.hours).saturating_mul(60))) <= now
    }
}

impl ConductRules {
    /// Spans that leave some time, and no count beyond what is remembered of anybody?
    pub(super) fn makes_sense(&self) -> bool {
        let bonds = |it: Frequency| {
            (1..BONDS_MAX).contains(&usize::from(it.times)) && (1..=DAYS_MAX).contains(&it.days)
        };
        let travel = |it: TravelTerms| it.grid_metres > 0 && it.metres_per_minute > 0;
        let late = |it: LateTerms| {
            it.hours > 0 && it.within_hours > 0 && (1..LATE_MAX).contains(&usize::from(it.entries))
        };
        let staff = |it: StaffHours| it.from < it.until && it.until <= Minutes::new(DAY_MINUTES);
        self.travel.is_none_or(travel)
            && self.late.is_none_or(late)
            && self.pair.is_none_or(bonds)
            && self.ring.is_none_or(bonds)
            && self.staff_hours.is_none_or(staff)
    }
}
