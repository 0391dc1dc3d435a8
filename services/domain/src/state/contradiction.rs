//! What a record may not do to the state.

use thiserror::Error;

use crate::Position;

/// A law that every record obeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Law {
    /// Positions follow each other without a gap.
    Position,
    /// Recorded times never go back.
    RecordedTime,
    /// The time at which something happened is the one that its fact tells.
    HappenedTime,
    /// What a fact speaks of is there, in the condition that it needs.
    Known,
    /// The postings are those that the fact leads to, with balances and versions after them.
    Postings,
    /// Postings sum to zero, and so do all accounts.
    ZeroSum,
    /// No account but a funder's, and what is owed to a pool, is below zero: nobody overspends, no pool gives more than it has.
    NonNegative,
    /// The lots of a wallet sum to its balances.
    Lots,
    /// What a resident owes, debt by debt, sums to the account.
    Debts,
    /// Each piece that came in is on hand or accounted for, and no more is reserved than is on
    /// hand.
    Stock,
    /// Of no slot is more taken than there is, and what is booked is what is taken.
    Capacity,
    /// No more is handed out under an allowance than it grants, and each number counts once.
    Allowance,
    /// No activity has more seats taken, or gives more time, than it has.
    Seats,
    /// Each seat ends once.
    SeatEndsOnce,
    /// Each hold ends once.
    HoldEndsOnce,
    /// A supplier's payable, and a statement of it, stands at what the account says.
    Statement,
    /// No title stands without its hours, and no certificate says more than was served.
    Honours,
    /// Who was erased holds nothing, owes nothing and is shown in no ranking.
    Erased,
    /// No two contributions of one person overlap.
    NoOverlap,
    /// An amount stays within its range.
    Range,
    /// Nothing on notice was awarded, and nobody on a panel has to do with the case.
    Notice,
    /// What a check holds was not awarded.
    Held,
    /// The rules in force then lead from the wish to the facts.
    Rules,
    /// Stored time sums to zero, nobody has less than may be owed, and a chest grants what it can.
    StoredTime,
    /// Nothing happens by itself before its time, or otherwise than its deadline says.
    Deadline,
}

impl Law {
    /// The law in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Position => "positions follow each other",
            Self::RecordedTime => "recorded times never go back",
            Self::HappenedTime => "a fact tells when it happened",
            Self::Known => "what a fact speaks of is there",
            Self::Postings => "postings follow from the fact",
            Self::ZeroSum => "all accounts sum to zero",
            Self::NonNegative => "no account is overdrawn",
            Self::Lots => "lots sum to the wallet",
            Self::Debts => "debts sum to what is owed",
            Self::Stock => "stock that came in is on hand or accounted for",
            Self::Capacity => "no slot is booked twice",
            Self::Allowance => "no more is handed out off line than was granted",
            Self::Seats => "no activity gives more than its seats and its time",
            Self::SeatEndsOnce => "each seat ends once",
            Self::HoldEndsOnce => "each hold ends once",
            Self::Statement => "what a supplier is to be paid is what its account says",
            Self::Honours => "a title has its hours and a certificate is true",
            Self::Erased => "who was erased has nothing left",
            Self::NoOverlap => "nobody is in two places at once",
            Self::Notice => "what stands on notice waits, and strangers to it decide",
            Self::Held => "what a check holds waits",
            Self::Range => "amounts stay within their range",
            Self::Rules => "the rules lead to the facts",
            Self::StoredTime => "stored time sums to zero and chests grant what they can",
            Self::Deadline => "deadlines come in their time",
        }
    }
}

/// A record, or a state, that breaks a law. The state it was found in is of no more use.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("record {position} breaks the law that {}: {found}", law.words())]
pub struct Contradiction {
    /// The record.
    pub position: Position,
    /// The law.
    pub law: Law,
    /// What was found.
    pub found: String,
}
