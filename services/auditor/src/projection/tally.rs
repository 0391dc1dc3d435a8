//! Sums of hashes: of rows that grow for ever, how many an owner has and what they sum to.
//!
//! Equal rows give equal sums in whatever order they come; to find other rows with the same sum
//! of 128 bits is beyond a fault, and beyond most tamperers.

use futures::{StreamExt as _, pin_mut};
use linli_readmodel::{ReadError, RowsDigest, Snapshot, Table};
use rustc_hash::FxHashMap;

use super::Rows;
use super::merge::{table_name, unreadable};
use crate::finding::{Finding, Kind, Place};

/// How many rows, and the sum of their hashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    rows: u64,
    hashes: u128,
}

impl Sum {
    fn add<T: Table>(&mut self, row: &T) {
        let mut digest = RowsDigest::default();
        // No cell of a row lacks a form in SQL; one that did would be missing on both sides.
        drop(digest.add(row));
        let hash = digest.finish().0;
        let half = hash.first_chunk().copied().unwrap_or_default();
        let half = u128::from_be_bytes(half);
        self.rows = self.rows.saturating_add(1);
        self.hashes = self.hashes.wrapping_add(half);
    }
}

/// A sum for each owner.
#[derive(Debug)]
pub(super) struct Tally<K>(FxHashMap<K, Sum>);

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<K: Copy + Ord + std::hash::Hash + std::fmt::Debug> Tally<K> {
    pub(super) fn add<T: Table>(&mut self, owner: K, row: &T) {
        self.0.entry(owner).or_default().add(row);
    }

    /// Compares with the rows that are there, which come in the order of their owners.
    pub(super) async fn compare<T: Table>(
        &self,
        snapshot: &Snapshot,
        owner: impl Fn(&T) -> K,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let mut found: FxHashMap<K, Sum> = FxHashMap::default();
        let say = |key: K, expected: Sum, found: Sum, rows: &mut Rows| {
            if expected == found {
                return;
            }
            let place =
                Place::Row { table: table_name::<T>(), key: format!("{key:?}"), column: None };
            let what = if expected.rows == found.rows {
                format!("of its {} rows, one or more differ", expected.rows)
            } else {
                format!("{} rows expected, {} found", expected.rows, found.rows)
            };
            rows.findings.add(Finding::new(place, Kind::Row, what));
        };
        let stream = snapshot.rows::<T>().await?;
        pin_mut!(stream);
        while let Some(row) = stream.next().await {
            match row {
                Ok(row) => {
                    rows.count = rows.count.saturating_add(1);
                    found.entry(owner(&row)).or_default().add(&row);
                }
                Err(ReadError::Row(error)) => rows.findings.add(unreadable::<T>(&error)),
                Err(error) => return Err(error),
            }
        }
        let mut owners: Vec<K> = self.0.keys().chain(found.keys()).copied().collect();
        owners.sort_unstable();
        owners.dedup();
        for key in owners {
            let sum = |sums: &FxHashMap<K, Sum>| sums.get(&key).copied().unwrap_or_default();
            say(key, sum(&self.0), sum(&found), rows);
        }
        Ok(())
    }
}
