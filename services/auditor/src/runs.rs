//! A list as long as the log that is looked at in one order, at the end: in sorted runs, of which
//! all but the newest lie in files without a name. So what an audit has to remember for good takes
//! the same memory however long the log is.
//!
//! | what | how many |
//! |---|---|
//! | entries in memory | [`FRESH_MAX`] |
//! | runs of one level, before they become one of the next | [`LEVEL_RUNS_MAX`] |
//! | writings of an entry | one for each level: three for four thousand million |
//!
//! The files are in the system's folder for temporary ones (`TMPDIR`), and are gone with the process.
//! Where none can be made there, or none can be written to its end, runs stay in memory.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek as _, Write};

use borsh::{BorshDeserialize, BorshSerialize};

/// Entries that are sorted at once: some MiB, which a core's cache nearly holds.
const FRESH_MAX: usize = 128 * 1024;

/// Runs of one length that wait; reading them side by side takes a buffer for each.
const LEVEL_RUNS_MAX: usize = 32;

/// What is read or written of a file at once.
const BUFFER_BYTES: usize = 64 * 1024;

/// Something with a place in an order.
pub(crate) trait Entry: Copy + BorshSerialize + BorshDeserialize {
    /// What it is sorted by.
    type Key: Ord;

    fn key(&self) -> Self::Key;
}

/// The list.
#[derive(Debug)]
pub(crate) struct Runs<E> {
    fresh: Vec<E>,
    /// By level: each run of one is as long as all of a whole level below it.
    levels: Vec<Vec<Run<E>>>,
    fresh_max: usize,
    count: u64,
    /// A run could not be read again.
    fault: Option<io::Error>,
}

/// Entries in their order.
#[derive(Debug)]
enum Run<E> {
    File { file: File, entries: u64 },
    Memory(Vec<E>),
}

impl<E> Default for Runs<E> {
    fn default() -> Self {
        let (fresh, levels) = (Vec::new(), Vec::new());
        Self { fresh, levels, fresh_max: FRESH_MAX, count: 0, fault: None }
    }
}

impl<E: Entry> Runs<E> {
    /// How many entries.
    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    /// Takes in one more. If that takes reading what was written, and it can't be read, then
    /// whoever asks for the order is told.
    pub(crate) fn push(&mut self, entry: E) {
        self.fresh.push(entry);
        self.count = self.count.saturating_add(1);
        if self.fresh.len() >= self.fresh_max
            && let Err(fault) = self.spill()
        {
            self.fault = Some(fault);
        }
    }

    /// Tells all of them in their order; those with the same key in any.
    ///
    /// # Errors
    /// If a run can't be read again.
    pub(crate) fn in_order(&mut self, tell: impl FnMut(E)) -> io::Result<()> {
        self.fault.take().map_or(Ok(()), Err)?;
        self.fresh.sort_unstable_by_key(E::key);
        let runs = self.levels.iter().flatten();
        merge(runs.map(Run::entries).chain([Ok(Entries::of(&self.fresh))]), tell)
    }

    fn spill(&mut self) -> io::Result<()> {
        self.fresh.sort_unstable_by_key(E::key);
        let fresh = std::mem::take(&mut self.fresh);
        let run = match written(|put| fresh.iter().try_for_each(|entry| put(*entry))) {
            Ok(run) => {
                // Its room is taken again.
                self.fresh = fresh;
                self.fresh.clear();
                run
            }
            Err(_) => Run::Memory(fresh),
        };
        self.settle(run)
    }

    /// Puts a run in its level, and makes one of a level that is whole.
    fn settle(&mut self, run: Run<E>) -> io::Result<()> {
        let mut run = run;
        for level in 0.. {
            if self.levels.len() <= level {
                self.levels.push(Vec::new());
            }
            let Some(runs) = self.levels.get_mut(level) else { break };
            runs.push(run);
            if runs.len() < LEVEL_RUNS_MAX {
                break;
            }
            let mut unread = Ok(());
            let merged = written(|put| {
                let mut unwritten = Ok(());
                unread = merge(runs.iter().map(Run::entries), |entry| {
                    if unwritten.is_ok() {
                        unwritten = put(entry);
                    }
                });
                unwritten
            });
            unread?;
            // Where there is no room for it, they stay as many as they are.
            let Ok(merged) = merged else { break };
            runs.clear();
            run = merged;
        }
        Ok(())
    }
}

/// Writes a run into a file of its own.
fn written<E: Entry>(
    entries: impl FnOnce(&mut dyn FnMut(E) -> io::Result<()>) -> io::Result<()>,
) -> io::Result<Run<E>> {
    let mut writer = BufWriter::with_capacity(BUFFER_BYTES, tempfile::tempfile()?);
    let mut count = 0_u64;
    entries(&mut |entry| {
        count = count.saturating_add(1);
        entry.serialize(&mut writer)
    })?;
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(Run::File { file, entries: count })
}

