//! What a run gives: figures with their tables and verdicts, for people, for machines and for a
//! page of documentation.

mod cell;
mod text;

use serde::Serialize;

pub(crate) use cell::{Cell, Table};

use crate::machine::Machine;
use crate::terms::Terms;

/// All that one run measured.
#[derive(Serialize)]
pub(crate) struct Report {
    pub(crate) machine: Machine,
    pub(crate) terms: Terms,
    pub(crate) figures: Vec<Figure>,
    pub(crate) failures: Vec<Failure>,
}

/// A figure that could not be measured, and why.
#[derive(Serialize)]
pub(crate) struct Failure {
    pub(crate) name: &'static str,
    pub(crate) error: String,
}

/// One thing measured, beside its limit or its baseline.
#[derive(Serialize)]
pub(crate) struct Figure {
    /// The subcommand that measures it.
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    /// What is measured, and against what.
    pub(crate) what: String,
    pub(crate) tables: Vec<Table>,
    pub(crate) verdicts: Vec<Verdict>,
}

/// Which side of a target is the good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Bound {
    AtLeast,
    AtMost,
}

/// A target, and whether it was reached.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Verdict {
    /// What is held against the target: `64 connections: times the SQL way`.
    pub(crate) what: String,
    pub(crate) bound: Bound,
    pub(crate) target: f64,
    pub(crate) measured: f64,
    pub(crate) unit: &'static str,
    pub(crate) reached: bool,
}

impl Verdict {
    pub(crate) fn at_least(what: impl Into<String>, target: f64, measured: f64) -> Self {
        Self::new(what.into(), Bound::AtLeast, target, measured)
    }

    pub(crate) fn at_most(what: impl Into<String>, target: f64, measured: f64) -> Self {
        Self::new(what.into(), Bound::AtMost, target, measured)
    }

    pub(crate) fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    fn new(what: String, bound: Bound, target: f64, measured: f64) -> Self {
        let reached = match bound {
            Bound::AtLeast => measured >= target,
            Bound::AtMost => measured <= target,
        };
        Self { what, bound, target, measured, unit: "", reached }
    }
}

impl Report {
    pub(crate) fn json(&self) -> anyhow::Result<String> {
        Ok(serde_json::to_string_pretty(self)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_reached_on_its_good_side() {
        assert!(Verdict::at_least("times", 8.0, 8.0).reached);
        assert!(!Verdict::at_least("times", 8.0, 7.9).reached);
        assert!(Verdict::at_most("ms", 2.0, 2.0).reached);
        assert!(!Verdict::at_most("ms", 2.0, 2.1).reached);
        assert!(!Verdict::at_least("nothing measured", 1.0, f64::NAN).reached);
    }
}
