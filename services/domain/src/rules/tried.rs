//! What a trial of a rule set came to before it was published.
//!
//! Rules are tried on a period of the past outside of the core. Who publishes from such a trial puts
//! its outcome beside the rules, so that whoever reads them later sees what was known then, and can
//! try them again on the same records and see the same.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::quantity::{Merit, Points};
use crate::record::Position;
use crate::time::Timestamp;

/// What awards of a period came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct TriedSums {
    /// How many.
    pub awards: u64,
    /// Points issued.
    pub points: Points,
    /// Merit credited.
    pub merit: Merit,
}

/// A trial of the rules that it stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Tried {
    /// Contributions that ended at or after this were awarded by the draft,
    pub from: Timestamp,
    /// up to the last record before this,
    pub until: Timestamp,
    /// which was this one.
    pub position: Position,
    /// What was really awarded.
    pub real: TriedSums,
    /// What the draft would have awarded.
    pub draft: TriedSums,
    /// Residents who would have earned more points.
    pub gain: u64,
    /// Residents who would have earned fewer.
    pub lose: u64,
    /// Points that the draft gave and the pools did not have.
    pub short: Points,
}

impl Tried {
    /// Is it a trial that can have been?
    pub(super) fn makes_sense(&self) -> bool {
        let sums = [self.real, self.draft];
        self.from < self.until
            && !self.short.is_negative()
            && sums.iter().all(|sums| !sums.points.is_negative() && !sums.merit.is_negative())
    }
}
