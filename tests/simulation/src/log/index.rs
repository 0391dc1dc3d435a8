//! The index of keys: a projection of the frames that lags behind, and that a server which dies may
//! lose the newest steps of (its commits are not waited for).

use std::collections::BTreeMap;

use linli_domain::{ClientId, IdempotencyKey};
use linli_log::KeyEntry;

use crate::chance::Chance;
use crate::town::Town;

/// Steps that a server may not have on its disk yet.
const STEPS_AT_RISK: usize = 3;

/// What came of moving the index on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    /// It is at this position.
    On(u64),
    /// Somebody else moved it; nothing changed.
    Elsewhere,
    /// A key was there already, for other records; nothing changed.
    Conflict(Box<KeyEntry>),
}

/// A client's key.
type Name = ([u8; 16], Box<str>);

/// A step that is committed and may be lost.
#[derive(Debug)]
struct Step {
    from: u64,
    added: Vec<Name>,
}

/// Keys and what they were used for, up to a position.
#[derive(Debug, Default)]
pub struct Index {
    entries: BTreeMap<Name, KeyEntry>,
    position: u64,
    at_risk: Vec<Step>,
}

impl Index {
    /// The index of the founding, whose records hold no hashes of bodies: it is left out.
    pub(super) fn of(town: &Town) -> Self {
        Self { position: town.frame.last, ..Self::default() }
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

    /// Moves it on in one transaction, if it is where the mover believed.
    pub fn advance(&mut self, from: u64, to: u64, keys: Vec<KeyEntry>) -> Moved {
        if self.position != from {
            return Moved::Elsewhere;
        }
        let there = |entry: &KeyEntry| self.entries.get(&name(entry));
        let is_other = |entry: &&KeyEntry| there(entry).is_some_and(|found| found != *entry);
        if let Some(entry) = keys.iter().find(is_other) {
            return Moved::Conflict(Box::new(entry.clone()));
        }
        let mut added = Vec::new();
        for entry in keys {
            added.push(name(&entry));
            self.entries.insert(name(&entry), entry);
        }
        self.at_risk.push(Step { from, added });
        if self.at_risk.len() > STEPS_AT_RISK {
            self.at_risk.remove(0);
        }
        self.position = to;
        Moved::On(to)
    }

    /// The planted mistake: no look at the position, and a key that is there already ends the batch
    /// as if it had been done.
    pub fn advance_carelessly(&mut self, to: u64, keys: Vec<KeyEntry>) -> Moved {
        for entry in keys {
            if self.entries.contains_key(&name(&entry)) {
                break;
            }
            self.entries.insert(name(&entry), entry);
        }
        self.position = self.position.max(to);
        Moved::On(to)
    }

    /// The server dies, and perhaps loses the newest steps. Says whether it did.
    pub(super) fn lose(&mut self, chance: &mut Chance) -> bool {
        let kept = chance.place(self.at_risk.len().saturating_add(1));
        let lost = self.at_risk.split_off(kept);
        for step in lost.iter().rev() {
            self.position = step.from;
            for name in &step.added {
                self.entries.remove(name);
            }
        }
        self.at_risk.clear();
        !lost.is_empty()
    }
}

fn name(entry: &KeyEntry) -> Name {
    (entry.client, entry.key.clone())
}
