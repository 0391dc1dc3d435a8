//! Wallets: what a resident has to spend, and how it came about.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::redemption::LotTaken;
use crate::{Amount, Id, Instant};

/// What a resident has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Wallet {
    /// Whose.
    pub resident: Id,
    /// What can be spent.
    pub available: Amount,
    /// What is set aside for open redemptions, vouchers and bookings.
    pub held: Amount,
    /// What is owed since points were taken back that had been spent; half of later awards at the
    /// most repays it.
    pub receivable: Amount,
}

/// Points that came together and lapse together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Lot {
    /// Its name: the contribution whose award made it.
    pub lot: Id,
    /// The pool it came from.
    pub pool: Id,
    /// When it lapses.
    pub expires_at: Instant,
    /// What of it can be spent.
    pub available: Amount,
    /// What of it is set aside.
    pub held: Amount,
}

/// All lots that still hold something, soonest expiry first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Lots {
    /// Whose.
    pub resident: Id,
    /// The lots.
    pub lots: Vec<Lot>,
}

/// Points that lapse together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Lapse {
    /// When they lapse.
    pub at: Instant,
    /// What of them can be spent: so much lapses if it isn't.
    pub available: Amount,
    /// What of them is set aside: it lapses then if it is given back later.
    pub held: Amount,
    /// What can still be spent after that, if nothing else happens.
    pub left: Amount,
}

/// All dates on which points of a resident lapse, soonest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExpirySchedule {
    /// Whose.
    pub resident: Id,
    /// The dates.
    pub lapses: Vec<Lapse>,
}

/// Which of a resident's balances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// What can be spent.
    Available,
    /// What is set aside.
    Held,
    /// What is owed.
    Receivable,
}

/// What moved points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatementKind {
    /// An award issued points.
    Earned,
    /// Points were set aside.
    Reserved,
    /// What was set aside was handed out.
    Captured,
    /// What was set aside was given back.
    Voided,
    /// What was set aside was given back by the deadline.
    TimedOut,
    /// Handed out at once.
    Sold,
    /// A lot lapsed.
    Lapsed,
    /// What was set aside was handed out in part, and the rest given back.
    PartCaptured,
    /// What was handed out came back.
    Returned,
    /// Set aside for a voucher.
    VoucherIssued,
    /// A voucher was used.
    VoucherUsed,
    /// Nobody used a voucher: its points went back, or lapsed.
    VoucherExpired,
    /// A voucher was given back.
    VoucherReturned,
    /// An award was taken back: what could be spent went, what had been spent is owed.
    Reversed,
    /// An award repaid what was owed.
    Repaid,
    /// Set aside for a booking.
    Booked,
    /// What was booked was used.
    BookingUsed,
    /// What was booked was called off; a part may be kept.
    BookingCancelled,
    /// Nobody used what was booked; a part may be kept.
    NotShown,
    /// A reversal was found wrong: given back, or owed no longer.
    Restored,
    /// The account was closed for good: what could be spent lapsed, what was owed was written off.
    Closed,
}

/// One line of a statement: one posting to one of the balances.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatementLine {
    /// The record that moved the points.
    #[schema(example = 48_211)]
    pub position: u64,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// When it happened.
    pub happened_at: Instant,
    /// Which balance moved.
    pub side: Side,
    /// What moved it.
    pub kind: StatementKind,
    /// The contribution, the redemption, the booking or the lot.
    pub reference: Id,
    /// By how much; down if negative.
    pub amount: Amount,
    /// What that balance stood at afterwards.
    pub balance: Amount,
}

/// What was taken back of a reversed award's points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recalled {
    /// Whose.
    pub resident: Id,
    /// The contribution.
    pub contribution: Id,
    /// The pool that the points came from.
    pub pool: Id,
    /// What could be spent and went back.
    pub back: Vec<LotTaken>,
    /// How much more is owed; less if negative.
    pub owed: Amount,
}
