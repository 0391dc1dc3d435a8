//! Redemption: points for goods, in two steps or in one.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
    /// Who pays.
    pub resident: Id,
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
}

/// What was reserved is to be given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VoidRedemption {
    /// Why.
    pub reason: VoidReason,
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
    /// The slip.
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
