//! A table of one noun by its id. It can be walked in the order of ids alone, so that nothing
//! ever depends on the order of a hash.

use std::hash::{BuildHasher as _, Hash};

use borsh::{BorshDeserialize, BorshSerialize, io};
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;

use crate::{Noun, Refusal};

/// Entries lie in blocks of so many, so that a table of a million grows without moving any of them.
const BLOCK: usize = 512;

/// A table by id. Its canonical bytes are those of its entries in the order of their ids.
///
/// Entries lie close together, and what is spread by hash are their numbers alone: the room that a
/// table keeps free costs five bytes an entry, and not a row.
#[derive(Clone, Debug)]
pub struct Registry<K, V> {
    numbers: HashTable<u32>,
    rows: Rows<K, V>,
}

/// Entries by number, without a gap.
#[derive(Clone, Debug)]
struct Rows<K, V> {
    /// Blocks that are full.
    full: Vec<Vec<(K, V)>>,
    /// The entries after those.
    last: Vec<(K, V)>,
}

impl<K, V> Default for Registry<K, V> {
    fn default() -> Self {
        let rows = Rows { full: Vec::new(), last: Vec::new() };
        Self { numbers: HashTable::new(), rows }
    }
}

impl<K, V> Rows<K, V> {
    fn iter(&self) -> impl Iterator<Item = &(K, V)> {
        self.full.iter().flatten().chain(&self.last)
    }

    #[expect(clippy::indexing_slicing, reason = "numbers are below the count of entries")]
    fn at(&self, number: u32) -> &(K, V) {
        let number = place(number);
        &self.full.get(number / BLOCK).unwrap_or(&self.last)[number % BLOCK]
    }

    #[expect(clippy::indexing_slicing, reason = "numbers are below the count of entries")]
    fn at_mut(&mut self, number: u32) -> &mut (K, V) {
        let number = place(number);
        &mut self.full.get_mut(number / BLOCK).unwrap_or(&mut self.last)[number % BLOCK]
    }

    fn push(&mut self, entry: (K, V)) {
        if self.last.len() >= BLOCK {
            let next = Vec::with_capacity(BLOCK);
            self.full.push(std::mem::replace(&mut self.last, next));
        }
        self.last.push(entry);
    }

    fn pop(&mut self) -> Option<(K, V)> {
        let popped = self.last.pop();
        if self.last.is_empty()
            && let Some(full) = self.full.pop()
        {
            self.last = full;
        }
        popped
    }
}

impl<K: Copy + Ord + Hash, V> Registry<K, V> {
    fn number(&self, id: K) -> Option<u32> {
        self.numbers.find(hash(id), |number| self.rows.at(*number).0 == id).copied()
    }

    /// What stands under this id.
    pub fn get(&self, id: K) -> Option<&V> {
        self.number(id).map(|number| &self.rows.at(number).1)
    }

    /// Does anything?
    pub fn contains(&self, id: K) -> bool {
        self.number(id).is_some()
    }

    /// How many stand in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Nothing in it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// All of it, in the order of ids. Sorts, so it is for the few and for the patient.
    pub fn sorted(&self) -> impl Iterator<Item = (K, &V)> {
        let mut all: Vec<_> = self.rows.iter().map(|(id, value)| (*id, value)).collect();
        all.sort_unstable_by_key(|(id, _)| *id);
        all.into_iter()
    }

    /// All of it, in no order: for what is put into a table again and nothing else.
    pub(crate) fn scattered(&self) -> impl Iterator<Item = (&K, &V)> {
        self.rows.iter().map(|(id, value)| (id, value))
    }

    /// Makes room for so many more.
    pub(crate) fn reserve(&mut self, more: usize) {
        let Self { numbers, rows } = self;
        numbers.reserve(more, |number| hash(rows.at(*number).0));
    }

    /// Puts them all in; a later one takes an earlier one's place.
    pub(crate) fn extend(&mut self, entries: Vec<(K, V)>) {
        self.reserve(entries.len());
        for (id, value) in entries {
            self.insert(id, value);
        }
    }

