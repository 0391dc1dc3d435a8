//! Shared resources (共享资源): rooms, courts, tools, seats, which are booked by the slot.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::booking::BookingSide;
use crate::{Factor, Id, Instant};

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
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
    /// All of them, from Monday on.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];
}

/// Slots one after another, from a time of a day on. They may reach into days after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SlotOpening {
    /// The day on which the first begins.
    pub weekday: Weekday,
    /// The minute of that day at which it begins; 540 is nine o'clock.
    #[schema(maximum = 1439, example = 540)]
    pub from_minute: u32,
    /// How many.
    #[schema(minimum = 1, example = 6)]
    pub slots: u16,
}

/// When slots begin: all of one length, no two sharing a minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Timetable {
    /// How long a slot is.
    #[schema(minimum = 1, example = 120)]
    pub slot_minutes: u32,
    /// In every so many weeks, counted from the one that holds 1970-01-01; every week if left out.
    #[serde(default = "every_week")]
    #[schema(minimum = 1, maximum = 52, example = 1)]
    pub every_weeks: u8,
    /// When it is open, from Monday on; 1 to 28 of them.
    pub openings: Vec<SlotOpening>,
}

const fn every_week() -> u8 {
    1
}

/// When absences keep a resident from booking the resource for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookingPause {
    /// So many absences
    #[schema(minimum = 1, example = 2)]
    pub no_shows: u8,
    /// within so many days
    #[schema(minimum = 1, maximum = 366, example = 30)]
    pub within_days: u16,
    /// pause booking for so many days.
    #[schema(minimum = 1, maximum = 366, example = 14)]
    pub days: u16,
}

/// What is agreed with every booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookingTerms {
    /// A resident cancels free of charge until so long before the start.
    #[schema(maximum = 40320, example = 120)]
    pub free_until_minutes: u32,
    /// Part of the price that is kept when a resident cancels later, 0 to 1.
    pub late_part: Factor,
    /// Part of the price that is kept when nobody comes, 0 to 1.
    pub no_show_part: Factor,
    /// The key is handed out from so long before the start.
    #[schema(maximum = 40320, example = 15)]
    pub key_from_minutes: u32,
    /// When absences pause booking; never if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<BookingPause>,
}

/// A resource to be opened for booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenResource {
    /// The id that it will have; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<Id>,
    /// Which bookable item. Price, cost, supplier and eligibility are the item's; its price is for one
    /// unit and one slot.
    pub item: Id,
    /// The station that hands out the key.
    pub station: Id,
    /// How many units: 1 room, 20 seats, 3 wheelchairs.
    #[schema(minimum = 1, maximum = 10000, example = 20)]
    pub quantity: u32,
    /// When its slots begin.
    pub timetable: Timetable,
    /// The most slots in a row that one booking takes.
    #[schema(minimum = 1, maximum = 366, example = 2)]
    pub in_a_row_most: u16,
    /// A slot can be booked from so many days before its start.
    #[schema(minimum = 1, maximum = 366, example = 14)]
    pub days_ahead: u16,
    /// What is agreed with every booking.
    pub terms: BookingTerms,
}

/// A resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Resource {
    /// Its id.
    pub resource: Id,
    /// Which item.
    pub item: Id,
    /// The station that hands out the key.
    pub station: Id,
    /// How many units.
    pub quantity: u32,
    /// When its slots begin.
    pub timetable: Timetable,
    /// The clock that the timetable goes by, in seconds east of UTC.
    #[schema(example = 28800)]
    pub zone_offset_seconds: i32,
    /// The most slots in a row that one booking takes.
    pub in_a_row_most: u16,
    /// A slot can be booked from so many days before its start.
    pub days_ahead: u16,
    /// What is agreed with every booking.
    pub terms: BookingTerms,
    /// Was it withdrawn? Then nobody books it any more.
    pub withdrawn: bool,
}

/// Why slots are called off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OffReason {
    /// The weather doesn't allow it.
    Weather,
    /// It is damaged, or being repaired.
    Damage,
    /// It is needed for something else.
    Needed,
    /// Nobody is there to hand out the key.
    Unstaffed,
    /// Another reason.
    Other,
}

/// Slots are to be called off: a day, or one slot. Tell either.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallSlotsOff {
    /// All that begin on this day by the clock of the timetable, and aren't over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-03-05")]
    pub day: Option<String>,
    /// The slot that begins then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Instant>,
    /// Why.
    pub reason: OffReason,
}

/// Slots are to be opened again: a day, or one slot. Tell either.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenSlots {
    /// All that begin on this day by the clock of the timetable, and aren't over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-03-05")]
    pub day: Option<String>,
    /// The slot that begins then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Instant>,
}

/// Slots that were called off, or opened again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SlotsTurned {
    /// Of which resource.
    pub resource: Id,
    /// The starts of those that weren't so before, in their order.
    pub starts: Vec<Instant>,
    /// By which side.
    pub by: BookingSide,
    /// Why they are off; left out if they were opened again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<OffReason>,
}

/// That a slot is off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SlotOff {
    /// By which side.
    pub by: BookingSide,
    /// Why.
    pub reason: OffReason,
}

/// A slot of a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Slot {
    /// When it begins.
    pub start: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// How many units there are.
    pub of: u32,
    /// How many of them can still be booked.
    pub free: u32,
    /// How many wait for one.
    pub waiting: u32,
    /// That it is off, and why: nobody can book it until it is opened again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<SlotOff>,
}

/// The slots of a resource that begin on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Slots {
    /// Of which resource.
    pub resource: Id,
    /// Which day, by the clock of the timetable.
    #[schema(example = "2025-03-05")]
    pub day: String,
    /// The slots, in their order.
    pub slots: Vec<Slot>,
}

/// A resource that was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfResource {
    /// Which.
    pub resource: Id,
}
