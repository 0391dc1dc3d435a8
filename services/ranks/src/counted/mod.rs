//! A sorted set that knows how many come before each: rank and select in logarithmic time.
//!
//! Two levels: blocks of keys in order, and a Fenwick tree over the blocks' sizes. A search is two
//! binary searches over keys that lie side by side; an insertion shifts half a block at the most.
//! A block that is full is halved, and the tree over the blocks is made anew, which comes once in
//! some hundred insertions.

mod fenwick;

#[cfg(test)]
mod tests;

use fenwick::Fenwick;

/// The most keys in a block: 16 kB of the largest keys here, so that a shift stays in the
/// processor's nearest cache, and a million keys are some 3,000 blocks.
const BLOCK_KEYS_MAX: usize = 512;

/// How full blocks are that are filled at once: there is room for those who come.
const BLOCK_KEYS_FILLED: usize = BLOCK_KEYS_MAX / 4 * 3;

/// For how many keys more a block makes room at once, while small ones double.
const BLOCK_KEYS_GROWN: usize = BLOCK_KEYS_MAX / 8;

/// A sorted set that knows how many come before each.
#[derive(Clone, Debug)]
pub struct Counted<K> {
    /// None is empty.
    blocks: Vec<Vec<K>>,
    sizes: Fenwick,
}

impl<K> Default for Counted<K> {
    fn default() -> Self {
        Self { blocks: Vec::new(), sizes: Fenwick::default() }
    }
}

impl<K: Ord + Copy> Counted<K> {
    /// Of keys in any order; one that stands twice is kept once.
    #[must_use]
    pub fn of(mut keys: Vec<K>) -> Self {
        keys.sort_unstable();
        keys.dedup();
        let blocks: Vec<Vec<K>> = keys.chunks(BLOCK_KEYS_FILLED).map(<[K]>::to_vec).collect();
        let sizes = Fenwick::over(blocks.iter().map(Vec::len));
        Self { blocks, sizes }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sizes.before(self.blocks.len())
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Puts a key in; `false` if it was there.
    pub fn insert(&mut self, key: K) -> bool {
        let at = self.block_of(&key);
        let Some(block) = self.blocks.get_mut(at) else {
            self.blocks.push(vec![key]);
            self.count_anew();
            return true;
        };
        let Err(place) = block.binary_search(&key) else { return false };
        if block.len() == block.capacity() {
            // A `Vec` would double, and most of the room would stay empty.
            block.reserve_exact(block.len().clamp(1, BLOCK_KEYS_GROWN));
        }
        block.insert(place, key);
        if block.len() < BLOCK_KEYS_MAX {
            self.sizes.more(at);
            return true;
        }
        let upper = block.split_off(block.len() / 2);
        block.shrink_to(BLOCK_KEYS_MAX / 2 + BLOCK_KEYS_GROWN);
        self.blocks.insert(at.saturating_add(1), upper);
        self.count_anew();
        true
    }

    /// Takes a key out; `false` if it wasn't there.
    pub fn remove(&mut self, key: &K) -> bool {
        let at = self.block_of(key);
        let Some(block) = self.blocks.get_mut(at) else { return false };
        let Ok(place) = block.binary_search(key) else { return false };
        block.remove(place);
        if block.is_empty() {
            self.blocks.remove(at);
            self.count_anew();
        } else {
            self.sizes.fewer(at);
        }
        true
    }

    /// Is the key there?
    #[must_use]
    pub fn contains(&self, key: &K) -> bool {
        let block = self.blocks.get(self.block_of(key));
        block.is_some_and(|block| block.binary_search(key).is_ok())
    }

    /// How many come before this key, whether it is there or not.
    #[must_use]
    pub fn before(&self, key: &K) -> usize {
        let at = self.block_of(key);
        let inside = self.blocks.get(at).map_or(0, |block| match block.binary_search(key) {
            Ok(place) | Err(place) => place,
        });
        self.sizes.before(at).saturating_add(inside)
    }

    /// The key that so many come before.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<K> {
        self.from(place).next()
    }

    /// The keys in order, from the one on that so many come before.
    pub fn from(&self, place: usize) -> impl Iterator<Item = K> {
        let (at, inside) = self.sizes.find(place);
        let first = self.blocks.get(at).and_then(|block| block.get(inside..)).unwrap_or_default();
        let rest = self.blocks.get(at.saturating_add(1)..).unwrap_or_default();
        first.iter().chain(rest.iter().flatten()).copied()
    }

    /// The memory that it takes, in bytes: keys and the room for more, blocks, and sizes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let keys: usize = self.blocks.iter().map(Vec::capacity).sum();
        let keys = keys.saturating_mul(size_of::<K>());
        let blocks = self.blocks.capacity().saturating_mul(size_of::<Vec<K>>());
        keys.saturating_add(blocks).saturating_add(self.sizes.bytes())
    }

    /// The block that holds a key or would take it: the first whose last key isn't before it, else
    /// the last one; past all if there is none.
    fn block_of(&self, key: &K) -> usize {
        let at = self.blocks.partition_point(|block| block.last().is_some_and(|last| last < key));
        at.min(self.blocks.len().saturating_sub(1))
    }

    fn count_anew(&mut self) {
        self.sizes = Fenwick::over(self.blocks.iter().map(Vec::len));
    }
}
