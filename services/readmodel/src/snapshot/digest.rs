//! Digests over rows: equal rows, equal digest, whatever the order in which they were written.
//!
//! What is hashed is the rows in the order of their keys; of each, its columns in their order; of
//! each column, the bytes that PostgreSQL sends (big-endian numbers, UTF-8 text), after a byte
//! that tells null from a value and the length in four bytes.

use deadpool_postgres::GenericClient;
use futures::{StreamExt as _, pin_mut};
use linli_domain::text::Code;
use postgres_types::private::BytesMut;
use postgres_types::{FromSql, IsNull, Type};
use sha2::{Digest as _, Sha256};

use crate::error::{ReadError, RowError};
use crate::projection::Projection;
use crate::table::{Table, type_of};

/// SHA-256 over canonical rows.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// Makes the digest of a projection from rows that were made elsewhere. Each table's rows have
/// to come together and in the order of their key, the tables in the order of the projection's
/// definition; a table without rows adds nothing.
#[derive(Clone, Default)]
pub struct RowsDigest(Sha256);

impl RowsDigest {
    /// Adds a row.
    ///
    /// # Errors
    ///
    /// A cell that has no form in SQL; no type of this crate is so.
    pub fn add<T: Table>(
        &mut self,
        row: &T,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.begin_row(T::NAME);
        for (cell, column) in row.cells().iter().zip(T::COLUMNS) {
            let mut bytes = BytesMut::new();
            match cell.to_sql_checked(&type_of(column.sql), &mut bytes)? {
                IsNull::Yes => self.cell(None),
                IsNull::No => self.cell(Some(&bytes)),
            }
        }
        Ok(())
    }

    /// The digest over all that was added.
    #[must_use]
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }

    fn begin_row(&mut self, table: &str) {
        self.cell(Some(table.as_bytes()));
    }

    fn cell(&mut self, bytes: Option<&[u8]>) {
        match bytes {
            None => self.0.update([0]),
            Some(bytes) => {
                self.0.update([1]);
                self.0.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
                self.0.update(bytes);
            }
        }
    }
}

/// A column as it comes.
struct Raw<'a>(Option<&'a [u8]>);

impl<'a> FromSql<'a> for Raw<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(Some(raw)))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(None))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// The digest over all of a district's rows in a generation's schema.
pub(crate) async fn of_schema(
    client: &impl GenericClient,
    schema: &str,
    projection: Projection,
    district: &Code,
) -> Result<Digest, ReadError> {
    let mut digest = RowsDigest::default();
    for table in projection.tables() {
        let columns: Vec<_> = table.columns.iter().map(|column| column.name).collect();
        let (columns, key) = (columns.join(", "), table.key());
        let text = format!(
            "SELECT {columns} FROM {schema}.{} WHERE district = $1 ORDER BY {key}",
            table.name
        );
        let rows = client.query_raw(&text, [district.as_str()]).await?;
        pin_mut!(rows);
        while let Some(row) = rows.next().await {
            let row = row?;
            digest.begin_row(table.name);
            for (at, column) in table.columns.iter().enumerate() {
                let column = column.name;
                let raw: Raw<'_> =
                    row.try_get(at).map_err(|source| RowError::Column { column, source })?;
                digest.cell(raw.0);
            }
        }
    }
    Ok(digest.finish())
}
