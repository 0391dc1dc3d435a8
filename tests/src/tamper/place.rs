//! Where a deed was done, and whether a report names it.

use linli_auditor::{EXIT_FOUND_WRONG, Finding, Place, Reconciled, Report};

/// What an audit said.
#[derive(Clone, Debug)]
pub struct Audited {
    /// What a tool would have ended with.
    pub code: u8,
    /// What it found.
    pub findings: Vec<Finding>,
    /// All of it, as people read it.
    pub told: String,
}

impl From<Report> for Audited {
    fn from(report: Report) -> Self {
        let findings = report.all_findings().cloned().collect();
        Self { code: report.exit_code(), findings, told: report.to_string() }
    }
}

impl From<Reconciled> for Audited {
    fn from(it: Reconciled) -> Self {
        let findings = it.all_findings().cloned().collect();
        Self { code: it.exit_code(), findings, told: it.to_string() }
    }
}

/// Where something was changed: any of these is its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Records from this position to that one.
    Records(u64, u64),
    /// A tile, or a record whose hash it holds.
    Tile(String),
    /// The checkpoint over so many records.
    Checkpoint(u64),
    /// A message of the stream.
    Message(u64),
    /// A row of this table, as `balances.wallet`.
    Table(String),
}

impl Expected {
    pub(super) fn is_named_by(&self, audited: &Audited) -> bool {
        audited.code == EXIT_FOUND_WRONG && audited.findings.iter().any(|it| self.is(it))
    }

    fn is(&self, finding: &Finding) -> bool {
        let overlaps = |first: u64, last: u64| match self {
            Self::Records(from, until) => first <= *until && last >= *from,
            Self::Tile(_) | Self::Checkpoint(_) | Self::Message(_) | Self::Table(_) => false,
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
            Place::Message { sequence } => *self == Self::Message(*sequence),
            Place::Whole { .. } | Place::Stream { .. } | Place::Projection { .. } => false,
        }
    }
}
