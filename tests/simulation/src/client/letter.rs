//! A request on its way.

use linli_domain::time::Timestamp;
use linli_domain::{ClientId, Command, IdempotencyKey};
use linli_log::merkle::leaf_hash;
use linli_port::Envelope;

/// Names a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LetterId(pub u64);

/// One command of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its key.
    pub key: IdempotencyKey,
    /// The command.
    pub command: Command,
    /// The hash of its body.
    pub body_hash: [u8; 32],
}

impl Asked {
    /// A command under a key.
    #[must_use]
    pub fn new(key: IdempotencyKey, command: Command) -> Self {
        let body_hash = leaf_hash(&linli_proto::encode_command(&command)).0;
        Self { key, command, body_hash }
    }
}

/// A request that was sent.
#[derive(Clone, Debug)]
pub struct Letter {
    /// By which client.
    pub client: usize,
    /// The same, as the ledger knows it.
    pub id: ClientId,
    /// What it asks.
    pub asked: Vec<Asked>,
    /// Where the log ended when it was sent.
    pub sent_at: u64,
    /// What the clock of the ledger showed that it was sent to.
    pub shown: Timestamp,
}

impl Letter {
    /// As a ledger takes it.
    #[must_use]
    pub fn envelopes(&self) -> Vec<Envelope> {
        let envelope = |asked: &Asked| Envelope {
            client: self.id,
            key: asked.key.clone(),
            body_hash: asked.body_hash,
            command: asked.command.clone(),
        };
        self.asked.iter().map(envelope).collect()
    }
}
