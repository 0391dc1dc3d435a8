//! Findings: all counted, the first of each kind shown.

use rustc_hash::FxHashMap;

use super::{Finding, Kind};

/// Most findings of one kind that are shown of the log, and of each read model. One fault early
/// on can bring thousands after it; the first ones tell what happened, and many of one kind must
/// not hide one of another.
pub const FINDINGS_SHOWN_MAX: u64 = 10;

/// Findings: all counted, the first [`FINDINGS_SHOWN_MAX`] of each kind kept.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    counts: FxHashMap<Kind, u64>,
    shown: Vec<Finding>,
}

impl Findings {
    pub(crate) fn add(&mut self, finding: Finding) {
        let count = self.counts.entry(finding.kind).or_default();
        *count = count.saturating_add(1);
        if *count <= FINDINGS_SHOWN_MAX {
            self.shown.push(finding);
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.values().copied().fold(0, u64::saturating_add)
    }

    /// The first of each kind, in the order in which they were found.
    #[must_use]
    pub fn shown(&self) -> &[Finding] {
        &self.shown
    }

    pub(crate) fn into_shown(self) -> Vec<Finding> {
        self.shown
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        findings.into_iter().for_each(|finding| self.add(finding));
    }
}
