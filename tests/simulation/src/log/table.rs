//! A projection's rows and its checkpoint, in one transaction or, by mistake, in two.

use linli_log::Root;
use linli_log::merkle::EMPTY_ROOT;

use crate::model::Totals;

/// A projection's rows as they stand committed.
#[derive(Clone, Debug)]
pub struct Table {
    /// What the rows show.
    pub rows: Totals,
    /// Up to where, by the checkpoint.
    pub position: u64,
    /// The root there.
    pub root: Root,
}

/// A step of a projection, to be committed.
#[derive(Clone, Debug)]
pub struct Advance {
    /// Where the checkpoint was when the step was folded.
    pub from: u64,
    /// Where it is to be.
    pub to: u64,
    /// The root there.
    pub root: Root,
    /// What the rows change by.
    pub changes: Totals,
}

impl Default for Table {
    fn default() -> Self {
        Self { rows: Totals::default(), position: 0, root: EMPTY_ROOT }
    }
}

impl Table {
    /// Commits a step with its checkpoint, if that is where the step began.
    pub fn advance(&mut self, step: &Advance) -> bool {
        self.advance_checkpoint(step) && {
            self.rows.merge(&step.changes);
            true
        }
    }

    /// The first half of the planted mistake: the checkpoint alone.
    pub fn advance_checkpoint(&mut self, step: &Advance) -> bool {
        if self.position != step.from {
            return false;
        }
        (self.position, self.root) = (step.to, step.root);
        true
    }

    /// The second half: the rows alone.
    pub fn write_rows(&mut self, step: &Advance) {
        self.rows.merge(&step.changes);
    }
}
