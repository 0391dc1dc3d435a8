//! The table `[fairness]`: taking back and putting right.

use linli_domain::rules::Fairness;
use serde::Deserialize;
use toml::Spanned;

use crate::word::{Part, Word};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FairnessSheet {
    pub(super) recovery_part: Option<Spanned<Word<Part>>>,
}

impl FairnessSheet {
    /// What isn't written is as in rule sets that couldn't say it.
    pub(super) fn to_rules(&self) -> Fairness {
        let usual = Fairness::default();
        let recovery_part = self.recovery_part.as_ref().map(|part| part.get_ref().0.0);
        Fairness { recovery_part: recovery_part.unwrap_or(usual.recovery_part) }
    }
}