    /// All of it, in no order that anything may depend on.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.rows.iter().map(|(_, value)| value)
    }

    /// What it takes of memory, in bytes, but for what its values hold elsewhere.
    pub(crate) fn bytes(&self) -> usize {
        let Rows { full, last } = &self.rows;
        let rows = full.iter().chain([last]).map(Vec::capacity).fold(0, usize::saturating_add);
        self.numbers.allocation_size().saturating_add(rows.saturating_mul(size_of::<(K, V)>()))
    }

    pub(crate) fn get_mut(&mut self, id: K) -> Option<&mut V> {
        self.number(id).map(|number| &mut self.rows.at_mut(number).1)
    }

    pub(crate) fn insert(&mut self, id: K, value: V) {
        match self.place_for(id) {
            (number, true) => self.rows.at_mut(number).1 = value,
            (_, false) => self.rows.push((id, value)),
        }
    }

    /// The number under which an id stands, and whether its row is there; the caller pushes the row
    /// that isn't.
    fn place_for(&mut self, id: K) -> (u32, bool) {
        // Memory ends long before such numbers do.
        let next = u32::try_from(self.len()).unwrap_or(u32::MAX);
        let Self { numbers, rows } = self;
        let (is_it, hashed) =
            (|number: &u32| rows.at(*number).0 == id, |number: &u32| hash(rows.at(*number).0));
        match numbers.entry(hash(id), is_it, hashed) {
            Entry::Occupied(found) => (*found.get(), true),
            Entry::Vacant(free) => {
                free.insert(next);
                (next, false)
            }
        }
    }

    /// Takes it out. The last entry comes to where it was.
    pub(crate) fn remove(&mut self, id: K) {
        let Self { numbers, rows } = self;
        let found = numbers.find_entry(hash(id), |number| rows.at(*number).0 == id);
        let Ok(found) = found else { return };
        let (number, _) = found.remove();
        let last = numbers.len();
        let Some(moved) = rows.pop() else { return };
        if moved.0 == id {
            return;
        }
        if let Some(found) = numbers.find_mut(hash(moved.0), |number| place(*number) == last) {
            *found = number;
        }
        *rows.at_mut(number) = moved;
    }

    /// Refuses if the id is taken.
    pub(crate) fn vacant(&self, id: K, noun: Noun) -> Result<(), Refusal> {
        if self.contains(id) { Err(Refusal::AlreadyExists(noun)) } else { Ok(()) }
    }
}

impl<K: Copy + Ord + Hash, V: Default> Registry<K, V> {
    pub(crate) fn entry(&mut self, id: K) -> &mut V {
        let (number, is_there) = self.place_for(id);
        if !is_there {
            self.rows.push((id, V::default()));
        }
        &mut self.rows.at_mut(number).1
    }
}

impl<K: Copy + Ord + Hash, V: PartialEq> PartialEq for Registry<K, V> {
    fn eq(&self, other: &Self) -> bool {
        let same = |(id, value): &(K, V)| other.get(*id) == Some(value);
        self.len() == other.len() && self.rows.iter().all(same)
    }
}

impl<K: Copy + Ord + Hash, V: Eq> Eq for Registry<K, V> {}

impl<K: Copy + Ord + Hash + BorshSerialize, V: BorshSerialize> BorshSerialize for Registry<K, V> {
    fn serialize<W: io::Write>(&self, writer: &mut W) -> io::Result<()> {
        u32::try_from(self.len()).map_err(io::Error::other)?.serialize(writer)?;
        self.sorted().try_for_each(|(id, value)| {
            id.serialize(writer)?;
            value.serialize(writer)
        })
    }
}

impl<K, V> BorshDeserialize for Registry<K, V>
where
    K: Copy + Ord + Hash + BorshDeserialize,
    V: BorshDeserialize,
{
    fn deserialize_reader<R: io::Read>(reader: &mut R) -> io::Result<Self> {
        let count = u32::deserialize_reader(reader)?;
        let mut read = Self::default();
        let mut before = None;
        for _ in 0..count {
            let (id, value) = <(K, V)>::deserialize_reader(reader)?;
            if before.replace(id).is_some_and(|before| before >= id) {
                let what = "a table's ids have to be in their order";
                return Err(io::Error::new(io::ErrorKind::InvalidData, what));
            }
            read.insert(id, value);
        }
        Ok(read)
    }
}

fn hash<K: Hash>(id: K) -> u64 {
    FxBuildHasher.hash_one(id)
}

/// A number as a place in memory.
fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_table_whatever_comes_and_goes(
            steps in prop::collection::vec((any::<bool>(), 0..2_000_u64, any::<u8>()), 0..6_000),
        ) {
            let (mut table, mut model) = (Registry::default(), BTreeMap::new());
            for (comes, id, value) in steps {
                if comes {
                    table.insert(id, value);
                    model.insert(id, value);
                } else {
                    table.remove(id);
                    model.remove(&id);
                }
            }
            prop_assert_eq!(table.len(), model.len());
            let all: Vec<_> = table.sorted().map(|(id, value)| (id, *value)).collect();
            prop_assert_eq!(&all, &model.clone().into_iter().collect::<Vec<_>>());
            for id in 0..2_000 {
                prop_assert_eq!(table.get(id), model.get(&id));
            }
            let bytes = borsh::to_vec(&table).unwrap();
            prop_assert_eq!(&bytes, &borsh::to_vec(&model).unwrap());
            let read: Registry<u64, u8> = borsh::from_slice(&bytes).unwrap();
            prop_assert!(read == table);
        }
    }
}
