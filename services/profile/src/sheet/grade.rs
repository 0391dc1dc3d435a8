//! The tables `[grade.A]` to `[grade.D]`: what a grade of evidence is worth and which signals give
//! it.

use linli_domain::contribution::{Grade, Signal, Signals};
use linli_domain::quantity::Points;
use linli_domain::rules::{GradeTerms, SignalRule};
use serde::Deserialize;

use crate::word::{MinutesCount, Part, Word};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GradeSheets {
    #[serde(rename = "A")]
    a: GradeSheet,
    #[serde(rename = "B")]
    b: GradeSheet,
    #[serde(rename = "C")]
    c: GradeSheet,
    #[serde(rename = "D")]
    d: GradeSheet,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GradeSheet {
    points: Word<Part>,
    merit: Word<Part>,
    minutes: Word<MinutesCount>,
    month_cap: Option<Word<Points>>,
    #[serde(default)]
    when: Vec<WhenSheet>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WhenSheet {
    #[serde(default)]
    all: Vec<Word<Signal>>,
    #[serde(default)]
    any: Vec<Word<Signal>>,
    #[serde(default)]
    none: Vec<Word<Signal>>,
}

impl GradeSheets {
    /// Best grade first, and within a grade as written.
    pub(super) fn signals(&self) -> Vec<SignalRule> {
        let sheets =
            [(Grade::A, &self.a), (Grade::B, &self.b), (Grade::C, &self.c), (Grade::D, &self.d)];
        let rules = |(grade, sheet): (Grade, &GradeSheet)| {
            sheet.when.iter().map(|when| when.to_rule(grade)).collect::<Vec<_>>()
        };
        sheets.into_iter().flat_map(rules).collect()
    }

    pub(super) fn terms(&self) -> [GradeTerms; 4] {
        [&self.a, &self.b, &self.c, &self.d].map(|sheet| GradeTerms {
            points_factor: sheet.points.0.0,
            merit_factor: sheet.merit.0.0,
            minutes_count: sheet.minutes.0 == MinutesCount::Service,
            month_cap: sheet.month_cap.as_ref().map(|cap| cap.0),
        })
    }
}

impl WhenSheet {
    fn to_rule(&self, grade: Grade) -> SignalRule {
        let set = |words: &[Word<Signal>]| words.iter().map(|word| word.0).collect::<Signals>();
        SignalRule { grade, all: set(&self.all), any: set(&self.any), none: set(&self.none) }
    }
}
