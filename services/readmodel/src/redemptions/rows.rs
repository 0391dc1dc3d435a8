//! What stands in the tables of redemptions.

use linli_domain::Position;
use linli_domain::id::{
    ItemId, LotId, OfficerId, PoolId, RedemptionId, ResidentId, ShiftId, StationId, SupplierId,
};
use linli_domain::quantity::{Fen, Points};
use linli_domain::redemption::{Fate, ReturnReason, Shown, Status, VoidReason};
use linli_domain::time::Timestamp;

use crate::table::table;

/// What a resident showed, without when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Showing {
    /// The code of the app.
    Code,
    /// The card with its PIN.
    Card,
    /// Paper.
    Paper,
}

impl From<Shown> for Showing {
    fn from(shown: Shown) -> Self {
        match shown {
            Shown::Code { .. } => Self::Code,
            Shown::Card { .. } => Self::Card,
            Shown::Paper => Self::Paper,
        }
    }
}

table! {
    /// A redemption.
    Redemption in Redemptions "redemption" {
        /// Its id.
        Key redemption: RedemptionId = "redemption",
        /// Who pays.
        Fix resident: ResidentId = "resident",
        /// Where.
        Fix station: StationId = "station",
        /// The shift in which it was reserved or sold, if any.
        Fix shift: Option<ShiftId> = "shift",
        /// What the resident showed then.
        Fix shown: Option<Showing> = "shown",
        /// Points for all of it.
        Fix total: Points = "total_hundredths",
        /// The record that reserved or sold it.
        Fix position: Position = "position",
        /// When that was recorded.
        Fix recorded_at: Timestamp = "recorded_at_us",
        /// When the hold releases by itself; none for a counter sale.
        Fix expires_at: Option<Timestamp> = "expires_at_us",
        /// How far it has come; a counter sale is captured at once.
        Set status: Status = "status",
        /// The shift in which it was handed out; for a counter sale, the same as `shift`.
        Set handed_shift: Option<ShiftId> = "handed_shift",
        /// What the resident showed then; for a counter sale, the same as `shown`.
        Set handed_shown: Option<Showing> = "handed_shown",
        /// The record that ended it; for a counter sale, the same as `position`.
        Set ended_position: Option<Position> = "ended_position",
        /// When it ended.
        Set ended_at: Option<Timestamp> = "ended_at_us",
        /// Why it was voided.
        Set void_reason: Option<VoidReason> = "void_reason",
        /// What had passed its date meanwhile and lapsed instead of being given back.
        Set lapsed: Points = "lapsed_hundredths",
        /// Points for what was handed out.
        Set paid: Points = "paid_hundredths",
        /// Points for what has come back of it.
        Add returned: Points = "returned_hundredths",
    }
}

table! {
    /// The end of a hold: a change to [`Redemption`].
    Ending in Redemptions "redemption" {
        /// Of which.
        Key redemption: RedemptionId = "redemption",
        /// How it ended.
        Set status: Status = "status",
        /// The shift in which it was handed out.
        Set handed_shift: Option<ShiftId> = "handed_shift",
        /// What the resident showed then.
        Set handed_shown: Option<Showing> = "handed_shown",
        /// The record.
        Set ended_position: Option<Position> = "ended_position",
        /// When.
        Set ended_at: Option<Timestamp> = "ended_at_us",
        /// Why it was voided.
        Set void_reason: Option<VoidReason> = "void_reason",
        /// What lapsed instead of being given back.
        Set lapsed: Points = "lapsed_hundredths",
        /// Points for what was handed out.
        Set paid: Points = "paid_hundredths",
    }
}

table! {
    /// Points for what came back: a change to [`Redemption`].
    Return in Redemptions "redemption" {
        /// Of which.
        Key redemption: RedemptionId = "redemption",
        /// How much more.
        Add returned: Points = "returned_hundredths",
    }
}

table! {
    /// What was not handed out of a line, in a part capture.
    LeftLine in Redemptions "left_line" {
        /// Of which slip.
        Key redemption: RedemptionId = "redemption",
        /// Which item.
        Key item: ItemId = "item",
        /// How many.
        Fix quantity: u32 = "quantity",
    }
}

table! {
    /// A line of a return.
    ReturnedLine in Redemptions "returned_line" {
        /// Of which slip.
        Key redemption: RedemptionId = "redemption",
        /// The record.
        Key position: Position = "position",
        /// Which item.
        Key item: ItemId = "item",
        /// How many.
        Fix quantity: u32 = "quantity",
        /// What became of them.
        Fix fate: Fate = "fate",
        /// Why.
        Fix reason: ReturnReason = "reason",
        /// The office that answers for what was lost.
        Fix officer: Option<OfficerId> = "officer",
        /// When it was recorded.
        Fix recorded_at: Timestamp = "recorded_at_us",
    }
}

table! {
    /// An item on a slip.
    LineItem in Redemptions "line_item" {
        /// On which slip.
        Key redemption: RedemptionId = "redemption",
        /// Which line, from 0.
        Key ordinal: u16 = "ordinal",
        /// Which item.
        Fix item: ItemId = "item",
        /// Who supplies it.
        Fix supplier: SupplierId = "supplier",
        /// How many.
        Fix quantity: u32 = "quantity",
        /// Points for each.
        Fix price: Points = "price_hundredths",
        /// What each costs the pools.
        Fix cost: Fen = "cost_fen",
        /// Is its stock counted?
        Fix stocked: bool = "stocked",
    }
}

table! {
    /// A part of a lot that paid a slip.
    LotUsed in Redemptions "lot_used" {
        /// Which slip.
        Key redemption: RedemptionId = "redemption",
        /// In the order in which they were taken, from 0.
        Key ordinal: u16 = "ordinal",
        /// Which lot.
        Fix lot: LotId = "lot",
        /// The pool it came from.
        Fix pool: PoolId = "pool",
        /// When it lapses.
        Fix expires_at: Timestamp = "expires_at_us",
        /// How much of it.
        Fix points: Points = "points_hundredths",
    }
}
