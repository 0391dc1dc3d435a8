//! The keys used last, exactly.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use linli_domain::{ClientId, IdempotencyKey};

use super::Unindexed;

/// Keys that are remembered though the index has them: those of some tenths of a second of the
/// highest rate, in which nearly all repeats come, and some 5 MB.
const KEYS_KEPT: usize = 32_768;

/// Most keys that the index has not reached: two to three seconds of the highest rate, and some
/// 40 MB. They are never forgotten; when there are so many, new commands have to wait.
pub(crate) const KEYS_UNINDEXED_MAX: usize = 262_144;

/// How much a writer remembers of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// Keys that are remembered though the index has them.
    pub keys_kept: usize,
    /// Most keys that the index has not reached; with so many, new commands have to wait.
    pub keys_unindexed_max: usize,
}

impl Default for Memory {
    fn default() -> Self {
        Self { keys_kept: KEYS_KEPT, keys_unindexed_max: KEYS_UNINDEXED_MAX }
    }
}

/// What a key was used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Used {
    /// SHA-256 of the command's body.
    pub(crate) body_hash: [u8; 32],
    /// Position of the first record it led to.
    pub(crate) first: u64,
    /// Position of the last one.
    pub(crate) last: u64,
}

/// The keys used last, in the order of their records. One is forgotten only when the index has it
/// and there are more than enough.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    pub(crate) memory: Memory,
    /// The number of each entry, by the hash of its key. The senders choose the keys, so the hash
    /// has a secret seed.
    numbers: HashTable<u64>,
    seed: RandomState,
    entries: VecDeque<Entry>,
    /// The number of the first entry.
    first: u64,
    /// How many entries the index has.
    indexed: usize,
    /// How far the index is.
    index_position: u64,
}

#[derive(Debug)]
struct Entry {
    hash: u64,
    client: ClientId,
    key: IdempotencyKey,
    used: Used,
}

impl Recent {
    /// None yet, with the index at a position.
    pub(crate) fn new(index_position: u64) -> Self {
        Self { index_position, ..Self::default() }
    }

    /// What the key was used for, if it is remembered.
    pub(crate) fn get(&self, client: ClientId, key: &IdempotencyKey) -> Option<&Used> {
        let hash = self.hash(client, key);
        let number = self.numbers.find(hash, |number| {
            self.entry(*number).is_some_and(|entry| entry.client == client && entry.key == *key)
        })?;
        self.entry(*number).map(|entry| &entry.used)
    }

    /// Remembers a key whose records come after those of all others.
    pub(crate) fn put(&mut self, client: ClientId, key: IdempotencyKey, used: Used) {
        self.forget();
        let hash = self.hash(client, &key);
        let number =
            self.first.saturating_add(u64::try_from(self.entries.len()).unwrap_or_default());
        self.entries.push_back(Entry { hash, client, key, used });
        let Self { numbers, entries, first, .. } = self;
        numbers.insert_unique(hash, number, |number| {
            place(*first, *number)
                .and_then(|place| entries.get(place))
                .map_or(0, |entry| entry.hash)
        });
    }

    /// Whether there is room for a key that the index has not reached.
    pub(crate) fn has_room(&self) -> bool {
        self.unindexed() < self.memory.keys_unindexed_max
    }

    /// How many keys the index has not reached.
    pub(crate) fn unindexed(&self) -> usize {
        self.entries.len().saturating_sub(self.indexed)
    }

    /// The index has every key of the records up to `position`.
    pub(crate) fn indexed(&mut self, position: u64) {
        if position <= self.index_position {
            return;
        }
        self.index_position = position;
        while self.entries.get(self.indexed).is_some_and(|entry| entry.used.last <= position) {
            self.indexed = self.indexed.saturating_add(1);
        }
    }

    /// Forgets up to two of the oldest keys: one more than comes, so that what piled up goes.
    fn forget(&mut self) {
        for _ in 0..2 {
            if self.entries.len() < self.memory.keys_kept || self.indexed == 0 {
                return;
            }
            let Some(entry) = self.entries.pop_front() else { return };
            let number = self.first;
            if let Ok(found) = self.numbers.find_entry(entry.hash, |other| *other == number) {
                found.remove();
            }
            self.first = self.first.saturating_add(1);
            self.indexed = self.indexed.saturating_sub(1);
        }
    }

    fn entry(&self, number: u64) -> Option<&Entry> {
        self.entries.get(place(self.first, number)?)
    }

    fn hash(&self, client: ClientId, key: &IdempotencyKey) -> u64 {
        self.seed.hash_one((client, key))
    }
}

fn place(first: u64, number: u64) -> Option<usize> {
    usize::try_from(number.checked_sub(first)?).ok()
}

impl From<Unindexed> for Recent {
    fn from(Unindexed { position, keys }: Unindexed) -> Self {
        let mut recent = Self::new(position);
        for entry in keys {
            // Keys that come out of records are keys.
            if let Ok(key) = IdempotencyKey::new(&entry.key) {
                recent.put(ClientId(u128::from_be_bytes(entry.client)), key, Used::from(&entry));
            }
        }
        recent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u64) -> IdempotencyKey {
        IdempotencyKey::new(&format!("key-{n}")).unwrap()
    }

    fn used(n: u64) -> Used {
        Used { body_hash: [0; 32], first: n, last: n }
    }

    fn held(recent: &Recent, keys: std::ops::Range<u64>) -> usize {
        keys.filter(|n| recent.get(ClientId(7), &key(*n)) == Some(&used(*n))).count()
    }

    #[test]
    fn a_key_is_forgotten_only_when_the_index_has_it() {
        let kept = u64::try_from(KEYS_KEPT).unwrap();
        let mut recent = Recent::new(0);
        for n in 1..=3 * kept {
            recent.put(ClientId(7), key(n), used(n));
        }
        assert_eq!(recent.unindexed(), 3 * KEYS_KEPT);
        assert_eq!(held(&recent, 1..3 * kept + 1), 3 * KEYS_KEPT, "the index has none");

        recent.indexed(kept);
        recent.indexed(5);
        assert_eq!(recent.unindexed(), 2 * KEYS_KEPT);
        for n in 3 * kept + 1..=5 * kept {
            recent.put(ClientId(7), key(n), used(n));
        }
        assert_eq!(held(&recent, 1..kept + 1), 0, "what it has goes");
        assert_eq!(held(&recent, kept + 1..5 * kept + 1), 4 * KEYS_KEPT);

        recent.indexed(5 * kept);
        for n in 5 * kept + 1..=9 * kept {
            recent.put(ClientId(7), key(n), used(n));
            recent.indexed(n);
        }
        assert_eq!(held(&recent, 1..9 * kept + 1), KEYS_KEPT);
        assert_eq!(held(&recent, 8 * kept + 1..9 * kept + 1), KEYS_KEPT, "the last ones stay");
        assert_eq!(recent.get(ClientId(8), &key(9 * kept)), None);
    }
}
