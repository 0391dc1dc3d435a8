//! Queries of one table by its columns, which most reads are.

use postgres_types::ToSql;

use super::Reader;
use crate::error::ReadError;
use crate::table::{Table, statement};

impl Reader {
    /// Rows of a table. `rest` is what comes after `FROM schema.table t WHERE t.district = $1`,
    /// with parameters from `$2` on.
    pub(crate) async fn select<T: Table>(
        &self,
        rest: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<T>, ReadError> {
        let (client, schema) = self.session(T::PROJECTION).await?;
        let text = format!(
            "SELECT {} FROM {schema}.{} t WHERE t.district = $1 {rest}",
            statement::names::<T>("t."),
            T::NAME,
        );
        let statement = client.prepare_cached(&text).await?;
        let district = self.district().as_str();
        let mut all: Vec<&(dyn ToSql + Sync)> = vec![&district];
        all.extend_from_slice(parameters);
        let rows = client.query(&statement, &all).await?;
        let rows = rows.iter().map(|row| T::from_row(row, 0));
        rows.collect::<Result<_, _>>().map_err(ReadError::Row)
    }

    /// The first of such rows.
    pub(crate) async fn select_first<T: Table>(
        &self,
        rest: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Option<T>, ReadError> {
        self.select(rest, parameters).await.map(|rows| rows.into_iter().next())
    }
}
