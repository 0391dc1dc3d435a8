//! What stands in the tables of balances. As changes, the amounts are what is to be added.

use linli_domain::Position;
use linli_domain::id::{LotId, OfficerId, PoolId, ResidentId, StatementId, SupplierId};
use linli_domain::quantity::{Fen, Merit, Minutes, Points};
use linli_domain::statement::DisputeReason;
use linli_domain::text::Reference;
use linli_domain::time::Timestamp;

use crate::cell::Uuid;
use crate::table::table;

table! {
    /// What a resident has. Everybody registered has one, an empty one at first.
    Wallet in Balances "wallet" {
        /// Whose.
        Key resident: ResidentId = "resident",
        /// What can be spent.
        Add available: Points = "available_hundredths",
        /// What is set aside for open redemptions.
        Add held: Points = "held_hundredths",
        /// What is owed since points were taken back that had been spent.
        Add receivable: Points = "receivable_hundredths",
        /// Verified service, which stars are given for, in minutes.
        Add minutes: i64 = "minutes",
        /// Entered afterwards, shown apart, in minutes.
        Add honour_minutes: i64 = "honour_minutes",
        /// Merit of all time.
        Add merit: Merit = "merit_hundredths",
    }
}

impl Wallet {
    /// An empty one.
    #[must_use]
    pub const fn empty(resident: ResidentId) -> Self {
        Self {
            resident,
            available: Points::ZERO,
            held: Points::ZERO,
            receivable: Points::ZERO,
            minutes: 0,
            honour_minutes: 0,
            merit: Merit::ZERO,
        }
    }

    /// Verified service, as the domain counts it.
    #[must_use]
    pub fn service(&self) -> Minutes {
        Minutes::new(u32::try_from(self.minutes).unwrap_or_default())
    }
}

table! {
    /// A lot that still holds something; one that is spent leaves the table.
    Lot in Balances "lot" {
        /// Whose.
        Key resident: ResidentId = "resident",
        /// Its name: the contribution whose award made it.
        Key lot: LotId = "lot",
        /// When it lapses. What came back with days of grace stands beside the rest of its lot.
        Key expires_at: Timestamp = "expires_at_us",
        /// The pool it came from.
        Fix pool: PoolId = "pool",
        /// What of it can be spent.
        Add available: Points = "available_hundredths",
        /// What of it is set aside for open redemptions.
        Add held: Points = "held_hundredths",
    }
}

impl Lot {
    /// Does it hold nothing any longer?
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.available == Points::ZERO && self.held == Points::ZERO
    }
}

table! {
    /// What moved in a lot that was there before: a change to [`Lot`].
    Part in Balances "lot" {
        /// Whose.
        Key resident: ResidentId = "resident",
        /// Which lot.
        Key lot: LotId = "lot",
        /// Which date of it.
        Key expires_at: Timestamp = "expires_at_us",
        /// How much more of it can be spent.
        Add available: Points = "available_hundredths",
        /// How much more of it is set aside.
        Add held: Points = "held_hundredths",
    }
}

impl Part {
    /// Does a lot `t` hold nothing any longer once it is changed by `u`? As
    /// [`is_spent`](Lot::is_spent), in SQL.
    pub(crate) const SPENT: &str = "t.available_hundredths + u.available_hundredths = 0 \
                                    AND t.held_hundredths + u.held_hundredths = 0";
}

/// Which of a resident's balances a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// What can be spent.
    Available,
    /// What is set aside.
    Held,
    /// What is owed.
    Receivable,
}

/// What moved a resident's points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An award; the reference is the contribution.
    Earned,
    /// Set aside for a redemption, which is the reference in this and the next four.
    Reserved,
    /// Paid for what was reserved.
    Captured,
    /// Given back on somebody's wish.
    Voided,
    /// Given back by the deadline.
    TimedOut,
    /// Paid over the counter.
    Sold,
    /// Lapsed; the reference is the lot.
    Lapsed,
    /// Paid in part for what was reserved, and the rest given back.
    PartCaptured,
    /// Given back for what came back.
    Returned,
    /// Set aside for a voucher, which is the reference in this and the next three.
    VoucherIssued,
    /// Paid for a voucher that was used.
    VoucherUsed,
    /// Given back for a voucher that nobody used, but for what lapsed.
    VoucherExpired,
    /// Given back for a voucher that was given back.
    VoucherReturned,
    /// Taken back with a reversed award, or owed since; the reference is the contribution.
    Reversed,
    /// Repaid out of an award; the reference is the contribution that earned it.
    Repaid,
    /// Set aside for a booking, which is the reference in this and the next three.
    Booked,
    /// Paid for what was booked and used.
    BookingUsed,
    /// Given back for what was called off, but for a part that may be kept.
    BookingCancelled,
    /// Given back for what nobody used, but for a part that may be kept.
    NotShown,
    /// A reversal was found wrong: given back, or owed no longer.
    Restored,
    /// Lapsed, or written off, since the account was closed; the reference is the resident.
    Closed,
}

table! {
    /// A line of a resident's statement: one posting.
    Line in Balances "line" {
        /// Whose.
        Key resident: ResidentId = "resident",
        /// The record that did it.
        Key position: Position = "position",
        /// Which of the record's postings, from 0.
        Key ordinal: u16 = "ordinal",
        /// Which balance.
        Fix side: Side = "side",
        /// What moved it.
        Fix kind: Kind = "kind",
        /// By how much; down if negative.
        Fix amount: Points = "amount_hundredths",
        /// What that balance stood at afterwards.
        Fix balance: Points = "balance_hundredths",
        /// The contribution, redemption or lot, by [`Kind`].
        Fix reference: Uuid = "reference",
        /// When it happened.
        Fix happened_at: Timestamp = "happened_at_us",
        /// When it was recorded.
        Fix recorded_at: Timestamp = "recorded_at_us",
    }
}

