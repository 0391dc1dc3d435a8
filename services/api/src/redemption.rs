//! Redemption: points for goods, in two steps or in one.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::card::{Shown, SlipShown};
use crate::{Amount, Id, Instant};

/// An item and how many of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// Which item.
    pub item: Id,
    /// How many; at least one.
    #[schema(minimum = 1, example = 1)]
    pub quantity: u32,
}

/// What a resident wants at the station that the key is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Basket {
    /// The id that the redemption will have; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redemption: Option<Id>,
    /// The shift in which it is handed out; a station may need one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Id>,
    /// Who pays. May be left out where a code or a card says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<Id>,
    /// What the resident showed. The rules may need it before anything is handed out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
    /// What, and how many of each; an item stands in it once.
    pub items: Vec<Wish>,
}

/// Why an open redemption is voided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoidReason {
    /// The resident changed their mind.
    Resident,
    /// The station couldn't hand it out.
    Station,
    /// The supplier couldn't deliver.
    Supplier,
    /// The resident was erased: told, never asked for.
    Erased,
}

/// What was reserved is to be given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VoidRedemption {
    /// Why.
    pub reason: VoidReason,
}

/// What of a hold is handed out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaptureRedemption {
    /// The shift in which it is handed out; a station may need one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Id>,
    /// What the resident showed. The rules may need it, unless it was shown for the reservation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
    /// What, and how many of each; all of it if left out. The rest is given back.
    #[serde(default)]
    pub items: Vec<Wish>,
}

/// Why something is returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    /// The resident doesn't want it.
    Unwanted,
    /// The station handed out something else.
    WrongItem,
    /// The station handed it out spoilt, or let it spoil.
    Mishandled,
    /// It was faulty when it came from the supplier.
    Defective,
    /// The supplier didn't do, or deliver, what was paid for.
    NotRendered,
}

/// What becomes of something that is returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It stands on the shelf again.
    Shelf,
    /// It goes back to the supplier.
    SentBack,
    /// It came back and is written off.
    WrittenOff,
    /// It can't come back: it was done, or used up.
    Gone,
}

/// Some of an item that is returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnLine {
    /// Which item.
    pub item: Id,
    /// How many; at least one.
    #[schema(minimum = 1, example = 1)]
    pub quantity: u32,
    /// What becomes of them.
    pub fate: Fate,
}

/// What was handed out is to be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnRedemption {
    /// Why.
    pub reason: ReturnReason,
    /// What, and what becomes of it. If left out: all that is left, goods to the shelf.
    #[serde(default)]
    pub items: Vec<ReturnLine>,
    /// The officer who answers for what is lost; needed where something is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
}

/// A line that came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineReturned {
    /// Which item.
    pub item: Id,
    /// How many.
    pub quantity: u32,
    /// What became of them.
    pub fate: Fate,
    /// Why it came back.
    pub reason: ReturnReason,
    /// The officer who answers for what was lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
}

/// A return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Returned {
    /// What came back, the points for it, and the lots that had paid it.
    pub slip: Slip,
    /// What became of each line.
    pub lines: Vec<LineReturned>,
    /// The lots that the points went to: those that had paid, or with days of grace.
    pub back: Vec<LotTaken>,
    /// What had passed its date and lapsed at once.
    pub lapsed: Vec<LotTaken>,
    /// What the resident can spend after it, if that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<Amount>,
}

/// How far a redemption has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RedemptionStatus {
    /// Points and stock are set aside.
    Reserved,
    /// Handed out.
    Captured,
    /// Given back on somebody's wish.
    Voided,
    /// Given back by the deadline.
    TimedOut,
    /// Handed out in part; the rest was given back.
    PartCaptured,
    /// All that was handed out has come back.
    Returned,
}

/// One item on a slip, at the price of the moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SlipLine {
    /// Which item.
    pub item: Id,
    /// Who supplies it.
    pub supplier: Id,
    /// How many.
    #[schema(example = 1)]
    pub quantity: u32,
    /// Points for each.
    pub price: Amount,
}

/// A part of a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LotTaken {
    /// Which lot: the contribution whose award made it.
    pub lot: Id,
    /// The pool it came from.
    pub pool: Id,
    /// When it lapses.
    pub expires_at: Instant,
    /// How much of it.
    pub points: Amount,
}

/// The slip (兑换单): what was redeemed, at what price, out of which lots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Slip {
    /// The redemption's id.
    pub redemption: Id,
    /// Who pays.
    pub resident: Id,
    /// Where.
    pub station: Id,
    /// The shift in which it was handed out, or reserved if it wasn't yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Id>,
    /// What the resident showed when it was handed out, or reserved if it wasn't yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<SlipShown>,
    /// What.
    pub lines: Vec<SlipLine>,
    /// Points for all of it.
    pub total: Amount,
    /// The lots that pay, soonest expiry first; they sum to the total.
    pub lots: Vec<LotTaken>,
}

/// What a step of a redemption changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Redeemed {
    /// How far it has come.
    pub status: RedemptionStatus,
    /// The slip; of a part capture, what was handed out.
    pub slip: Slip,
    /// When the hold releases by itself, if reserved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Instant>,
    /// Why, if voided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<VoidReason>,
    /// Of the slip's lots, what had passed its date meanwhile and lapsed at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<LotTaken>,
    /// What the resident can spend after it, if that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<Amount>,
    /// What is set aside for the resident after it, if that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Amount>,
}

/// A redemption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Redemption {
    /// How far it has come; a counter sale is captured at once.
    pub status: RedemptionStatus,
    /// The slip.
    pub slip: Slip,
    /// What was not handed out, in a part capture.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Wish>,
    /// What has come back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returned: Vec<LineReturned>,
    /// When it was reserved or sold.
    pub recorded_at: Instant,
    /// When the hold releases, or would have released, by itself; none for a counter sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Instant>,
    /// When it was handed out or given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Instant>,
    /// Why, if voided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<VoidReason>,
}
