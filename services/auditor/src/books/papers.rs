//! Papers that people signed: counts of shelves, statements of suppliers.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// How many of them the books were held against, and what they amount to. Each was compared with
/// the books when it came: a count with what had to be on the shelf, a statement with what the
/// supplier's account stood at.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize,
)]
pub struct Papers {
    /// Shelves counted.
    pub counts: u64,
    /// Pieces that were not there, over all counts.
    pub missing: u64,
    /// Pieces that nobody knew of, over all counts.
    pub surplus: u64,
    /// Statements issued.
    pub statements: u64,
    /// Lines disputed.
    pub disputed: u64,
    /// Statements paid.
    pub settled: u64,
}

impl Papers {
    pub(super) fn counted(&mut self, expected: u32, found: u32) {
        self.counts = self.counts.saturating_add(1);
        self.missing = self.missing.saturating_add(expected.saturating_sub(found).into());
        self.surplus = self.surplus.saturating_add(found.saturating_sub(expected).into());
    }

    pub(super) fn stated(&mut self) {
        self.statements = self.statements.saturating_add(1);
    }

    pub(super) fn disputed(&mut self) {
        self.disputed = self.disputed.saturating_add(1);
    }

    pub(super) fn settled(&mut self) {
        self.settled = self.settled.saturating_add(1);
    }
}
