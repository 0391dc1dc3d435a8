//! The keys of commands: which ones have been used, and for what.
//!
//! | what | holds | answers |
//! |---|---|---|
//! | [`Recent`] | the keys used last, exactly | "used, for these records" |
//! | [`Filter`] | a mark of every key in the log | "never used", or "perhaps: ask the index" |
//! | the index (`log.key`) | every key, for good | the rest, in one round trip a batch |
//! | [`Answers`] | the records of the commands decided last | a repeat, without reading the log |

mod answers;
mod filter;
mod recent;

use linli_domain::{ClientId, IdempotencyKey};
use linli_log::KeyEntry;

pub(crate) use answers::Answers;
pub(crate) use filter::{Filter, Mark, Segments};
pub(crate) use recent::{Recent, Used};

/// The client as the log keeps it.
pub(crate) fn client_bytes(client: ClientId) -> [u8; 16] {
    client.0.to_be_bytes()
}

/// A key as the log's index keeps it.
pub(crate) fn entry(client: ClientId, key: &IdempotencyKey, used: &Used) -> KeyEntry {
    KeyEntry {
        client: client_bytes(client),
        key: key.as_str().into(),
        body_hash: used.body_hash,
        first: used.first,
        last: used.last,
    }
}

impl From<&KeyEntry> for Used {
    fn from(entry: &KeyEntry) -> Self {
        Self { body_hash: entry.body_hash, first: entry.first, last: entry.last }
    }
}
