//! The slip (兑换单): what was redeemed, at what price, out of which lots.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{ItemId, RedemptionId, ResidentId, StationId, SupplierId};
use crate::quantity::{Fen, Points};
use crate::time::Timestamp;
use crate::wallet::LotTaken;

/// One item on a slip, at the price of the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Line {
    /// Which item.
    pub item: ItemId,
    /// Who supplies it.
    pub supplier: SupplierId,
    /// How many.
    pub quantity: u32,
    /// Points for each.
    pub price: Points,
    /// What each costs the pools, in fen.
    pub cost: Fen,
    /// Is its stock counted at the station?
    pub stocked: bool,
}

impl Line {
    /// Points for all of it, or `None` past the range.
    #[must_use]
    pub fn total(&self) -> Option<Points> {
        self.price.times(self.quantity)
    }
}

/// A redemption on paper.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Slip {
    /// Its id.
    pub redemption: RedemptionId,
    /// Who pays.
    pub resident: ResidentId,
    /// Where.
    pub station: StationId,
    /// What.
    pub lines: Vec<Line>,
    /// Points for all of it.
    pub total: Points,
    /// The lots that pay, soonest expiry first; they sum to the total.
    pub lots: Vec<LotTaken>,
}

impl Slip {
    /// Of the lots that pay, those whose date has passed by `now`.
    #[must_use]
    pub fn lapsed_by(&self, now: Timestamp) -> Vec<LotTaken> {
        self.lots.iter().filter(|part| part.expires_at <= now).copied().collect()
    }
}
