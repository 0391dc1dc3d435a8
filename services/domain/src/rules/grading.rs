//! Why a set of signals has the grade that it has, and what a better one lacks.

use crate::contribution::{Grade, Signal, Signals};
use crate::rules::{RuleSet, SignalRule};

/// The grade of some signals, with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grading<'a> {
    /// The grade.
    pub grade: Grade,
    /// The rule that gave it; none where none fits, which is grade D.
    pub by: Option<&'a SignalRule>,
    /// What the rules of the next better grade lack, each a way to it; none above the best.
    pub better: Vec<Lacking>,
}

/// What one rule of a better grade lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// The grade that it would give.
    pub grade: Grade,
    /// All of these would have to be there as well,
    pub all: Signals,
    /// and one of these, unless empty,
    pub any: Signals,
    /// and none of these, which are.
    pub against: Signals,
}

impl SignalRule {
    /// Does it give its grade to these?
    #[must_use]
    pub fn fits(&self, signals: Signals) -> bool {
        signals.contains(self.all)
            && (self.any.is_empty() || signals.meets(self.any))
            && !signals.meets(self.none)
    }

    fn lacks(&self, signals: Signals) -> Lacking {
        let among = |these: Signals, there: bool| -> Signals {
            let has = |signal: &Signal| signals.contains([*signal].into_iter().collect());
            these.iter().filter(|signal| has(signal) == there).collect()
        };
        Lacking {
            grade: self.grade,
            all: among(self.all, false),
            any: if signals.meets(self.any) { Signals::NONE } else { self.any },
            against: among(self.none, true),
        }
    }
}

impl RuleSet {
    /// The first rule that fits these signals, and the grade that they have: D if none does.
    fn graded(&self, signals: Signals) -> (Option<&SignalRule>, Grade) {
        let by = self.signals.iter().find(|rule| rule.fits(signals));
        (by, by.map_or(Grade::D, |rule| rule.grade))
    }

    /// The grade that these signals give.
    #[must_use]
    pub fn grade_of(&self, signals: Signals) -> Grade {
        self.graded(signals).1
    }

    /// The grade that these signals give, and why not the next better one.
    #[must_use]
    pub fn grading(&self, signals: Signals) -> Grading<'_> {
        let (by, grade) = self.graded(signals);
        // Rules stand best grade first.
        let next = self.signals.iter().rev().map(|rule| rule.grade).find(|it| *it < grade);
        let ways = self.signals.iter().filter(|rule| Some(rule.grade) == next);
        Grading { grade, by, better: ways.map(|rule| rule.lacks(signals)).collect() }
    }
}
