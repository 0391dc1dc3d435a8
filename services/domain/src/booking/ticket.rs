//! The ticket (预约单): what was agreed on when something was booked, and out of which lots.

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::Decimal;

use crate::booking::Side;
use crate::id::{BookingId, ItemId, ResidentId, ResourceId, StationId, SupplierId};
use crate::quantity::{Fen, Minutes, Points};
use crate::resource::{Terms, in_a_row};
use crate::time::Timestamp;
use crate::wallet::LotTaken;

/// What a resident wants of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Request {
    /// The id that the booking will have.
    pub booking: BookingId,
    /// What is booked.
    pub resource: ResourceId,
    /// Who pays.
    pub resident: ResidentId,
    /// The start of the first slot.
    pub start: Timestamp,
    /// How many slots in a row.
    pub slots: u16,
    /// How many units in each of them.
    pub quantity: u32,
}

/// A booking on paper: the request, and all that was agreed.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Ticket {
    /// What was wanted.
    pub request: Request,
    /// Which item.
    pub item: ItemId,
    /// Who supplies it.
    pub supplier: SupplierId,
    /// The station that hands out the key.
    pub station: StationId,
    /// How long a slot is.
    pub slot: Minutes,
    /// Points for one unit and one slot.
    pub price: Points,
    /// What one unit and one slot costs the pools, in fen.
    pub cost: Fen,
    /// Points for all of it.
    pub total: Points,
    /// The lots that pay, soonest expiry first; they sum to the total.
    pub lots: Vec<LotTaken>,
    /// What was agreed.
    pub terms: Terms,
}

impl Ticket {
    /// The starts of its slots.
    pub fn starts(&self) -> impl Iterator<Item = Timestamp> + use<> {
        in_a_row(self.request.start, self.slot, self.request.slots)
    }

    /// The first instant after its last slot.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        let slots = u32::from(self.request.slots);
        self.request.start.after(Minutes::new(self.slot.get().saturating_mul(slots)))
    }

    /// From when the key is handed out.
    #[must_use]
    pub fn key_from(&self) -> Timestamp {
        self.request.start.before(self.terms.key_from)
    }

    /// Until when the resident cancels free of charge.
    #[must_use]
    pub fn free_until(&self) -> Timestamp {
        self.request.start.before(self.terms.free_until)
    }

    /// Units of all slots together.
    #[must_use]
    pub fn units(&self) -> u64 {
        u64::from(self.request.quantity).saturating_mul(u64::from(self.request.slots))
    }

    /// What all of it costs the pools, or `None` past the range.
    #[must_use]
    pub fn total_cost(&self) -> Option<Fen> {
        self.cost.times(self.request.quantity)?.times(u32::from(self.request.slots))
    }

    /// The part of the price that is kept when this side calls it off at `now`.
    pub(crate) fn part_kept(&self, by: Side, now: Timestamp) -> Decimal {
        match by {
            Side::Resident if now > self.free_until() => self.terms.late_part,
            Side::Resident | Side::Station | Side::Supplier | Side::Erased => Decimal::ZERO,
        }
    }

    /// Its lots in two: what makes up `kept`, soonest expiry first, and the rest.
    pub(crate) fn split(&self, kept: Points) -> (Vec<LotTaken>, Vec<LotTaken>) {
        let (mut first, mut rest, mut wanted) = (Vec::new(), Vec::new(), kept);
        for part in &self.lots {
            let points = wanted.min(part.points);
            let left = part.points.minus(points).unwrap_or_default();
            wanted = wanted.minus(points).unwrap_or_default();
            if !points.is_zero() {
                first.push(LotTaken { points, ..*part });
            }
            if !left.is_zero() {
                rest.push(LotTaken { points: left, ..*part });
            }
        }
        (first, rest)
    }
}
