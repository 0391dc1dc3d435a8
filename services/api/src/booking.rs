//! Bookings (预约): slots of a resource for points, and the waiting list.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::redemption::LotTaken;
use crate::resource::OffReason;
use crate::{Amount, Id, Instant};

/// What a resident wants of a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookResource {
    /// The id that the booking will have; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<Id>,
    /// What is booked.
    pub resource: Id,
    /// Who pays.
    pub resident: Id,
    /// The start of the first slot.
    pub start: Instant,
    /// How many slots in a row; one if left out.
    #[serde(default = "one_slot")]
    #[schema(minimum = 1, example = 1)]
    pub slots: u16,
    /// How many units in each; one if left out.
    #[serde(default = "one_unit")]
    #[schema(minimum = 1, example = 1)]
    pub quantity: u32,
}

const fn one_slot() -> u16 {
    1
}

const fn one_unit() -> u32 {
    1
}

/// Who calls a booking off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BookingSide {
    /// The resident.
    Resident,
    /// The station, which can't hand out the key: all points come back.
    Station,
    /// The supplier, who can't provide it: all points come back.
    Supplier,
    /// Nobody, the resident was erased: all points lapse. Told, never asked for.
    Erased,
}

/// What was booked is to be called off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelBooking {
    /// Whose wish, or whose fault, it is. A partner speaks for the resident alone.
    pub by: BookingSide,
}

/// Why one who waited was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PassedOverReason {
    /// Too few points by then.
    Points,
    /// Too few stars by then.
    Stars,
    /// Of no assisted household.
    Assistance,
    /// Paused after absences.
    Paused,
    /// The resource was withdrawn.
    Withdrawn,
    /// The resident was erased.
    Erased,
    /// The item isn't open to them.
    NotOpen,
    /// Past a limit of the item by then.
    Limit,
    /// A slot of it was called off.
    CalledOff,
}

/// How far a booking has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BookingStatus {
    /// On the waiting list.
    Waiting,
    /// Points and slots are set aside.
    Booked,
    /// Left the waiting list.
    Left,
    /// Passed over on the waiting list.
    PassedOver,
    /// Waited until the start.
    Lapsed,
    /// Called off.
    Cancelled,
    /// The key was handed out.
    Used,
    /// Nobody came.
    NotShown,
}

/// What was agreed when something was booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Agreed {
    /// The station that hands out the key.
    pub station: Id,
    /// The end of the last slot.
    pub ends_at: Instant,
    /// Until when the resident cancels free of charge.
    pub free_until: Instant,
    /// From when the key is handed out.
    pub key_from: Instant,
    /// Points for one unit and one slot.
    pub price: Amount,
    /// Points for all of it.
    pub total: Amount,
    /// The lots that pay, soonest expiry first; they sum to the total.
    pub lots: Vec<LotTaken>,
}

/// What a step of a booking changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BookingChanged {
    /// Which booking.
    pub booking: Id,
    /// How far it has come.
    pub status: BookingStatus,
    /// What is booked.
    pub resource: Id,
    /// Who pays.
    pub resident: Id,
    /// The start of the first slot.
    pub start: Instant,
    /// How many slots in a row.
    pub slots: u16,
    /// How many units in each.
    pub quantity: u32,
    /// What was agreed, unless it waits or waited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Agreed>,
    /// What the supplier has of the lots, once it has ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<LotTaken>,
    /// Of the rest, what had passed its date meanwhile and lapsed at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<LotTaken>,
    /// By whom it was called off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_by: Option<BookingSide>,
    /// Why a slot of it was called off, if it ended so: all points came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_off: Option<OffReason>,
    /// Why it was passed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_over: Option<PassedOverReason>,
    /// Until when the resident may not book this resource, if this absence was one too many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_until: Option<Instant>,
    /// What the resident can spend after it, if that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<Amount>,
    /// What is set aside for the resident after it, if that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Amount>,
}

/// A booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Booking {
    /// Its id.
    pub booking: Id,
    /// How far it has come.
    pub status: BookingStatus,
    /// What is booked.
    pub resource: Id,
    /// Who pays.
    pub resident: Id,
    /// The start of the first slot.
    pub start: Instant,
    /// How many slots in a row.
    pub slots: u16,
    /// How many units in each.
    pub quantity: u32,
    /// When it was booked, or put on the waiting list.
    pub recorded_at: Instant,
    /// Its place among those who wait for the resource, from 1; in a list it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
    /// What was agreed, once it is booked; the lots are left out in a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Agreed>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Instant>,
    /// Points that the supplier has.
    pub kept: Amount,
    /// What had passed its date meanwhile and lapsed instead of being given back.
    pub lapsed: Amount,
    /// By whom it was called off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_by: Option<BookingSide>,
    /// Why a slot of it was called off, if it ended so: all points came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_off: Option<OffReason>,
    /// Why it was passed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_over: Option<PassedOverReason>,
    /// Until when the resident may not book this resource, if this absence was one too many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_until: Option<Instant>,
}
