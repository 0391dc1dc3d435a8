//! What a projection shows: sums that only add, so that a record left out or taken twice stays
//! visible for good.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use linli_domain::posting::Account;
use linli_domain::{Origin, Record};

/// Sums over records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many records.
    records: u64,
    /// The sum of their positions.
    positions: u64,
    /// How many happened by themselves.
    deadlines: u64,
    /// Hundredths of points on each account.
    balances: BTreeMap<Account, i64>,
}

impl Totals {
    /// Adds a record.
    pub fn add(&mut self, record: &Record) {
        self.records = self.records.wrapping_add(1);
        self.positions = self.positions.wrapping_add(record.position.0);
        if record.origin == Origin::Deadline {
            self.deadlines = self.deadlines.wrapping_add(1);
        }
        for posting in &record.postings {
            let sum = self.balances.entry(posting.account).or_default();
            *sum = sum.wrapping_add(posting.amount.hundredths());
        }
    }

    /// Adds the sums of others.
    pub fn merge(&mut self, other: &Self) {
        self.records = self.records.wrapping_add(other.records);
        self.positions = self.positions.wrapping_add(other.positions);
        self.deadlines = self.deadlines.wrapping_add(other.deadlines);
        for (account, amount) in &other.balances {
            let sum = self.balances.entry(*account).or_default();
            *sum = sum.wrapping_add(*amount);
        }
    }

    /// One number for all of it (SipHash with fixed keys: the same on every run).
    #[must_use]
    pub fn digest(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.records, self.positions, self.deadlines).hash(&mut hasher);
        self.balances.hash(&mut hasher);
        hasher.finish()
    }
}
