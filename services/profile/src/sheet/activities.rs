//! The table `[activities]`: when people check in and out, how long a code is good, which acts nobody can
//! claim. Without it a place has no activities.

use linli_domain::quantity::Minutes;
use linli_domain::rules::ActivityRules;
use linli_domain::text::ActCode;
use serde::Deserialize;

use crate::word::{Part, Word};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActivitiesSheet {
    days_ahead: u16,
    early_minutes: u32,
    late_minutes: u32,
    code_minutes: u32,
    code_lag: u8,
    checkpoints_part: Word<Part>,
    #[serde(default)]
    only: Vec<Word<ActCode>>,
}

impl ActivitiesSheet {
    /// Acts may stand in any order; the rules have them in that of their codes.
    pub(super) fn to_rules(&self) -> ActivityRules {
        let mut only: Vec<ActCode> = self.only.iter().map(|code| code.0.clone()).collect();
        only.sort();
        ActivityRules {
            days_ahead: self.days_ahead,
            early: Minutes::new(self.early_minutes),
            late: Minutes::new(self.late_minutes),
            step: Minutes::new(self.code_minutes),
            lag: self.code_lag,
            checkpoints_part: self.checkpoints_part.0.0,
            only,
        }
    }
}
