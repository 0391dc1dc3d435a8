//! How a booking ended: what of its points the supplier has, and what lapsed.

use rust_decimal::Decimal;

use crate::booking::Ticket;
use crate::quantity::{Fen, Points};
use crate::statement::Due;
use crate::time::Timestamp;
use crate::wallet::LotTaken;

/// A ticket that ended, and what became of its points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// What had been agreed.
    pub ticket: Ticket,
    /// What the supplier has of the lots, soonest expiry first.
    pub kept: Vec<LotTaken>,
    /// What the supplier is to be paid for it, in fen.
    pub cost: Fen,
    /// Of the rest, what had passed its date meanwhile and lapsed at once; all of it if the resident
    /// was erased.
    pub lapsed: Vec<LotTaken>,
}

impl Ended {
    /// One of which the supplier has all. `None` past the range.
    #[must_use]
    pub fn whole(ticket: Ticket) -> Option<Self> {
        let (kept, cost) = (ticket.lots.clone(), ticket.total_cost()?);
        Some(Self { ticket, kept, cost, lapsed: Vec::new() })
    }

    /// One of which the supplier has this part, 0 to 1, rounded down to the hundredth; of the rest,
    /// what has passed its date by `now` lapses. `None` past the range.
    pub(crate) fn of(ticket: &Ticket, part: Decimal, now: Timestamp) -> Option<Self> {
        let (kept, rest) = ticket.split(ticket.total.part(part)?);
        let cost = ticket.total_cost()?.part(part)?;
        let lapsed = rest.into_iter().filter(|part| part.expires_at <= now).collect();
        Some(Self { ticket: ticket.clone(), kept, cost, lapsed })
    }

    /// What the supplier is to be paid, or `None` past the range.
    #[must_use]
    pub fn due(&self) -> Option<Due> {
        Some(Due { points: LotTaken::sum(&self.kept)?, fen: self.cost })
    }

    /// What came back and can be spent again, or `None` past the range.
    #[must_use]
    pub fn back(&self) -> Option<Points> {
        let gone = LotTaken::sum(&self.kept)?.plus(LotTaken::sum(&self.lapsed)?)?;
        self.ticket.total.minus(gone)
    }

    /// The parts of lots that came back.
    #[must_use]
    pub fn lots_back(&self) -> Vec<LotTaken> {
        let kept = LotTaken::sum(&self.kept).unwrap_or_default();
        let (_, rest) = self.ticket.split(kept);
        rest.into_iter().filter(|part| !self.lapsed.contains(part)).collect()
    }
}
