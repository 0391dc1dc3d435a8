//! What stands in the tables of balances. As changes, the amounts are what is to be added.

use linli_domain::Position;
use linli_domain::id::{LotId, PoolId, ResidentId, SupplierId};
use linli_domain::quantity::{Merit, Minutes, Points};
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
        /// The pool it came from.
        Fix pool: PoolId = "pool",
        /// When it lapses.
        Fix expires_at: Timestamp = "expires_at_us",
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
        /// How much more of it can be spent.
        Add available: Points = "available_hundredths",
        /// How much more of it is set aside.
        Add held: Points = "held_hundredths",
    }
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
    /// Taken back with a reversed award, or owed since; the reference is the contribution.
    Reversed,
    /// Repaid out of an award; the reference is the contribution that earned it.
    Repaid,
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
    }
}
