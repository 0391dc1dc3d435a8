//! What the rules say of queues for goods that are short.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::quantity::Minutes;

/// The longest time to fetch what was set aside: 31 days, for meanwhile nobody else has it.
const FETCH_MAX: Minutes = Minutes::new(31 * 24 * 60);

/// What the rules say of queues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct QueueRules {
    /// What is set aside for who waited is given back after so long.
    pub fetch: Minutes,
}

impl QueueRules {
    /// Some time to fetch, and no more than a month. The clock starts while its owner may be asleep, so
    /// it isn't shorter than an ordinary hold either, whose owner stands there.
    pub(super) fn makes_sense(self, hold: Minutes) -> bool {
        self.fetch >= hold && self.fetch <= FETCH_MAX
    }
}
