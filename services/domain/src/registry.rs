//! A table of one noun by its id. It can be walked in the order of ids alone, so that nothing
//! ever depends on the order of a hash.

use std::hash::Hash;

use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::FxHashMap;

use crate::{Noun, Refusal};

/// A table by id. Its canonical bytes are those of its entries in the order of their ids.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Registry<K: Ord + Hash, V>(FxHashMap<K, V>);

impl<K: Ord + Hash, V> Default for Registry<K, V> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<K: Copy + Ord + Hash, V> Registry<K, V> {
    /// What stands under this id.
    pub fn get(&self, id: K) -> Option<&V> {
        self.0.get(&id)
    }

    /// Does anything?
    pub fn contains(&self, id: K) -> bool {
        self.0.contains_key(&id)
    }

    /// How many stand in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Nothing in it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of it, in the order of ids. Sorts, so it is for the few and for the patient.
    pub fn sorted(&self) -> impl Iterator<Item = (K, &V)> {
        let mut all: Vec<_> = self.0.iter().map(|(id, value)| (*id, value)).collect();
        all.sort_unstable_by_key(|(id, _)| *id);
        all.into_iter()
    }

    /// All of it, in no order: for what is put into a table again and nothing else.
    pub(crate) fn scattered(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter()
    }

    /// Makes room for so many more.
    pub(crate) fn reserve(&mut self, more: usize) {
        self.0.reserve(more);
    }

    /// Puts them all in; a later one takes an earlier one's place.
    pub(crate) fn extend(&mut self, entries: Vec<(K, V)>) {
        self.0.extend(entries);
    }

    /// All of it, in no order that anything may depend on.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.0.values()
    }

    /// How many places the table has, taken and free: a power of two, seven of eight to be taken.
    pub(crate) fn places(&self) -> usize {
        let capacity = self.0.capacity();
        capacity.saturating_add(capacity / 7)
    }

    pub(crate) fn get_mut(&mut self, id: K) -> Option<&mut V> {
        self.0.get_mut(&id)
    }

    pub(crate) fn insert(&mut self, id: K, value: V) {
        self.0.insert(id, value);
    }

    pub(crate) fn remove(&mut self, id: K) {
        self.0.remove(&id);
    }

    /// Refuses if the id is taken.
    pub(crate) fn vacant(&self, id: K, noun: Noun) -> Result<(), Refusal> {
        if self.contains(id) { Err(Refusal::AlreadyExists(noun)) } else { Ok(()) }
    }
}

impl<K: Copy + Ord + Hash, V: Default> Registry<K, V> {
    pub(crate) fn entry(&mut self, id: K) -> &mut V {
        self.0.entry(id).or_default()
    }
}