impl<E: Entry> Run<E> {
    /// From its first entry on. Of one file only one such may be about.
    fn entries(&self) -> io::Result<Entries<'_, E>> {
        match self {
            Self::Memory(entries) => Ok(Entries::of(entries)),
            Self::File { file, entries } => {
                let mut file: &File = file;
                file.rewind()?;
                let reader = BufReader::with_capacity(BUFFER_BYTES, file);
                Ok(Entries::File { reader, left: *entries })
            }
        }
    }
}

enum Entries<'a, E> {
    File { reader: BufReader<&'a File>, left: u64 },
    Memory(std::slice::Iter<'a, E>),
}

impl<'a, E: Entry> Entries<'a, E> {
    fn of(entries: &'a [E]) -> Self {
        Self::Memory(entries.iter())
    }

    fn next(&mut self) -> io::Result<Option<E>> {
        match self {
            Self::Memory(entries) => Ok(entries.next().copied()),
            Self::File { left: 0, .. } => Ok(None),
            Self::File { reader, left } => {
                *left = left.saturating_sub(1);
                E::deserialize_reader(reader).map(Some)
            }
        }
    }
}

/// Tells the entries of several runs in one order.
fn merge<'a, E: Entry + 'a>(
    runs: impl Iterator<Item = io::Result<Entries<'a, E>>>,
    mut tell: impl FnMut(E),
) -> io::Result<()> {
    let mut runs = runs.collect::<io::Result<Vec<_>>>()?;
    let mut heads = Vec::new();
    let mut waiting = BinaryHeap::new();
    for (number, run) in runs.iter_mut().enumerate() {
        let head = run.next()?;
        waiting.extend(head.map(|entry| Reverse((entry.key(), number))));
        heads.push(head);
    }
    while let Some(mut first) = waiting.peek_mut() {
        let Reverse((_, number)) = *first;
        let (Some(run), Some(head)) = (runs.get_mut(number), heads.get_mut(number)) else { break };
        let next = run.next()?;
        match next {
            Some(entry) => *first = Reverse((entry.key(), number)),
            None => drop(std::collections::binary_heap::PeekMut::pop(first)),
        }
        if let Some(entry) = std::mem::replace(head, next) {
            tell(entry);
        }
    }
    Ok(())
}

/// How many there are, and each of them, in whatever order they lie.
impl<E: Entry> BorshSerialize for Runs<E> {
    fn serialize<W: Write>(&self, writer: &mut W) -> io::Result<()> {
        self.count.serialize(writer)?;
        self.fresh.iter().try_for_each(|entry| entry.serialize(writer))?;
        for run in self.levels.iter().flatten() {
            let mut entries = run.entries()?;
            while let Some(entry) = entries.next()? {
                entry.serialize(writer)?;
            }
        }
        Ok(())
    }
}

impl<E: Entry> BorshDeserialize for Runs<E> {
    fn deserialize_reader<R: Read>(reader: &mut R) -> io::Result<Self> {
        let mut runs = Self::default();
        for _ in 0..u64::deserialize_reader(reader)? {
            runs.push(E::deserialize_reader(reader)?);
        }
        Ok(runs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Entry for (u64, u32) {
        type Key = u64;

        fn key(&self) -> u64 {
            self.0
        }
    }

    fn told(runs: &mut Runs<(u64, u32)>) -> Vec<(u64, u32)> {
        let mut told = Vec::new();
        runs.in_order(|entry| told.push(entry)).unwrap();
        told
    }

    #[test]
    fn all_entries_come_in_order_however_many_levels_there_are() {
        // Two levels above the fresh ones, and some that wait in each.
        let mut runs = Runs { fresh_max: 3, ..Runs::default() };
        let numbers =
            (0..3 * 32 * 33 + 100_u32).map(|n| (u64::from(n).wrapping_mul(0x9e37_79b9) % 9_973, n));
        let mut expected: Vec<_> = numbers.collect();
        expected.iter().for_each(|entry| runs.push(*entry));
        assert!(runs.levels.len() == 3, "{}", runs.levels.len());
        assert!(runs.levels.iter().flatten().all(|run| matches!(run, Run::File { .. })));
        assert!(runs.levels.iter().all(|level| level.len() < LEVEL_RUNS_MAX));
        let mut found = told(&mut runs);
        assert!(found.is_sorted_by_key(Entry::key));
        // A second look, and one at what was kept, tell the same.
        let kept: Runs<(u64, u32)> = borsh::from_slice(&borsh::to_vec(&runs).unwrap()).unwrap();
        for mut again in [runs, kept] {
            assert_eq!(again.count(), u64::try_from(expected.len()).unwrap());
            let mut again = told(&mut again);
            assert!(again.is_sorted_by_key(Entry::key));
            again.sort_unstable();
            found.sort_unstable();
            assert_eq!(again, found);
        }
        expected.sort_unstable();
        assert_eq!(found, expected);
    }
}