table! {
    /// What a pool was given and gave.
    PoolAccount in Balances "pool_account" {
        /// Which pool.
        Key pool: PoolId = "pool",
        /// Points its funder has put in.
        Add funded: Points = "funded_hundredths",
        /// Points it still has to give.
        Add left: Points = "left_hundredths",
        /// Points that were awarded out of it, less what came back.
        Add drawn: Points = "drawn_hundredths",
        /// Of these, points that lapsed.
        Add lapsed: Points = "lapsed_hundredths",
        /// Of these, points that are owed to it: taken back after they were spent, not repaid yet.
        Add claims: Points = "claims_hundredths",
    }
}

impl PoolAccount {
    /// One in which nothing moved.
    #[must_use]
    pub const fn empty(pool: PoolId) -> Self {
        let nothing = Points::ZERO;
        let (funded, left, drawn) = (nothing, nothing, nothing);
        Self { pool, funded, left, drawn, lapsed: nothing, claims: nothing }
    }
}

table! {
    /// What a supplier has handed out goods for.
    SupplierAccount in Balances "supplier_account" {
        /// Which supplier.
        Key supplier: SupplierId = "supplier",
        /// Points redeemed for its goods, which it is to be paid for.
        Add owed: Points = "owed_hundredths",
        /// What they cost the pools, in fen.
        Add owed_fen: Fen = "owed_fen",
        /// Points it was paid for.
        Add settled: Points = "settled_hundredths",
        /// What it was paid, in fen.
        Add settled_fen: Fen = "settled_fen",
    }
}

impl SupplierAccount {
    /// One of which nothing was redeemed.
    #[must_use]
    pub const fn empty(supplier: SupplierId) -> Self {
        let (owed, settled) = (Points::ZERO, Points::ZERO);
        Self { supplier, owed, owed_fen: Fen::ZERO, settled, settled_fen: Fen::ZERO }
    }
}

table! {
    /// What an office answers for.
    LossAccount in Balances "loss_account" {
        /// Which office.
        Key officer: OfficerId = "officer",
        /// Points paid back to residents for what can't be handed out again.
        Add points: Points = "points_hundredths",
        /// Pieces lost.
        Add lost_pieces: i64 = "lost_pieces",
        /// What they cost, in fen.
        Add lost_fen: Fen = "lost_fen",
        /// Pieces that counts found too many.
        Add surplus_pieces: i64 = "surplus_pieces",
        /// What they cost, in fen.
        Add surplus_fen: Fen = "surplus_fen",
    }
}

impl LossAccount {
    /// One that answers for nothing yet.
    #[must_use]
    pub const fn empty(officer: OfficerId) -> Self {
        Self {
            officer,
            points: Points::ZERO,
            lost_pieces: 0,
            lost_fen: Fen::ZERO,
            surplus_pieces: 0,
            surplus_fen: Fen::ZERO,
        }
    }
}

table! {
    /// A statement of what a supplier is to be paid. Its figures stand in the record that closed
    /// the period.
    Statement in Balances "statement" {
        /// Its id.
        Key statement: StatementId = "statement",
        /// Whose.
        Fix supplier: SupplierId = "supplier",
        /// The finance desk's name for the period.
        Fix label: Reference = "label",
        /// The record that closed the period.
        Fix position: Position = "position",
        /// When.
        Fix issued_at: Timestamp = "issued_at_us",
        /// The record that settled it.
        Set settled_position: Option<Position> = "settled_position",
        /// The reference of the payment.
        Set payment: Option<Reference> = "payment",
        /// What was paid, in points.
        Set paid: Option<Points> = "paid_hundredths",
        /// What was paid, in fen.
        Set paid_fen: Option<Fen> = "paid_fen",
    }
}

table! {
    /// A payment: a change to [`Statement`].
    Settlement in Balances "statement" {
        /// Of which statement.
        Key statement: StatementId = "statement",
        /// The record that settled it.
        Set settled_position: Option<Position> = "settled_position",
        /// The reference of the payment.
        Set payment: Option<Reference> = "payment",
        /// What was paid, in points.
        Set paid: Option<Points> = "paid_hundredths",
        /// What was paid, in fen.
        Set paid_fen: Option<Fen> = "paid_fen",
    }
}

table! {
    /// A disputed line of a statement.
    Disputed in Balances "disputed" {
        /// Of which statement.
        Key statement: StatementId = "statement",
        /// Which item; nil for the line of all others.
        Key item: Uuid = "item",
        /// Why.
        Fix reason: DisputeReason = "reason",
        /// What the line should amount to, in points.
        Fix claimed: Points = "claimed_hundredths",
        /// And in fen.
        Fix claimed_fen: Fen = "claimed_fen",
        /// The finance desk's reference, once it is resolved.
        Set resolution: Option<Reference> = "resolution",
        /// Was it upheld?
        Set upheld: Option<bool> = "upheld",
        /// By how much the line was corrected, in points.
        Set correction: Points = "correction_hundredths",
        /// And in fen.
        Set correction_fen: Fen = "correction_fen",
    }
}

table! {
    /// How a dispute was resolved: a change to [`Disputed`].
    Resolved in Balances "disputed" {
        /// Of which statement.
        Key statement: StatementId = "statement",
        /// Which item; nil for the line of all others.
        Key item: Uuid = "item",
        /// The finance desk's reference.
        Set resolution: Option<Reference> = "resolution",
        /// Was it upheld?
        Set upheld: Option<bool> = "upheld",
        /// By how much the line was corrected, in points.
        Set correction: Points = "correction_hundredths",
        /// And in fen.
        Set correction_fen: Fen = "correction_fen",
    }
}
