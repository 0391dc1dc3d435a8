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
        let offset = chance.below(usize::try_from(rows)?);
        let one =
            format!("ctid = (SELECT ctid FROM {whole} ORDER BY ctid OFFSET {offset} LIMIT 1)");
        let sql = match deed {
            Deed::DropRow => format!("DELETE FROM {whole} WHERE {one}"),
            _ => format!("UPDATE {whole} SET {column} = COALESCE({column}, 0) + 1 WHERE {one}"),
        };
        let keep = format!("CREATE TABLE public.kept_rows AS SELECT * FROM {whole}");
        scene.superuser.batch_execute(&keep).await?;
        let changed = scene.superuser.execute(&sql, &[]).await;
        let report = match &changed {
            Ok(1) => Some(scene.audit_rows().await),
            _ => None,
        };
        put_back(scene, &schema, &table).await?;
        match (changed, report) {
            (Ok(_), Some(report)) => {
                let projection = schema.split('_').nth(1).context("a projection")?;
                let expected = Expected::Table(format!("{projection}.{table}"));
                return Ok((format!("{sql} ({whole}.{column})"), expected, report?.into()));
            }
            // The database itself refuses what no row can be.
            (Err(error), _) if error.code() == Some(&SqlState::CHECK_VIOLATION) => {}
            (changed, _) => anyhow::bail!("{sql}: {changed:?}"),
        }
    }
}

async fn put_back(scene: &Scene, schema: &str, table: &str) -> anyhow::Result<()> {
    let names = "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns \
        WHERE table_schema = $1 AND table_name = $2 AND is_generated = 'NEVER'";
    let columns: String = scene.superuser.query_one(names, &[&schema, &table]).await?.get(0);
    let sql = format!(
        "DELETE FROM {schema}.{table}; \
         INSERT INTO {schema}.{table} ({columns}) SELECT {columns} FROM public.kept_rows; \
         DROP TABLE public.kept_rows"
    );
    Ok(scene.superuser.batch_execute(&sql).await?)
}
