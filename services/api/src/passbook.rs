//! The passbook (爱心存折): lines on paper for people without a phone, each with a code by which
//! anybody who holds the paper can ask whether the ledger says the same.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::wallet::StatementKind;
use crate::{Amount, Id, Instant};

/// A line as it is printed: what moved what can be spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PassbookLine {
    /// The receipt code: the record's position, then ten digits that are made of the resident and
    /// the record's bytes. Crockford's base 32, in groups.
    #[schema(example = "1F2K-8Q3ZT-0M7WC")]
    pub code: String,
    /// The record that moved the points.
    #[schema(example = 48_211)]
    pub position: u64,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// What moved them.
    pub kind: StatementKind,
    /// By how much; down if negative.
    pub amount: Amount,
    /// What could be spent afterwards.
    pub balance: Amount,
}

/// A stretch of a passbook, oldest line first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Passbook {
    /// Whose.
    pub resident: Id,
    /// The lines.
    pub lines: Vec<PassbookLine>,
    /// Are there more after these?
    pub more: bool,
}

/// What the ledger says to a receipt code. Nobody is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckedLines {
    /// In whose log it stands.
    #[schema(example = "gulou")]
    pub district: String,
    /// The lines of the record: one, unless it moved points of the resident more than once.
    pub lines: Vec<PassbookLine>,
}
