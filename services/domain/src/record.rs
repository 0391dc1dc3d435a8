//! Records: a fact with its place in the log, its two times, its origin and its postings.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::Event;
use crate::posting::Posting;
use crate::text::InvalidText;
use crate::time::Timestamp;

/// A place in the log; the first record stands at 1, and 0 is before it.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    BorshSerialize,
    BorshDeserialize,
)]
pub struct Position(pub u64);

impl Position {
    /// Before the first record.
    pub const START: Self = Self(0);

    /// The next place.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Who sent a command: the number of an API key's owner, never of a person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(pub u128);

impl std::fmt::Display for ClientId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        ulid::Ulid(self.0).fmt(f)
    }
}

impl std::fmt::Debug for ClientId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ClientId({self})")
    }
}

/// The name that a sender gave a wish: 1 to 128 visible ASCII characters. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencyKey(Arc<str>);

impl IdempotencyKey {
    /// The longest key, in bytes.
    pub const BYTES_MAX: usize = 128;

    /// Takes the text if it fits.
    ///
    /// # Errors
    ///
    /// Says the allowed length or the character that doesn't belong.
    pub fn new(text: &str) -> Result<Self, InvalidText> {
        if text.is_empty() || text.len() > Self::BYTES_MAX {
            return Err(InvalidText::Length { least: 1, most: Self::BYTES_MAX });
        }
        match text.chars().find(|c| !c.is_ascii_graphic()) {
            Some(stranger) => Err(InvalidText::Character(stranger)),
            None => Ok(Self(text.into())),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "IdempotencyKey({})", self.0)
    }
}

/// SHA-256 of what a sender sent, to tell a repeat from another wish under the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyHash(pub [u8; 32]);

/// Why a record is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Somebody wished it. Records of one command are neighbours and share this.
    Command {
        /// Who.
        client: ClientId,
        /// By which name.
        key: IdempotencyKey,
        /// What was sent; none in records of a log that was begun before they held it.
        body_hash: Option<BodyHash>,
    },
    /// Its time had come.
    Deadline,
}

/// What a record gets besides its fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When it was recorded; never earlier than the record before.
    pub recorded_at: Timestamp,
    /// Why.
    pub origin: Origin,
}

/// A fact in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its place.
    pub position: Position,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// When it happened.
    pub happened_at: Timestamp,
    /// Why it is there.
    pub origin: Origin,
    /// The fact.
    pub event: Event,
    /// What it did to points; they sum to zero.
    pub postings: Vec<Posting>,
}
