//! The tables `[grade.A]` to `[grade.D]`: what a grade of evidence is worth and which signals give
//! it.

use linli_domain::contribution::{Grade, Signal, Signals};
use linli_domain::quantity::Points;
use linli_domain::rules::{GradeTerms, SignalRule};
use serde::Deserialize;
use toml::Spanned;

use crate::error::Flaw;
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
    points: Spanned<Word<Part>>,
    merit: Word<Part>,
    minutes: Word<MinutesCount>,
    month_cap: Option<Word<Points>>,
    #[serde(default)]
    when: Vec<Spanned<WhenSheet>>,
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
            sheet.when.iter().map(|when| when.get_ref().to_rule(grade)).collect::<Vec<_>>()
        };
        sheets.into_iter().flat_map(rules).collect()
    }

    /// What an administrator enters afterwards is of grade D, whatever else is said of it, and never
    /// becomes points, unless the ledger itself vouches for it, which no sender can say.
    pub(super) fn check(&self) -> Result<(), Flaw> {
        if !self.d.points.get_ref().0.0.is_zero() {
            return Err(Flaw::new(
                self.d.points.span(),
                "what is entered afterwards never becomes points: grade D is worth none",
            ));
        }
        let better = [(Grade::A, &self.a), (Grade::B, &self.b), (Grade::C, &self.c)];
        for (grade, sheet) in better {
            let open = sheet.when.iter().find(|it| takes_entries(&it.get_ref().to_rule(grade)));
            if let Some(when) = open {
                return Err(Flaw::new(
                    when.span(),
                    "what is entered afterwards is of grade D: none = [\"administrator-entry\"] \
                     belongs here",
                ));
            }
        }
        Ok(())
    }

    pub(super) fn terms(&self) -> [GradeTerms; 4] {
        [&self.a, &self.b, &self.c, &self.d].map(|sheet| GradeTerms {
            points_factor: sheet.points.get_ref().0.0,
            merit_factor: sheet.merit.0.0,
            minutes_count: sheet.minutes.0 == MinutesCount::Service,
            month_cap: sheet.month_cap.as_ref().map(|cap| cap.0),
        })
    }
}

/// Does it take what an administrator entered, with nothing of the ledger's own beside it?
fn takes_entries(rule: &SignalRule) -> bool {
    let reserved = Signals::RESERVED;
    let vouched = rule.all.meets(reserved) || (!rule.any.is_empty() && reserved.contains(rule.any));
    !vouched && !rule.none.meets(Signals::ADMINISTRATOR_ENTRY)
}

impl WhenSheet {
    fn to_rule(&self, grade: Grade) -> SignalRule {
        let set = |words: &[Word<Signal>]| words.iter().map(|word| word.0).collect::<Signals>();
        SignalRule { grade, all: set(&self.all), any: set(&self.any), none: set(&self.none) }
    }
}
