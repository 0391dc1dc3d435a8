//! Where a deed was done, and whether a report names it.

use linli_auditor::{Finding, Place, Report};

/// Where something was changed: any of these is its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Records from this position to that one.
    Records(u64, u64),
    /// A tile, or a record whose hash it holds.
    Tile(String),
    /// The checkpoint over so many records.
    Checkpoint(u64),
    /// A row of this table, as `balances.wallet`.
    Table(String),
}

impl Expected {
    pub(super) fn is_named_by(&self, report: &Report) -> bool {
        !report.ok && report.exit_code() == 1 && report.all_findings().any(|it| self.is(it))
    }

    fn is(&self, finding: &Finding) -> bool {
        let overlaps = |first: u64, last: u64| match self {
            Self::Records(from, until) => first <= *until && last >= *from,
            Self::Tile(_) | Self::Checkpoint(_) | Self::Table(_) => false,
        };
        let told = &finding.what;
        match &finding.place {
            Place::Record { position } => {
                overlaps(*position, *position)
                    || matches!(self, Self::Tile(tile) if told.contains(tile.as_str()))
            }
            Place::Records { first, last } => {
                overlaps(*first, *last)
                    || matches!(self, Self::Tile(tile) if told.contains(tile.as_str()))
            }
            Place::Tile { tile } => matches!(self, Self::Tile(expected) if expected == tile),
            Place::Checkpoint { size } => *self == Self::Checkpoint(*size),
            Place::Row { table, .. } => matches!(self, Self::Table(expected) if expected == table),
            Place::Whole { .. } | Place::Projection { .. } => false,
        }
    }
}
