//! What became of one read model.

use linli_readmodel::{Projection, Standing};
use serde::Serialize;

use super::Rows;
use crate::finding::{Finding, Findings, Kind, Place};

/// What an audit says of a read model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It shows what the log tells.
    True,
    /// It doesn't.
    Differs,
    /// It shows what the log tells up to where it stopped; it doesn't move any more.
    Stopped,
    /// It was never made, or made in another form.
    NotBuilt,
    /// It claims a position that the log doesn't have, or that no frame ends at.
    Astray,
    /// The replay ended before its position.
    NotReached,
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::True => "true",
            Self::Differs => "differs",
            Self::Stopped => "stopped",
            Self::NotBuilt => "not built",
            Self::Astray => "astray",
            Self::NotReached => "not reached",
        })
    }
}

/// What became of one read model.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    /// Its name.
    pub projection: &'static str,
    /// What the audit says.
    pub verdict: Verdict,
    /// The position of its checkpoint, at which it was compared.
    pub position: Option<u64>,
    /// How many records the log was ahead of it when the audit began.
    pub behind: Option<u64>,
    /// Rows compared.
    pub rows: u64,
    /// How many findings there are.
    pub violations: u64,
    /// The first of them.
    pub findings: Vec<Finding>,
}

impl Shown {
    fn new(projection: Projection, verdict: Verdict, position: Option<u64>) -> Self {
        let projection = projection.name();
        let (rows, violations, findings) = (0, 0, Vec::new());
        Self { projection, verdict, position, behind: None, rows, violations, findings }
    }

    fn because(mut self, what: &str) -> Self {
        let place = Place::Projection { projection: self.projection };
        self.findings.push(Finding::new(place, Kind::Follows, what));
        self.violations = self.violations.saturating_add(1);
        self
    }

    /// One that is not there.
    pub(super) fn not_built(projection: Projection) -> Self {
        Self::new(projection, Verdict::NotBuilt, None)
            .because("it was never made, or in another form than this program knows")
    }

    /// One that was compared.
    pub(super) fn compared(standing: &Standing, rows: Rows) -> Self {
        let Rows { count, findings } = rows;
        let violations = Findings::count(&findings);
        let verdict = match (violations, &standing.stopped) {
            (0, _) => Verdict::True,
            (1, Some(_)) => Verdict::Stopped,
            _ => Verdict::Differs,
        };
        let position = Some(standing.position.0);
        let shown = Self::new(standing.generation.projection, verdict, position);
        Self { rows: count, violations, findings: findings.into_shown(), ..shown }
    }

    /// One whose position the replay, which ended at `end`, did not come by.
    pub(super) fn unreached(standing: &Standing, end: u64, head: u64) -> Self {
        let projection = standing.generation.projection;
        let position = standing.position.0;
        let shown = |verdict| Self::new(projection, verdict, Some(position));
        if position > head {
            shown(Verdict::Astray).because(&format!("it is at {position}, the log ends at {head}"))
        } else if position <= end {
            shown(Verdict::Astray).because(&format!("it is at {position}, where no frame ends"))
        } else {
            shown(Verdict::NotReached)
        }
    }

    /// Says how far behind it was.
    pub(super) fn measure(&mut self, head: u64) {
        self.behind = self.position.map(|position| head.saturating_sub(position));
    }
}
