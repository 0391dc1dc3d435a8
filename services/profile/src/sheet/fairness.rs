//! The table `[fairness]`: fair verification, taking back and putting right.

use linli_domain::officer::Duty;
use linli_domain::quantity::{Minutes, Points};
use linli_domain::rules::{Fairness, Quota, RATE_WHOLE, Sampling};
use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use serde::Deserialize;
use toml::Spanned;

use crate::word::{Clock, Multiple, Part, Word};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FairnessSheet {
    pub(super) recovery_part: Option<Spanned<Word<Part>>>,
    #[serde(default)]
    pub(super) quotas: Vec<Spanned<QuotaSheet>>,
    pub(super) sampling: Option<Spanned<SamplingSheet>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuotaSheet {
    duty: Word<Duty>,
    hours: u16,
    points: Word<Points>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SamplingSheet {
    at: Word<Clock>,
    start: Word<Part>,
    least: Word<Part>,
    most: Word<Part>,
    late: Word<Part>,
    upheld: Word<Multiple>,
    corrected: Word<Multiple>,
    unfounded: Word<Multiple>,
}

impl FairnessSheet {
    /// What isn't written is as in rule sets that couldn't say it.
    pub(super) fn to_rules(&self) -> Fairness {
        let usual = Fairness::default();
        let recovery_part = self.recovery_part.as_ref().map(|part| part.get_ref().0.0);
        Fairness {
            recovery_part: recovery_part.unwrap_or(usual.recovery_part),
            quotas: self.quotas.iter().map(|quota| quota.get_ref().to_rules()).collect(),
            sampling: self.sampling.as_ref().map(|sheet| sheet.get_ref().to_rules()),
        }
    }
}

impl QuotaSheet {
    fn to_rules(&self) -> Quota {
        let minutes = Minutes::new(u32::from(self.hours).saturating_mul(60));
        Quota { duty: self.duty.0, minutes, points: self.points.0 }
    }
}

impl SamplingSheet {
    fn to_rules(&self) -> Sampling {
        Sampling {
            at: self.at.0.0,
            start: rate(self.start.0),
            least: rate(self.least.0),
            most: rate(self.most.0),
            late: rate(self.late.0),
            upheld: self.upheld.0.0,
            corrected: self.corrected.0.0,
            unfounded: self.unfounded.0.0,
        }
    }
}

/// In ten thousands, as rules count; a part of the whole is never more.
fn rate(part: Part) -> u16 {
    let rate = part.0.checked_mul(Decimal::from(RATE_WHOLE)).unwrap_or_default();
    rate.round().to_u16().unwrap_or(RATE_WHOLE)
}
