//! The statements that write and read a table, made from its definition, and run on many rows
//! at once: parameters are arrays, a column each.

use deadpool_postgres::Transaction;
use linli_domain::text::Code;
use postgres_types::ToSql;

use super::{Mode, Table};
use crate::error::WriteError;

/// Inserts rows; one that is there already is an error.
pub(crate) async fn insert<T: Table>(
    transaction: &Transaction<'_>,
    schema: &str,
    district: &Code,
    rows: &[&T],
) -> Result<(), WriteError> {
    if rows.is_empty() {
        return Ok(());
    }
    run(transaction, &insert_text::<T>(schema), district, rows).await.map(drop)
}

/// Writes rows: new ones are inserted; in rows that are there, what is to be added is added and
/// what is to be set is set.
pub(crate) async fn upsert<T: Table>(
    transaction: &Transaction<'_>,
    schema: &str,
    district: &Code,
    rows: &[&T],
) -> Result<(), WriteError> {
    if rows.is_empty() {
        return Ok(());
    }
    run(transaction, &upsert_text::<T>(schema), district, rows).await.map(drop)
}

/// Changes rows, each of which has to be there.
pub(crate) async fn change<T: Table>(
    transaction: &Transaction<'_>,
    schema: &str,
    district: &Code,
    rows: &[&T],
) -> Result<(), WriteError> {
    if rows.is_empty() {
        return Ok(());
    }
    let changed = run(transaction, &change_text::<T>(schema), district, rows).await?;
    all_found(rows, changed)
}

/// Changes rows, each of which has to be there; those that satisfy `end` once they are changed, where
/// `t` is the row as it stands and `u` the change, leave the table and are not written first.
pub(crate) async fn change_or_end<T: Table>(
    transaction: &Transaction<'_>,
    schema: &str,
    district: &Code,
    rows: &[&T],
    end: &str,
) -> Result<(), WriteError> {
    if rows.is_empty() {
        return Ok(());
    }
    let ended = run(transaction, &end_text::<T>(schema, end), district, rows).await?;
    // Those that ended are not found any longer.
    let changed = run(transaction, &change_text::<T>(schema), district, rows).await?;
    all_found(rows, ended.saturating_add(changed))
}

fn all_found<T: Table>(rows: &[&T], found: u64) -> Result<(), WriteError> {
    let expected = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    if found == expected {
        Ok(())
    } else {
        Err(WriteError::Missing { table: T::NAME, expected, found })
    }
}

async fn run<T: Table>(
    transaction: &Transaction<'_>,
    text: &str,
    district: &Code,
    rows: &[&T],
) -> Result<u64, WriteError> {
    let fault = |source| WriteError::Statement { table: T::NAME, source };
    let statement = transaction.prepare_cached(text).await.map_err(fault)?;
    let arrays = T::arrays(rows);
    let district = district.as_str();
    let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&district];
    for array in &arrays {
        parameters.push(array.as_ref());
    }
    transaction.execute(&statement, &parameters).await.map_err(fault)
}

/// `$2::uuid[], $3::bigint[]` and so on.
fn unnested<T: Table>() -> String {
    let arrays = T::COLUMNS.iter().zip(2_u32..);
    let arrays = arrays.map(|(column, number)| {
        let bare = column.sql.split(' ').next().unwrap_or(column.sql);
        format!("${number}::{bare}[]")
    });
    arrays.collect::<Vec<_>>().join(", ")
}

/// The columns, each after `prefix`, parted by commas.
pub(crate) fn names<T: Table>(prefix: &str) -> String {
    T::COLUMNS
        .iter()
        .map(|column| format!("{prefix}{}", column.name))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What `Add` and `Set` do, where `new` is the name of the row that is written.
fn assignments<T: Table>(new: &str) -> String {
    let assignments = T::COLUMNS.iter().filter_map(|column| {
        let name = column.name;
        match column.mode {
            Mode::Key | Mode::Fix => None,
            Mode::Add => Some(format!("{name} = t.{name} + {new}.{name}")),
            Mode::Set => Some(format!("{name} = {new}.{name}")),
        }
    });
    assignments.collect::<Vec<_>>().join(", ")
}

fn keys<T: Table>() -> impl Iterator<Item = &'static str> {
    T::COLUMNS.iter().filter(|column| column.mode == Mode::Key).map(|column| column.name)
}

fn insert_text<T: Table>(schema: &str) -> String {
    let (table, columns, arrays) = (T::NAME, names::<T>(""), unnested::<T>());
    format!(
        "INSERT INTO {schema}.{table} AS t (district, {columns}) \
         SELECT $1::text, u.* FROM unnest({arrays}) AS u({columns})"
    )
}

fn upsert_text<T: Table>(schema: &str) -> String {
    let key = keys::<T>().collect::<Vec<_>>().join(", ");
    let (insert, assignments) = (insert_text::<T>(schema), assignments::<T>("excluded"));
    if assignments.is_empty() {
        // Nothing can change in such a row: one that is there already is an error.
        return insert;
    }
    format!("{insert} ON CONFLICT (district, {key}) DO UPDATE SET {assignments}")
}

fn change_text<T: Table>(schema: &str) -> String {
    let (table, columns, arrays) = (T::NAME, names::<T>(""), unnested::<T>());
    let found = found(schema, table, keys::<T>(), &format!("unnest({arrays}) AS a({columns})"));
    let assignments = assignments::<T>("u");
    format!("UPDATE {schema}.{table} AS t SET {assignments} FROM {found} WHERE t.ctid = u.row_ctid")
}

fn end_text<T: Table>(schema: &str, end: &str) -> String {
    let (table, columns, arrays) = (T::NAME, names::<T>(""), unnested::<T>());
    let found = found(schema, table, keys::<T>(), &format!("unnest({arrays}) AS a({columns})"));
    format!("DELETE FROM {schema}.{table} AS t USING {found} WHERE t.ctid = u.row_ctid AND {end}")
}

/// The rows `u` of `given`, named `a` in it, each with where the table's row of its key lies as
/// `row_ctid`, a name that no column has: looked up one by one, by the key. Joined plainly, the
/// server would take another way: it knows neither how many rows are given nor, in a young table,
/// that nearly all rows are of one district, and reads the district once for each row given.
fn found(
    schema: &str,
    table: &str,
    keys: impl Iterator<Item = &'static str>,
    given: &str,
) -> String {
    let same = keys.map(|key| format!(" AND s.{key} = a.{key}")).collect::<String>();
    format!(
        "(SELECT a.*, k.row_ctid FROM {given} CROSS JOIN LATERAL (\
            SELECT s.ctid AS row_ctid FROM {schema}.{table} AS s \
            WHERE s.district = $1::text{same} OFFSET 0\
         ) AS k) AS u"
    )
}
