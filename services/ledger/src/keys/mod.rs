//! The keys of commands: which ones have been used, and for what.
//!
//! | what | holds | answers |
//! |---|---|---|
//! | [`Filter`] | a mark of every key in the log | "never used", or "perhaps" |
//! | [`Recent`] | the keys used last, and every key that the index has not reached, exactly | "used, for these records" |
//! | the index (`log.key`) | every key up to its position, for good | the rest, in one round trip a batch |
//! | [`Answers`] | the records of the commands decided last | a repeat, without reading the log |
//!
//! The index follows the log beside the writer: the [`Indexer`] takes the keys out of frames that
//! are durable. So at every moment a key that is in the log is remembered here, or in the index,
//! or both.

mod answers;
mod filter;
mod indexer;
mod recent;
mod unindexed;

use linli_domain::ClientId;
use linli_log::KeyEntry;

pub(crate) use answers::Answers;
pub(crate) use filter::{Filter, Mark, Segments};
pub(crate) use indexer::{CatchUpError, catch_up};
pub(crate) use recent::{KEYS_UNINDEXED_MAX, Recent, Used};

pub use indexer::{IndexFault, Indexer};
pub use recent::Memory;
pub use unindexed::{Unindexed, keys_of};

/// The client as the log keeps it.
pub(crate) fn client_bytes(client: ClientId) -> [u8; 16] {
    client.0.to_be_bytes()
}

impl From<&KeyEntry> for Used {
    fn from(entry: &KeyEntry) -> Self {
        Self { body_hash: entry.body_hash, first: entry.first, last: entry.last }
    }
}
