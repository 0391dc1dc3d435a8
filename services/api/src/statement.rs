//! Statements of what suppliers are to be paid, their disputes, and payments.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Amount, Bilingual, Hash, Id, Instant};

/// An amount owed, in points and in money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Due {
    /// In points.
    pub points: Amount,
    /// In yuan.
    pub yuan: Amount,
}

/// A period to be closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueStatement {
    /// The id that the statement will have; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<Id>,
    /// Whose.
    pub supplier: Id,
    /// The finance desk's name for the period, 1 to 64 characters.
    #[schema(example = "2025-Q1", max_length = 64)]
    pub label: String,
}

/// All of one item in the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatedLine {
    /// Which item; none: all those together for which a statement had no line any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
    /// Pieces handed out.
    pub captured_pieces: u64,
    /// What they come to.
    pub captured: Due,
    /// Pieces that came back at the supplier's charge.
    pub returned_pieces: u64,
    /// What they come to.
    pub returned: Due,
}

/// The figures of a statement: opening + captured − returned + corrected − paid = closing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatementIssued {
    /// Its id.
    pub statement: Id,
    /// Whose.
    pub supplier: Id,
    /// The finance desk's name for the period.
    pub label: String,
    /// The record that closed the period before; 0 for a supplier's first.
    pub since: u64,
    /// What was open then.
    pub opening: Due,
    /// What was handed out in the period.
    pub captured: Due,
    /// What came back in the period.
    pub returned: Due,
    /// What was corrected in the period, on disputes of earlier statements; down if negative.
    pub corrected: Due,
    /// What was paid in the period.
    pub paid: Due,
    /// What is open at its end: what the supplier's account stands at.
    pub closing: Due,
    /// What makes up captured and returned, by item.
    pub lines: Vec<StatedLine>,
}

/// Why a line is disputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
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

/// A line to be disputed by the supplier that the key is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeLine {
    /// Which line; none: that of all other items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
    /// Why.
    pub reason: DisputeReason,
    /// What the line should amount to.
    pub claimed: Due,
}

/// A disputed line to be resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveDispute {
    /// Which line; none: that of all other items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
    /// What the line is corrected to; none: the dispute is dismissed and the line stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upheld: Option<Due>,
    /// The finance desk's reference, 1 to 64 characters.
    #[schema(max_length = 64)]
    pub reference: String,
}

/// A payment to be entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleStatement {
    /// The reference of the payment, 1 to 64 characters.
    #[schema(example = "PAY-2025-0042", max_length = 64)]
    pub reference: String,
}

/// A line that was disputed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineDisputed {
    /// Of which statement.
    pub statement: Id,
    /// Whose.
    pub supplier: Id,
    /// Which line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
    /// Why.
    pub reason: DisputeReason,
    /// What the line should amount to.
    pub claimed: Due,
}

/// A dispute that was resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DisputeResolved {
    /// Of which statement.
    pub statement: Id,
    /// Whose.
    pub supplier: Id,
    /// Which line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
    /// Was it upheld?
    pub upheld: bool,
    /// By how much the line was corrected, and the account with it; down if negative.
    pub correction: Due,
    /// The finance desk's reference.
    pub reference: String,
}

/// A statement that was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatementSettled {
    /// Which.
    pub statement: Id,
    /// Whose.
    pub supplier: Id,
    /// What was paid: captured − returned of the period, and its corrections.
    pub paid: Due,
    /// The reference of the payment.
    pub reference: String,
}

/// What has become of a disputed line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Dispute {
    /// Which line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
    /// Why.
    pub reason: DisputeReason,
    /// What the line should amount to, as the supplier says.
    pub claimed: Due,
    /// Was it upheld? None while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upheld: Option<bool>,
    /// By how much the line was corrected.
    pub correction: Due,
    /// The finance desk's reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// A statement in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatementHead {
    /// Its id.
    pub statement: Id,
    /// Whose.
    pub supplier: Id,
    /// The finance desk's name for the period.
    pub label: String,
    /// The record that closed the period: all before it is in this or an earlier statement.
    pub position: u64,
    /// When.
    pub issued_at: Instant,
    /// The reference of the payment; none while it is to be paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<String>,
    /// What was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<Due>,
}

/// What an item is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemName {
    /// Which.
    pub item: Id,
    /// Its name.
    pub name: Bilingual,
}

/// A statement, as the record that closed the period says, and what has become of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SupplierStatement {
    /// Which, whose, when, and whether it is paid.
    pub head: StatementHead,
    /// The leaf of the record that closed it: its receipt proves it in the log's signed tree.
    pub leaf: Hash,
    /// The root of the log's tree whose last leaf is that record: it seals the period, and every
    /// later signed checkpoint proves that the log began so. None until the tree has grown so far,
    /// within a second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<Hash>,
    /// Its figures.
    pub figures: StatementIssued,
    /// What the items of its lines are called.
    pub names: Vec<ItemName>,
    /// Its disputed lines.
    pub disputes: Vec<Dispute>,
}
