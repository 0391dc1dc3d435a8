//! The table `[time_bank]`: which acts store time, how much somebody stores and may owe, how far communities
//! trade, how long an ask waits. Without it no time is stored.

use linli_domain::quantity::Minutes;
use linli_domain::rules::TimeBankRules;
use linli_domain::text::ActCode;
use serde::Deserialize;

use crate::word::Word;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TimeBankSheet {
    acts: Vec<Word<ActCode>>,
    cap_hours: u16,
    owe_hours: u16,
    surplus_hours: u16,
    deficit_hours: u16,
    ask_days: u16,
}

/// Sixteen bits of hours in thirty-two of minutes: this can't run over.
fn minutes(hours: u16) -> Minutes {
    Minutes::new(u32::from(hours).saturating_mul(60))
}

impl TimeBankSheet {
    pub(super) fn to_rules(&self) -> TimeBankRules {
        TimeBankRules {
            acts: self.acts.iter().map(|act| act.0.clone()).collect(),
            cap: minutes(self.cap_hours),
            owe_most: minutes(self.owe_hours),
            surplus_most: minutes(self.surplus_hours),
            deficit_most: minutes(self.deficit_hours),
            ask_days: self.ask_days,
        }
    }
}
