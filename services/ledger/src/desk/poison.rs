//! Commands that the writer can't get over: they ended a term and would end the next one.

use std::collections::VecDeque;

use linli_domain::{ClientId, IdempotencyKey};
use linli_port::Rejected;

/// Most such commands that are remembered. Each is a bug in this program, so there are few.
const POISON_MAX: usize = 256;

/// When the sender of one may come again: when somebody has had time to look.
const RETRY_AFTER_MS: u32 = 60_000;

/// The keys of such commands. They are answered without being decided, so that one of them
/// stops nobody else.
#[derive(Clone, Debug, Default)]
pub struct Poison(VecDeque<(ClientId, IdempotencyKey)>);

impl Poison {
    /// Remembers one.
    pub fn add(&mut self, command: (ClientId, IdempotencyKey)) {
        if self.0.len() >= POISON_MAX {
            self.0.pop_front();
        }
        self.0.push_back(command);
    }

    /// What their senders are told: nothing was done, and nothing will be soon.
    pub(super) fn rejected() -> Rejected {
        Rejected::Unavailable { retry_after_ms: RETRY_AFTER_MS }
    }

    pub(super) fn holds(&self, client: ClientId, key: &IdempotencyKey) -> bool {
        self.0.iter().any(|(poisoner, name)| *poisoner == client && name == key)
    }
}
