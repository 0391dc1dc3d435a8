//! A command on its way to the writer, and the answer to it.

use std::sync::Arc;

use linli_domain::{ClientId, Command, IdempotencyKey, Record, Refusal};

/// A command with its sender and the name that the sender gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Who sends it.
    pub client: ClientId,
    /// By which name: for good, this client's key stands for this command.
    pub key: IdempotencyKey,
    /// SHA-256 of what the client sent, to tell a repeat from another command under the same key.
    pub body_hash: [u8; 32],
    /// The wish.
    pub command: Command,
}

/// What came of a command.
pub type Answer = Result<Accepted, Rejected>;

/// The command is in the log, durably.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// All that it led to: one record at least, at neighbouring positions, in order. Equal for
    /// the first answer and for every repeat.
    pub records: Arc<[Record]>,
    /// Whether the command had been done before, under the same key with the same body.
    pub repeated: bool,
}

/// The command is not known to be in the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// Decided against; nothing changed. A refusal is not remembered: the same key may be used
    /// again and is decided anew.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The client used this key for another body before. Nothing changed.
    #[error("the key was used for another command")]
    KeyReused,
    /// Done or not, nobody here knows. Ask again with the same key.
    #[error("the outcome is unknown; ask again with the same key")]
    Unknown,
    /// More commands wait than the writer takes in. Nothing was done.
    #[error("too many commands wait; come again in {retry_after_ms} ms")]
    Overloaded {
        /// When to come again, in milliseconds.
        retry_after_ms: u32,
    },
    /// No writer is there, or it can't write. Nothing was done.
    #[error("the ledger can't write now; come again in {retry_after_ms} ms")]
    Unavailable {
        /// When to come again, in milliseconds.
        retry_after_ms: u32,
    },
}

impl Rejected {
    /// A full queue is worked off within some hundred milliseconds.
    const OVERLOADED_RETRY_MS: u32 = 250;

    /// A writer that starts anew or a standby that takes over needs a second or so.
    const UNAVAILABLE_RETRY_MS: u32 = 1_000;

    /// Too many wait, with the usual time to come again.
    #[must_use]
    pub const fn overloaded() -> Self {
        Self::Overloaded { retry_after_ms: Self::OVERLOADED_RETRY_MS }
    }

    /// No writer, with the usual time to come again.
    #[must_use]
    pub const fn unavailable() -> Self {
        Self::Unavailable { retry_after_ms: Self::UNAVAILABLE_RETRY_MS }
    }
}
