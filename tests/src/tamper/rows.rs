//! Deeds in the rows of read models.

use anyhow::Context as _;
use tokio_postgres::error::SqlState;

use super::place::{Audited, Expected};
use super::{Deed, Scene};
use crate::Chance;

/// Columns that hold a number, are part of no key and are not made of others.
const NUMBERS: &str = "SELECT c.table_schema::text, c.table_name::text, c.column_name::text \
    FROM information_schema.columns c \
    WHERE c.table_schema LIKE 'read\\_%\\_%' AND c.data_type IN ('bigint', 'integer', 'smallint') \
        AND c.is_generated = 'NEVER' AND NOT EXISTS (\
            SELECT FROM information_schema.key_column_usage k \
            WHERE k.table_schema = c.table_schema AND k.table_name = c.table_name \
                AND k.column_name = c.column_name) \
    ORDER BY 1, 2, 3";

/// The last column of a table's key, and its type.
const KEY: &str = "SELECT c.column_name::text, c.data_type::text \
    FROM information_schema.table_constraints t \
    JOIN information_schema.key_column_usage k USING (constraint_schema, constraint_name) \
    JOIN information_schema.columns c ON c.table_schema = k.table_schema \
        AND c.table_name = k.table_name AND c.column_name = k.column_name \
    WHERE t.constraint_type = 'PRIMARY KEY' AND k.table_schema = $1 AND k.table_name = $2 \
    ORDER BY k.ordinal_position DESC LIMIT 1";

/// A table, one of its columns, and one of its rows.
struct Spot {
    schema: String,
    table: String,
    column: String,
    row: usize,
}

/// Tables that have no such column are left out; so are those without a row.
pub(super) async fn tamper(
    scene: &Scene,
    deed: Deed,
    chance: &mut Chance,
) -> anyhow::Result<(String, Expected, Audited)> {
    let columns = scene.superuser.query(NUMBERS, &[]).await?;
    loop {
        let row = &columns[chance.below(columns.len())];
        let (schema, table, column): (String, String, String) =
            (row.get(0), row.get(1), row.get(2));
        let whole = format!("{schema}.{table}");
        let count = format!("SELECT count(*) FROM {whole}");
        let rows: i64 = scene.superuser.query_one(&count, &[]).await?.get(0);
        if rows == 0 {
            continue;
        }
        let row = chance.below(usize::try_from(rows)?);
        let spot = Spot { schema, table, column, row };
        let sql = statement(scene, deed, &spot).await?;
        let keep = format!("CREATE TABLE public.kept_rows AS SELECT * FROM {whole}");
        scene.superuser.batch_execute(&keep).await?;
        let changed = scene.superuser.execute(&sql, &[]).await;
        let report = match &changed {
            Ok(1..) => Some(scene.audit_rows().await),
            _ => None,
        };
        let Spot { schema, table, column, .. } = spot;
        put_back(scene, &schema, &table).await?;
        match (changed, report) {
            (Ok(_), Some(report)) => {
                let projection = schema.split('_').nth(1).context("a projection")?;
                let expected = Expected::Table(format!("{projection}.{table}"));
                return Ok((format!("{sql} ({whole}.{column})"), expected, report?.into()));
            }
            // No two rows differ there.
            (Ok(0), None) => {}
            // The database itself refuses what no row can be.
            (Err(error), _) if refusal(&error) => {}
            (changed, _) => anyhow::bail!("{sql}: {changed:?}"),
        }
    }
}

fn refusal(error: &tokio_postgres::Error) -> bool {
    let refusals = [&SqlState::CHECK_VIOLATION, &SqlState::UNIQUE_VIOLATION];
    error.code().is_some_and(|code| refusals.contains(&code))
}

async fn statement(scene: &Scene, deed: Deed, spot: &Spot) -> anyhow::Result<String> {
    let Spot { schema, table, column, row } = spot;
    let whole = format!("{schema}.{table}");
    let one = format!("ctid = (SELECT ctid FROM {whole} ORDER BY ctid OFFSET {row} LIMIT 1)");
    Ok(match deed {
        Deed::DropRow => format!("DELETE FROM {whole} WHERE {one}"),
        Deed::TruncateRows => format!("DELETE FROM {whole}"),
        Deed::InsertRow => {
            let key = scene.superuser.query_one(KEY, &[schema, table]).await?;
            let (key, kind): (String, String) = (key.get(0), key.get(1));
            let other = match kind.as_str() {
                "uuid" => "gen_random_uuid()".to_owned(),
                "bigint" | "integer" | "smallint" => {
                    format!("(SELECT max({key}) FROM {whole}) + 1::smallint")
                }
                _ => format!("{key} || 'x'"),
            };
            let names = scene.superuser.query_one(COLUMNS, &[schema, table]).await?;
            let names: Vec<String> = names.get(0);
            let values = names.iter().map(|name| if *name == key { &other } else { name });
            let values = values.cloned().collect::<Vec<_>>().join(", ");
            let names = names.join(", ");
            format!("INSERT INTO {whole} ({names}) SELECT {values} FROM {whole} WHERE {one}")
        }
        Deed::SwapRows => format!(
            "UPDATE {whole} t SET {column} = CASE WHEN t.ctid = a.ctid THEN b.{column} \
             ELSE a.{column} END FROM (SELECT ctid, {column} FROM {whole} WHERE {one}) a, \
             LATERAL (SELECT ctid, {column} FROM {whole} o \
                 WHERE o.{column} IS DISTINCT FROM a.{column} ORDER BY ctid LIMIT 1) b \
             WHERE t.ctid IN (a.ctid, b.ctid)"
        ),
        _ => format!("UPDATE {whole} SET {column} = COALESCE({column}, 0) + 1 WHERE {one}"),
    })
}

/// A table's columns that are not made of others.
const COLUMNS: &str = "SELECT array_agg(quote_ident(column_name) ORDER BY ordinal_position) \
    FROM information_schema.columns \
    WHERE table_schema = $1 AND table_name = $2 AND is_generated = 'NEVER'";

async fn put_back(scene: &Scene, schema: &String, table: &String) -> anyhow::Result<()> {
    let names: Vec<String> = scene.superuser.query_one(COLUMNS, &[schema, table]).await?.get(0);
    let columns = names.join(", ");
    let sql = format!(
        "DELETE FROM {schema}.{table}; \
         INSERT INTO {schema}.{table} ({columns}) SELECT {columns} FROM public.kept_rows; \
         DROP TABLE public.kept_rows"
    );
    Ok(scene.superuser.batch_execute(&sql).await?)
}
