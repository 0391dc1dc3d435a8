//! Generations: the same read model made once more, beside the one that is read.
//!
//! The tables of a generation stand in a schema of their own that all districts share whose
//! generation of that projection has the same number and form: `read_balances_1_2` is form 1,
//! generation 2. A rebuild fills the next number and is switched to at once; the old rows go when
//! nobody can be reading them any longer.

use deadpool_postgres::{GenericClient, Transaction};
use linli_domain::text::Code;

use crate::error::{ReadError, WriteError};
use crate::projection::Projection;
use crate::snapshot::{self, Digest};

/// One making of a read model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Generation {
    /// Of which projection.
    pub projection: Projection,
    /// In which form.
    pub form: u16,
    /// Which one; the first is 1.
    pub number: u32,
}

impl Generation {
    /// The schema that holds its tables.
    #[must_use]
    pub fn schema(self) -> String {
        format!("read_{}_{}_{}", self.projection, self.form, self.number)
    }

    /// Makes its schema and tables, unless they are there. Several at once wait for one another.
    ///
    /// # Errors
    ///
    /// [`WriteError::Statement`].
    pub async fn create(self, transaction: &Transaction<'_>) -> Result<(), WriteError> {
        let schema = self.schema();
        let mut statements = format!("CREATE SCHEMA IF NOT EXISTS {schema};\n");
        for table in self.projection.tables() {
            statements.push_str(&table.create(&schema));
        }
        statements.push_str(&format!(
            "GRANT USAGE ON SCHEMA {schema} TO linli_reader, linli_projector;\n\
             GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO linli_reader;\n\
             GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO linli_projector;\n"
        ));
        self.lock(transaction).await?;
        transaction.batch_execute(&statements).await.map_err(fault)
    }

    /// The digest over all of a district's rows.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn digest(
        self,
        client: &impl GenericClient,
        district: &Code,
    ) -> Result<Digest, ReadError> {
        snapshot::of_schema(client, &self.schema(), self.projection, district).await
    }

    /// Removes a district's rows and the generation's checkpoint, and the schema with the last
    /// district in it.
    ///
    /// # Errors
    ///
    /// [`WriteError::Statement`].
    pub async fn clear(
        self,
        transaction: &Transaction<'_>,
        district: &Code,
    ) -> Result<(), WriteError> {
        self.lock(transaction).await?;
        let (form, number) = self.numbers();
        let own: [&(dyn postgres_types::ToSql + Sync); 3] =
            [&district.as_str(), &self.projection.name(), &number];
        let text = "DELETE FROM read.projection \
                    WHERE district = $1 AND projection = $2 AND generation = $3";
        transaction.execute(text, &own).await.map_err(fault)?;
        let others = transaction
            .query_one(
                "SELECT count(*) FROM read.projection WHERE projection = $1 AND form = $2 \
                 AND generation = $3",
                &[&self.projection.name(), &form, &number],
            )
            .await
            .map_err(fault)?;
        let others: i64 = others.try_get(0).map_err(fault)?;
        let schema = self.schema();
        if others == 0 {
            let drop = format!("DROP SCHEMA IF EXISTS {schema} CASCADE");
            return transaction.batch_execute(&drop).await.map_err(fault);
        }
        for table in self.projection.tables() {
            let delete = format!("DELETE FROM {schema}.{} WHERE district = $1", table.name);
            transaction.execute(&delete, &[&district.as_str()]).await.map_err(fault)?;
        }
        Ok(())
    }

    /// Form and number, as SQL has them.
    pub(crate) fn numbers(self) -> (i32, i32) {
        (i32::from(self.form), i32::try_from(self.number).unwrap_or(i32::MAX))
    }

    /// Among those who make and drop this schema, until the transaction ends.
    async fn lock(self, transaction: &Transaction<'_>) -> Result<(), WriteError> {
        let statement = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
        transaction.execute(statement, &[&self.schema()]).await.map(drop).map_err(fault)
    }
}

fn fault(source: tokio_postgres::Error) -> WriteError {
    WriteError::Statement { table: "the generation", source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_says_what_it_is() {
        let generation = Generation { projection: Projection::Balances, form: 1, number: 2 };
        assert_eq!(generation.schema(), "read_balances_1_2");
    }
}
