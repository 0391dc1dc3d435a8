//! The table `[estates]`: how large a red management committee is, and how long it sits. Without it none is
//! elected.

use linli_domain::rules::EstateRules;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EstatesSheet {
    members_least: u8,
    members_most: u8,
    term_days: u16,
}

impl EstatesSheet {
    pub(super) const fn to_rules(&self) -> EstateRules {
        let Self { members_least, members_most, term_days } = *self;
        EstateRules { members_least, members_most, term_days }
    }
}
