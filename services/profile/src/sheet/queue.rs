//! The table `queue`: how long is kept what somebody waited for. Without it nobody waits for goods.

use linli_domain::quantity::Minutes;
use linli_domain::rules::QueueRules;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QueueSheet {
    fetch_hours: u16,
}

impl QueueSheet {
    pub(super) fn to_rules(&self) -> QueueRules {
        // Sixteen bits of hours in thirty-two of minutes: this can't run over.
        QueueRules { fetch: Minutes::new(u32::from(self.fetch_hours).saturating_mul(60)) }
    }
}
