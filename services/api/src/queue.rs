//! Queues (缺货排队): who waits for goods that a station is short of.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::booking::PassedOverReason;
use crate::{Id, Instant};

/// What a resident waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinQueue {
    /// The id that the redemption will have; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redemption: Option<Id>,
    /// Who waits.
    pub resident: Id,
    /// At which station; a station leaves it out, for it speaks for itself alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<Id>,
    /// For which item.
    pub item: Id,
    /// How many of it; one if left out.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 100, example = 1)]
    pub quantity: u32,
}

const fn one() -> u32 {
    1
}

/// How far a wait has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueueStatus {
    /// On the list.
    Waiting,
    /// Left the list.
    Left,
    /// There was something, and the resident couldn't have it.
    PassedOver,
    /// Set aside for the resident: from then on it is a redemption.
    Served,
}

/// What a step of a wait changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueueChanged {
    /// The id that the redemption will have.
    pub redemption: Id,
    /// How far it has come.
    pub status: QueueStatus,
    /// Who waits.
    pub resident: Id,
    /// At which station.
    pub station: Id,
    /// For which item.
    pub item: Id,
    /// How many of it.
    pub quantity: u32,
    /// Why the resident was passed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_over: Option<PassedOverReason>,
    /// Did the station take the resident off the list?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_station: bool,
}

/// A wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueueEntry {
    /// The id that the redemption will have, or has.
    pub redemption: Id,
    /// How far it has come.
    pub status: QueueStatus,
    /// Who waits.
    pub resident: Id,
    /// At which station.
    pub station: Id,
    /// For which item.
    pub item: Id,
    /// How many of it.
    pub quantity: u32,
    /// Since when.
    pub recorded_at: Instant,
    /// Its place among those who wait for the item at the station, from 1, as long as it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Instant>,
    /// Why the resident was passed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_over: Option<PassedOverReason>,
    /// Did the station take the resident off the list?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_station: bool,
}
