//! What is remembered of a person for the checks.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::ResidentId;
use crate::time::Timestamp;

/// The most services to others that are remembered of a person: twice what anybody does in a month.
pub const BONDS_MAX: usize = 64;

/// The most late entries that are remembered of a person: more than any rule counts.
pub const LATE_MAX: usize = 32;

/// What is remembered of a person: whom they served, and when claims were entered late for them.
/// Older ones make room for newer ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Trace {
    bonds: Vec<(ResidentId, Timestamp)>,
    late: Vec<Timestamp>,
}

impl Trace {
    /// How often this one was served since then.
    pub(super) fn served(&self, who: ResidentId, since: Timestamp) -> usize {
        self.bonds.iter().filter(|(served, at)| *served == who && *at >= since).count()
    }

    /// Whom it served since then, each once, in the order of their ids.
    pub(super) fn all_served(&self, since: Timestamp) -> Vec<ResidentId> {
        let recent = self.bonds.iter().filter(|(_, at)| *at >= since);
        let mut all: Vec<_> = recent.map(|(served, _)| *served).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// How many late entries there were since then.
    pub(super) fn entered_late(&self, since: Timestamp) -> usize {
        self.late.iter().filter(|at| **at >= since).count()
    }

    pub(super) fn note_served(&mut self, who: ResidentId, at: Timestamp) {
        if self.bonds.len() >= BONDS_MAX {
            self.bonds.remove(0);
        }
        self.bonds.push((who, at));
    }

    pub(super) fn note_late(&mut self, at: Timestamp) {
        if self.late.len() >= LATE_MAX {
            self.late.remove(0);
        }
        self.late.push(at);
    }
}
