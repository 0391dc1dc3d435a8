//! The past: what was at a moment, and the trails of causes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::booking::BookingStatus;
use crate::log::LogRecord;
use crate::redemption::{LotTaken, RedemptionStatus};
use crate::voucher::VoucherStatus;
use crate::wallet::Lot;
use crate::{Amount, Id, Instant};

/// The moment that was asked for, as the log has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Moment {
    /// The last record that counts.
    #[schema(example = 48_211)]
    pub position: u64,
    /// When it was recorded.
    pub recorded_at: Instant,
}

/// A resident at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PastResident {
    /// When.
    pub moment: Moment,
    /// Who.
    pub resident: Id,
    /// What could be spent.
    pub available: Amount,
    /// What was set aside.
    pub held: Amount,
    /// What was owed, because an award was taken back after its points were spent.
    pub receivable: Amount,
    /// Verified service, in minutes.
    #[schema(example = 1_260)]
    pub minutes: u32,
    /// Minutes entered afterwards, shown apart.
    pub honour_minutes: u32,
    /// Merit of all time.
    pub merit: Amount,
    /// Stars under the rules of the time.
    #[schema(example = 1)]
    pub stars: u8,
    /// The lots that held something, soonest expiry first.
    pub lots: Vec<Lot>,
    /// What was open: redemptions, bookings and vouchers. Their points sum to what was set aside.
    pub holds: Vec<Hold>,
}

/// What a hold is, and how far it had come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HoldStatus {
    /// A redemption.
    Redemption {
        /// How far it had come.
        status: RedemptionStatus,
    },
    /// A booking.
    Booking {
        /// How far it had come.
        status: BookingStatus,
    },
    /// A voucher.
    Voucher {
        /// How far it had come.
        status: VoucherStatus,
    },
}

/// A redemption, a booking or a voucher at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hold {
    /// Its id.
    pub id: Id,
    /// What it is, and how far it had come.
    #[serde(flatten)]
    pub is: HoldStatus,
    /// Who pays; absent once it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<Id>,
    /// The points that were set aside for it.
    pub points: Amount,
    /// The lots that they were of, soonest expiry first.
    pub lots: Vec<LotTaken>,
    /// When it would have ended by itself; absent once it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Instant>,
}

/// A hold at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PastHold {
    /// When.
    pub moment: Moment,
    /// What it was then. After its end nothing is set aside; its trail tells the rest.
    pub hold: Hold,
}

/// A place on a board at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PastRank {
    /// When.
    pub moment: Moment,
    /// Who.
    pub resident: Id,
    /// Of which area the board was.
    pub area: Id,
    /// The place, from 1; equals share it. Absent if the resident wasn't on the board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u64>,
    /// How many were on the board; absent with the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// With how much merit; absent with the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merit: Option<Amount>,
}

/// An item at a station at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PastShelf {
    /// Which station.
    pub station: Id,
    /// Which item.
    pub item: Id,
    /// Ever received until then.
    pub received: u32,
    /// Standing there, what was reserved included.
    pub on_hand: u32,
    /// Set aside.
    pub reserved: u32,
    /// Handed out.
    pub delivered: u32,
}

/// All shelves at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PastStock {
    /// When.
    pub moment: Moment,
    /// The shelves that had ever held anything, by station and item.
    pub shelves: Vec<PastShelf>,
}

/// A pool at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PastPool {
    /// Which.
    pub pool: Id,
    /// The name by which rules draw on it.
    #[schema(example = "street")]
    pub code: String,
    /// Points its funder had put in.
    pub funded: Amount,
    /// Points it still had to give.
    pub left: Amount,
    /// Points of it that had lapsed.
    pub lapsed: Amount,
    /// Points that residents owed it, for awards that were taken back.
    pub claims: Amount,
}

/// All pools at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PastPools {
    /// When.
    pub moment: Moment,
    /// The pools, by id.
    pub pools: Vec<PastPool>,
}

/// The rules that were in force at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PastRules {
    /// When.
    pub moment: Moment,
    /// Their version; absent before there were any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The versions that had been published.
    pub published: Vec<u32>,
}

/// What a record is in a trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrailRole {
    /// The service was claimed, with its evidence.
    Claimed,
    /// Evidence of it came later.
    Attached,
    /// An officer gave a word for it, or against it.
    Judged,
    /// The award, with its explanation.
    Awarded,
    /// The award was taken back.
    Reversed,
    /// The rules that it was made by were published.
    Rules,
    /// Somebody went on a waiting list.
    Waited,
    /// Points were set aside or spent.
    Spent,
    /// What was set aside was handed out or given back.
    Ended,
    /// What was handed out came back.
    Returned,
}

/// A thing that has a trail.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum TrailSubject {
    /// A redemption: back to the services that paid for it.
    Redemption(Id),
    /// A contribution: forward to what it bought.
    Contribution(Id),
    /// A booking: back to the services that paid for it.
    Booking(Id),
    /// A voucher: back to the services that paid for it.
    Voucher(Id),
}

/// A record of a trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrailStep {
    /// What it is in the trail.
    pub role: TrailRole,
    /// The contribution whose lot it is about; absent for what is of the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<Id>,
    /// How many points of the lot went this way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Amount>,
    /// The thing whose trail goes on from here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow: Option<TrailSubject>,
    /// The record.
    pub record: LogRecord,
}

/// A trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Trail {
    /// Whose.
    pub subject: TrailSubject,
    /// Its records, in the order of the log.
    pub steps: Vec<TrailStep>,
}
