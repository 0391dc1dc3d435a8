//! The index of keys: a projection of the frames that lags behind.

use std::collections::BTreeMap;

use linli_domain::{ClientId, IdempotencyKey};
use linli_log::KeyEntry;

use crate::town::Town;

/// What came of moving the index on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    /// It is at the new position.
    On,
    /// Somebody else moved it; nothing changed.
    Raced,
    /// A key was there already, for other records; nothing changed.
    Conflict(Box<KeyEntry>),
}

/// Keys and what they were used for, up to a position.
#[derive(Debug, Default)]
pub struct Index {
    entries: BTreeMap<([u8; 16], Box<str>), KeyEntry>,
    position: u64,
}

impl Index {
    /// The index of the founding: nobody asks for its keys again, so they are left out.
    pub(super) fn of(town: &Town) -> Self {
        Self { entries: BTreeMap::new(), position: town.frame.last }
    }

    /// How far it has come.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// What a key was used for.
    #[must_use]
    pub fn find(&self, client: ClientId, key: &IdempotencyKey) -> Option<&KeyEntry> {
        self.entries.get(&(client.0.to_be_bytes(), key.as_str().into()))
    }

    /// Takes keys in with their frame.
    pub(super) fn put(&mut self, position: u64, entries: Vec<KeyEntry>) {
        self.position = position;
        for entry in entries {
            self.entries.insert((entry.client, entry.key.clone()), entry);
        }
    }

    /// Moves it on in one transaction, if it is where the mover believed.
    pub fn advance(&mut self, from: u64, to: u64, entries: Vec<KeyEntry>) -> Moved {
        if self.position != from {
            return Moved::Raced;
        }
        let name = |entry: &KeyEntry| (entry.client, entry.key.clone());
        if let Some(entry) = entries.iter().find(|entry| self.entries.contains_key(&name(entry))) {
            return Moved::Conflict(Box::new(entry.clone()));
        }
        self.entries.extend(entries.into_iter().map(|entry| (name(&entry), entry)));
        self.position = to;
        Moved::On
    }

    /// The planted mistake: no look at the position, and a conflict ends the batch as if it had
    /// been done.
    pub fn advance_carelessly(&mut self, to: u64, entries: Vec<KeyEntry>) -> Moved {
        for entry in entries {
            let name = (entry.client, entry.key.clone());
            if self.entries.contains_key(&name) {
                break;
            }
            self.entries.insert(name, entry);
        }
        self.position = self.position.max(to);
        Moved::On
    }
}
