//! The book of rule sets: all that were ever published, oldest first.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::rules::{RuleSet, RuleVersion};
use crate::time::Timestamp;

/// All rule sets, in the order of their versions and of their dates.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct RuleBook(Vec<RuleSet>);

impl RuleBook {
    /// The set in force at `at`: the latest whose date has come.
    #[must_use]
    pub fn in_force(&self, at: Timestamp) -> Option<&RuleSet> {
        self.0.iter().rev().find(|rules| rules.effective_from <= at)
    }

    /// The set of this version.
    #[must_use]
    pub fn version(&self, version: RuleVersion) -> Option<&RuleSet> {
        self.0.iter().find(|rules| rules.version == version)
    }

    /// The one published last.
    #[must_use]
    pub fn latest(&self) -> Option<&RuleSet> {
        self.0.last()
    }

    /// The version that the next one has to bear.
    #[must_use]
    pub fn next_version(&self) -> RuleVersion {
        RuleVersion(self.latest().map_or(1, |rules| rules.version.0.saturating_add(1)))
    }

    pub(crate) fn add(&mut self, rules: RuleSet) {
        self.0.push(rules);
    }
}
