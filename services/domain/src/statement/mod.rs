//! Statements (对账单): what a supplier is to be paid for a period, line by line; disputed,
//! resolved, and settled with a reference of payment.
//!
//! A statement is closed by its own record: whatever stands before it in the log is in it or in
//! one before, and whatever comes later, a late return too, falls into the next. Its figures
//! follow from the log up to that position, and the log's root there seals them.

mod decide;
mod due;
mod evolve;
mod payable;

pub use decide::LINES_MAX;
pub(crate) use decide::decide;
pub use due::{Due, Volume};
pub(crate) use evolve::evolve;
pub use payable::{Payable, Tally};

use borsh::{BorshDeserialize, BorshSerialize};

use crate::Position;
use crate::id::{ItemId, StatementId, SupplierId};
use crate::text::Reference;

/// A statement to be issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The id that it will have.
    pub statement: StatementId,
    /// Whose.
    pub supplier: SupplierId,
    /// The finance desk's name for the period, such as `2025-Q1`.
    pub label: Reference,
}

/// A line of a statement: all of one item in the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct StatedLine {
    /// Which item; none: all those together for which a statement had no line any more.
    pub item: Option<ItemId>,
    /// What was handed out and came back.
    pub tally: Tally,
}

/// A statement as issued: opening + captured − returned + corrected − paid = closing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What was wished.
    pub issue: Issue,
    /// The record that closed the one before; the beginning for a supplier's first.
    pub since: Position,
    /// What was open when the one before was closed.
    pub opening: Due,
    /// What was handed out in the period.
    pub captured: Due,
    /// What came back in the period.
    pub returned: Due,
    /// What was corrected in the period, on disputes of earlier statements; down if negative.
    pub corrected: Due,
    /// What was paid in the period.
    pub paid: Due,
    /// What is open now: what the supplier's account stands at.
    pub closing: Due,
    /// What makes up captured and returned, by item.
    pub lines: Vec<StatedLine>,
}

/// Why a supplier disputes a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum DisputeReason {
    /// Something that was handed out is missing.
    Missing,
    /// The quantity is wrong.
    Quantity,
    /// The price or the cost is wrong.
    Price,
    /// A return is in it that was none, or none of the supplier's.
    Return,
}

/// A supplier's word against a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Dispute {
    /// Of which statement.
    pub statement: StatementId,
    /// Which line.
    pub item: Option<ItemId>,
    /// Why.
    pub reason: DisputeReason,
    /// What the line should amount to.
    pub claimed: Due,
}

/// The finance desk's word on a disputed line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Ruling {
    /// The line is corrected to this amount.
    Upheld(Due),
    /// The line stands.
    Dismissed,
}

/// A disputed line to be resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolve {
    /// Of which statement.
    pub statement: StatementId,
    /// Which line.
    pub item: Option<ItemId>,
    /// How.
    pub ruling: Ruling,
    /// The finance desk's reference.
    pub reference: Reference,
}

/// A statement to be settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settle {
    /// Which.
    pub statement: StatementId,
    /// The reference of the payment.
    pub reference: Reference,
}

/// What can be wished of statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Close a period.
    Issue(Issue),
    /// Dispute a line. The supplier is the one whose word it is.
    Dispute {
        /// Who disputes.
        supplier: SupplierId,
        /// Which line, and why.
        dispute: Dispute,
    },
    /// Resolve a dispute.
    Resolve(Resolve),
    /// Enter the payment.
    Settle(Settle),
}

/// What happened to statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A period was closed.
    Issued(Box<Statement>),
    /// A line was disputed.
    Disputed {
        /// Who disputed.
        supplier: SupplierId,
        /// Which line, and why.
        dispute: Dispute,
    },
    /// A dispute was resolved.
    Resolved {
        /// Whose statement it is.
        supplier: SupplierId,
        /// How it was resolved.
        resolve: Resolve,
        /// By how much the line was corrected, and the account with it; down if negative.
        correction: Due,
    },
    /// The payment was entered.
    Settled {
        /// Whose statement it is.
        supplier: SupplierId,
        /// Which, and by which reference.
        settle: Settle,
        /// What was paid: captured − returned of the period, and its corrections.
        paid: Due,
    },
}

/// What has become of a disputed line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Quarrel {
    /// The supplier has spoken.
    Open(Dispute),
    /// So has the finance desk.
    Resolved,
}

/// A line of an issued statement, in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Standing {
    /// Which item.
    pub item: Option<ItemId>,
    /// What it amounts to.
    pub due: Due,
    /// What has become of it, if it was disputed.
    pub quarrel: Option<Quarrel>,
}

/// An issued statement in the state.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Issued {
    /// Whose.
    pub supplier: SupplierId,
    /// What is to be paid for it.
    pub due: Due,
    /// Was it paid?
    pub settled: bool,
    /// Its lines, until it is settled; afterwards the log alone keeps them.
    pub lines: Vec<Standing>,
}
