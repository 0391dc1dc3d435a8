//! Two lists of rows in the order of one key, side by side.

use std::cmp::Ordering;
use std::fmt::Debug;

use futures::{StreamExt as _, pin_mut};
use linli_domain::id::ResidentId;
use linli_readmodel::{Mode, ReadError, RowError, Snapshot, Table};

use super::Rows;
use crate::finding::{Finding, Kind, Place};

/// Compares a table with the rows that should be in it. Both have to come in the order of `key`,
/// which is the order of the table's key.
pub(super) async fn merge<T: Table + PartialEq, K: Ord + Debug>(
    snapshot: &Snapshot,
    expected: impl Iterator<Item = T>,
    key: impl Fn(&T) -> K,
    rows: &mut Rows,
) -> Result<(), ReadError> {
    let mut expected = expected.peekable();
    let stream = snapshot.rows::<T>().await?;
    pin_mut!(stream);
    while let Some(row) = stream.next().await {
        let found = match row {
            Ok(found) => found,
            Err(ReadError::Row(error)) => {
                rows.findings.add(unreadable::<T>(&error));
                continue;
            }
            Err(error) => return Err(error),
        };
        rows.count = rows.count.saturating_add(1);
        let at = key(&found);
        while let Some(missing) = expected.next_if(|row| key(row) < at) {
            rows.findings.add(whole::<T>(&key(&missing), "the row is missing"));
        }
        match expected.next_if(|row| key(row).cmp(&at) == Ordering::Equal) {
            None => rows.findings.add(whole::<T>(&at, "the log tells of no such row")),
            Some(row) if row == found => {}
            Some(row) => differences(&row, &found, &at, rows),
        }
    }
    for missing in expected {
        rows.findings.add(whole::<T>(&key(&missing), "the row is missing"));
    }
    Ok(())
}

fn differences<T: Table>(expected: &T, found: &T, key: &impl Debug, rows: &mut Rows) {
    let cells = expected.cells();
    let pairs = T::COLUMNS.iter().zip(cells.iter().zip(found.cells()));
    for (column, (expected, found)) in pairs {
        let (expected, found) = (readable(expected), readable(&found));
        if column.mode != Mode::Key && expected != found {
            let (table, key) = (table_name::<T>(), format!("{key:?}"));
            let place = Place::Row { table, key, column: Some(column.name) };
            let what = format!("expected {expected}, found {found}");
            rows.findings.add(Finding::new(place, Kind::Row, what));
        }
    }
}

fn whole<T: Table>(key: &impl Debug, what: &str) -> Finding {
    let (table, key) = (table_name::<T>(), format!("{key:?}"));
    Finding::new(Place::Row { table, key, column: None }, Kind::Row, what)
}

/// A row that holds what it can't: only its column is known.
pub(super) fn unreadable<T: Table>(error: &RowError) -> Finding {
    let column = match error {
        RowError::Column { column, .. } | RowError::Value { column } => Some(*column),
    };
    let place = Place::Row { table: table_name::<T>(), key: "unreadable".to_owned(), column };
    Finding::new(place, Kind::Row, error.to_string())
}

pub(super) fn table_name<T: Table>() -> String {
    format!("{}.{}", T::PROJECTION, T::NAME)
}

/// A cell for people: an id as the text that it has everywhere else.
fn readable(cell: &impl Debug) -> String {
    let shown = format!("{cell:?}");
    let (bare, optional) = match shown.strip_prefix("Some(").and_then(|it| it.strip_suffix(')')) {
        Some(inside) => (inside, true),
        None => (shown.as_str(), false),
    };
    let number = bare.strip_prefix("Uuid(").and_then(|it| it.strip_suffix(')'));
    match number.and_then(|number| number.parse().ok()) {
        Some(number) => ResidentId::from_number(number).to_string(),
        None if optional => bare.to_owned(),
        None => shown,
    }
}
