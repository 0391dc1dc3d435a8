//! The table `[mediation]`: the acts of its tiers, what each has to show, what unsettled work is worth. Without
//! it mediation is claimed as anything else is.

use linli_domain::rules::{MediationRules, TierTerms};
use linli_domain::text::ActCode;
use serde::Deserialize;

use crate::word::{Part, Word};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TierSheet {
    act: Word<ActCode>,
    #[serde(default)]
    written: bool,
    #[serde(default)]
    performed: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MediationSheet {
    oral: TierSheet,
    simple: TierSheet,
    difficult: TierSheet,
    major: TierSheet,
    unsettled_part: Word<Part>,
    same_dispute_days: u16,
}

impl TierSheet {
    fn to_rules(&self) -> TierTerms {
        let Self { act, written, performed } = self;
        TierTerms { act: act.0.clone(), written: *written, performed: *performed }
    }
}

impl MediationSheet {
    pub(super) fn to_rules(&self) -> MediationRules {
        MediationRules {
            oral: self.oral.to_rules(),
            simple: self.simple.to_rules(),
            difficult: self.difficult.to_rules(),
            major: self.major.to_rules(),
            unsettled_part: self.unsettled_part.0.0,
            same_dispute_days: self.same_dispute_days,
        }
    }
}
