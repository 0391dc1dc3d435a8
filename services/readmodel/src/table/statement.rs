//! The statements that write and read a table, made from its definition, and run on many rows
//! at once: parameters are arrays, a column each.

use deadpool_postgres::Transaction;
use linli_domain::text::Code;
use postgres_types::ToSql;

use super::{Mode, Table};
use crate::error::WriteError;

/// Writes rows: new ones are inserted; in rows that are there, what is to be added is added and
/// what is to be set is set. In a table with neither, a row that is there already is an error.
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
    let found = run(transaction, &change_text::<T>(schema), district, rows).await?;
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

fn upsert_text<T: Table>(schema: &str) -> String {
    let (table, columns, arrays) = (T::NAME, names::<T>(""), unnested::<T>());
    let key = keys::<T>().collect::<Vec<_>>().join(", ");
    let assignments = assignments::<T>("excluded");
    let on_conflict = if assignments.is_empty() {
        String::new()
    } else {
        format!(" ON CONFLICT (district, {key}) DO UPDATE SET {assignments}")
    };
    format!(
        "INSERT INTO {schema}.{table} AS t (district, {columns}) \
         SELECT $1::text, u.* FROM unnest({arrays}) AS u({columns}){on_conflict}"
    )
}

fn change_text<T: Table>(schema: &str) -> String {
    let (table, columns, arrays) = (T::NAME, names::<T>(""), unnested::<T>());
    let same = keys::<T>().map(|key| format!("t.{key} = u.{key}")).collect::<Vec<_>>();
    let (same, assignments) = (same.join(" AND "), assignments::<T>("u"));
    format!(
        "UPDATE {schema}.{table} AS t SET {assignments} \
         FROM unnest({arrays}) AS u({columns}) WHERE t.district = $1::text AND {same}"
    )
}
