//! What is kept of a counter, as it is shown.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ShiftClosing;
use crate::{Amount, Id, Instant};

/// An operator of a station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Operator {
    /// Who.
    pub operator: Id,
    /// At which station.
    pub station: Id,
    /// Since when.
    pub enrolled_at: Instant,
    /// Until when, if it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired_at: Option<Instant>,
}

/// A shift at a station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Shift {
    /// Which.
    pub shift: Id,
    /// Who opened it.
    pub operator: Id,
    /// At which station.
    pub station: Id,
    /// When.
    pub opened_at: Instant,
    /// When it closes, or would have closed, by itself.
    pub closes_at: Instant,
    /// When it was closed, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Instant>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<ShiftClosing>,
}

/// An allowance of a station, and what was used of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Allowance {
    /// Which.
    pub allowance: Id,
    /// Of which station.
    pub station: Id,
    /// The office that answers for what is short.
    pub officer: Id,
    /// Points, over all slips.
    pub total: Amount,
    /// Points, over all slips of one person.
    pub per_person: Amount,
    /// When it was granted.
    pub granted_at: Instant,
    /// When it ends, or would have ended, by itself.
    pub ends_at: Instant,
    /// Slips are counted until then.
    pub sync_until: Instant,
    /// When it ended, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Instant>,
    /// The office that ended it before its time, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<Id>,
    /// Slips that count.
    pub slips: u32,
    /// Their points.
    pub spent: Amount,
    /// What is left of the total.
    pub left: Amount,
    /// The record that granted it. Its receipt shows it off line: the log's key has signed it.
    pub position: u64,
    /// What of it residents hadn't.
    pub overspent: Amount,
}

/// What became of a slip that was written off line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlipStanding {
    /// It counts.
    Counted,
    /// Its number was counted for another redemption.
    NumberTaken,
    /// It was handed out before or after the time that is covered.
    NotCovered,
    /// It came too late.
    TooLate,
    /// The clerk saw other prices.
    OtherPrice,
    /// The resident may not have it, or no more of it.
    NotEligible,
    /// More than was left of what the station may hand out.
    StationLimit,
    /// More than was left of what one person may have.
    PersonLimit,
    /// Fewer stood on the shelf, by the books.
    OutOfStock,
}

/// A slip that was written off line, as it was brought in last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfflineWritten {
    /// The redemption that it is, or is to be.
    pub redemption: Id,
    /// Under which allowance.
    pub allowance: Id,
    /// Of which station.
    pub station: Id,
    /// Its number.
    pub number: u32,
    /// Who pays.
    pub resident: Id,
    /// Points, as the clerk saw the prices.
    pub total: Amount,
    /// When it was handed out.
    pub handed_at: Instant,
    /// What became of it.
    pub standing: SlipStanding,
    /// What the resident hadn't.
    pub short: Amount,
    /// The record that says so.
    pub position: u64,
    /// When.
    pub recorded_at: Instant,
}
