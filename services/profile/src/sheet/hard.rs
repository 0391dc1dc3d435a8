//! `[coefficients]`, what is worth more; and `[throttle.street]`, what a low pool gives.

use std::collections::BTreeMap;
use std::ops::Range;

use linli_domain::quantity::Points;
use linli_domain::rules::{Coefficients, Throttle};
use linli_domain::text::Code;
use serde::Deserialize;
use toml::Spanned;

use crate::error::Flaw;
use crate::word::{Alerts, Clock, Coefficient, Part, Word};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CoefficientSheet {
    night: NightSheet,
    alert: FactorSheet,
    difficulty: Option<Spanned<Vec<Word<Coefficient>>>>,
    assisted: Option<Spanned<FactorSheet>>,
    alerts: Option<Word<Alerts>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NightSheet {
    factor: Word<Coefficient>,
    from: Word<Clock>,
    until: Word<Clock>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FactorSheet {
    factor: Word<Coefficient>,
}

/// What pools give while they are low, by their codes.
pub(super) type ThrottleSheets = BTreeMap<Spanned<String>, ThrottleSheet>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ThrottleSheet {
    below: Word<Points>,
    part: Word<Part>,
}

impl CoefficientSheet {
    pub(super) fn to_rules(&self) -> Coefficients {
        let levels = self.difficulty.iter().flat_map(Spanned::get_ref);
        Coefficients {
            night: self.night.factor.0.0,
            night_from: self.night.from.0.0,
            night_until: self.night.until.0.0,
            alert: self.alert.factor.0.0,
            difficulty: levels.map(|factor| factor.0.0).collect(),
            assisted: self.assisted.as_ref().map(|sheet| sheet.get_ref().factor.0.0),
            alerts_declared: matches!(self.alerts, Some(Word(Alerts::Declared))),
        }
    }

    pub(super) fn difficulty_span(&self) -> Range<usize> {
        self.difficulty.as_ref().map_or(0..0, Spanned::span)
    }

    pub(super) fn assisted_span(&self) -> Range<usize> {
        self.assisted.as_ref().map_or(0..0, Spanned::span)
    }
}

/// In the order of the pools' codes, which is that of the map.
pub(super) fn throttles(sheets: &ThrottleSheets) -> Result<Vec<Throttle>, Flaw> {
    let throttle = |(pool, sheet): (&Spanned<String>, &ThrottleSheet)| {
        let code = Code::new(pool.get_ref());
        let wrong = |error| Flaw::new(pool.span(), format!("the code of a pool {error}"));
        let (below, part) = (sheet.below.0, sheet.part.0.0);
        Ok(Throttle { pool: code.map_err(wrong)?, below, part })
    };
    sheets.iter().map(throttle).collect()
}
