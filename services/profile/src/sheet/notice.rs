//! The table `[notice]`: what is seen by everybody before it is awarded, panels and appeals. Acts say
//! themselves whether they are.

use linli_domain::area::Level;
use linli_domain::quantity::Points;
use linli_domain::rules::NoticeRules;
use linli_domain::text::ActCode;
use serde::Deserialize;

use crate::word::Word;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoticeSheet {
    award_points: Option<Word<Points>>,
    working_days: u16,
    panel: u8,
    convened_by: Word<Level>,
    decide_working_days: u16,
    appeal_working_days: u16,
    list_working_days: Option<u16>,
}

impl NoticeSheet {
    /// With the acts that say so, in the order of their codes.
    pub(super) fn to_rules(&self, acts: Vec<ActCode>) -> NoticeRules {
        NoticeRules {
            acts,
            award_points: self.award_points.as_ref().map(|points| points.0),
            working_days: self.working_days,
            panel: self.panel,
            convener: self.convened_by.0,
            decide_working_days: self.decide_working_days,
            appeal_working_days: self.appeal_working_days,
            list_working_days: self.list_working_days,
        }
    }
}
