//! The keys used last, exactly.

use std::collections::HashMap;

use linli_domain::{ClientId, IdempotencyKey};

/// Keys in one generation. Two are kept, so that between one and two times as many are remembered:
/// several seconds of the highest rate, in which nearly all repeats come, and some 10 MB. It must
/// exceed what two frames and a look-up hold, for the index knows those not yet.
const GENERATION_KEYS_MAX: usize = 32_768;

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

/// Keys by client. The senders choose the keys, so the tables hash with a secret seed.
type Generation = HashMap<ClientId, HashMap<IdempotencyKey, Used>>;

/// The keys used last; when a generation is full, the one before it is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    young: Generation,
    young_keys: usize,
    old: Generation,
}

impl Recent {
    /// What the key was used for, if it is remembered.
    pub(crate) fn get(&self, client: ClientId, key: &IdempotencyKey) -> Option<&Used> {
        [&self.young, &self.old]
            .into_iter()
            .find_map(|generation| generation.get(&client)?.get(key))
    }

    /// Remembers a key.
    pub(crate) fn put(&mut self, client: ClientId, key: IdempotencyKey, used: Used) {
        if self.young_keys >= GENERATION_KEYS_MAX {
            let forgotten = std::mem::replace(&mut self.old, std::mem::take(&mut self.young));
            self.young_keys = 0;
            // Freeing so many keys takes milliseconds, which the writer has not.
            if let Ok(runtime) = tokio::runtime::Handle::try_current() {
                drop(runtime.spawn_blocking(move || drop(forgotten)));
            }
        }
        self.young.entry(client).or_default().insert(key, used);
        self.young_keys = self.young_keys.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_generation_is_always_remembered() {
        let mut recent = Recent::default();
        let key = |n: u64| IdempotencyKey::new(&format!("key-{n}")).unwrap();
        let used = |n: u64| Used { body_hash: [0; 32], first: n, last: n };
        let generation = u64::try_from(GENERATION_KEYS_MAX).unwrap();
        let count = generation.saturating_mul(3);
        for n in 0..count {
            recent.put(ClientId(7), key(n), used(n));
        }
        for n in count.saturating_sub(generation)..count {
            assert_eq!(recent.get(ClientId(7), &key(n)), Some(&used(n)));
        }
        assert_eq!(recent.get(ClientId(7), &key(0)), None);
        assert_eq!(recent.get(ClientId(8), &key(count.saturating_sub(1))), None);
    }
}
