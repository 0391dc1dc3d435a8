//! The slip (兑换单): what was redeemed, at what price, out of which lots.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{ItemId, RedemptionId, ResidentId, ShiftId, StationId, SupplierId};
use crate::quantity::{Fen, Points};
use crate::redemption::Shown;
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
    /// The shift of the station in which it was handed out, or reserved if it wasn't yet; none if
    /// nobody had one open.
    pub shift: Option<ShiftId>,
    /// What the resident showed when it was handed out, or reserved if it wasn't yet; none if
    /// nothing was told.
    pub shown: Option<Shown>,
    /// What.
    pub lines: Vec<Line>,
    /// Points for all of it.
    pub total: Points,
    /// The lots that pay, soonest expiry first; they sum to the total.
    pub lots: Vec<LotTaken>,
}

impl Slip {
    /// A part of it: of each line as many as `count` says, and of the lots those that lapse
    /// first, as if no more had ever been wished. `None` if a line has fewer, or past the range.
    #[must_use]
    pub fn part(&self, count: impl Fn(&Line) -> u32) -> Option<Self> {
        let mut lines = Vec::with_capacity(self.lines.len());
        let mut total = Points::ZERO;
        for line in &self.lines {
            let quantity = count(line);
            if quantity > line.quantity {
                return None;
            }
            if quantity > 0 {
                let line = Line { quantity, ..*line };
                total = total.plus(line.total()?)?;
                lines.push(line);
            }
        }
        let mut wanted = total;
        let mut lots = Vec::new();
        for lot in &self.lots {
            let points = wanted.min(lot.points);
            if points.is_zero() {
                break;
            }
            wanted = wanted.minus(points)?;
            lots.push(LotTaken { points, ..*lot });
        }
        wanted.is_zero().then_some(Self { lines, total, lots, ..self.clone() })
    }

    /// What is left without a part; `None` if the part is none of it.
    #[must_use]
    pub fn less(&self, part: &Self) -> Option<Self> {
        let mut lines = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            let taken = part.quantity_of(line.item);
            let quantity = line.quantity.checked_sub(taken)?;
            if quantity > 0 {
                lines.push(Line { quantity, ..*line });
            }
        }
        let mut lots = Vec::with_capacity(self.lots.len());
        for lot in &self.lots {
            let key = (lot.lot, lot.expires_at);
            let same = part.lots.iter().find(|taken| (taken.lot, taken.expires_at) == key);
            let points = lot.points.minus(same.map_or(Points::ZERO, |taken| taken.points))?;
            if points.is_negative() {
                return None;
            }
            if !points.is_zero() {
                lots.push(LotTaken { points, ..*lot });
            }
        }
        let total = self.total.minus(part.total)?;
        Some(Self { lines, total, lots, ..self.clone() })
    }

    /// How many of an item stand on it.
    #[must_use]
    pub fn quantity_of(&self, item: ItemId) -> u32 {
        self.lines.iter().find(|line| line.item == item).map_or(0, |line| line.quantity)
    }

    /// The same handed out in that shift on that word: what is reserved in one shift may be handed
    /// out in the next.
    #[must_use]
    pub fn handed(&self, shift: Option<ShiftId>, shown: Option<Shown>) -> Self {
        Self { shift, shown, ..self.clone() }
    }

    /// Does nothing stand on it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Of the lots that pay, those whose date has passed by `now`.
    #[must_use]
    pub fn lapsed_by(&self, now: Timestamp) -> Vec<LotTaken> {
        self.lots.iter().filter(|part| part.expires_at <= now).copied().collect()
    }
}
