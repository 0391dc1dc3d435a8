//! All read models at one instant: what an auditor compares with its own replay.

mod digest;

pub(crate) use digest::of_schema;
pub use digest::{Digest, RowsDigest};

use deadpool_postgres::{Object, Pool};
use futures::{Stream, StreamExt as _};
use linli_domain::Position;
use linli_domain::text::Code;

use crate::error::ReadError;
use crate::projection::Projection;
use crate::reader::{Standing, standing};
use crate::table::{Definition, Table, statement};

/// The longest that one table may take to be read: a million rows a minute is slow, and an
/// auditor checks as it reads.
const STATEMENT_MS_MAX: u32 = 30 * 60 * 1000;

/// One district's live rows as of one instant: a read-only transaction at the level of repeatable
/// read. It holds a connection, and vacuum back, for as long as it lives.
pub struct Snapshot {
    district: Code,
    standings: Vec<Standing>,
    client: Option<Object>,
}

impl Snapshot {
    /// Begins it.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn open(pool: &Pool, district: Code) -> Result<Self, ReadError> {
        let client = pool.get().await?;
        // From here on the connection is either closed or out of its transaction (see Drop).
        let mut snapshot = Self { district, standings: Vec::new(), client: Some(client) };
        snapshot.begin().await?;
        Ok(snapshot)
    }

    async fn begin(&mut self) -> Result<(), ReadError> {
        let client = self.client()?;
        let begin = format!(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \
             SET LOCAL statement_timeout = {STATEMENT_MS_MAX}"
        );
        client.batch_execute(&begin).await?;
        let text = "SELECT projection, generation, form, position, recorded_at_us, root, error \
                    FROM read.projection WHERE district = $1 AND role = 'live'";
        let rows = client.query(text, &[&self.district.as_str()]).await?;
        let standings = rows.iter().filter_map(|row| standing(row).transpose());
        self.standings = standings.collect::<Result<_, _>>()?;
        Ok(())
    }

    pub(crate) fn district(&self) -> &Code {
        &self.district
    }

    /// How the live generation of a projection stands; none if it was never built.
    #[must_use]
    pub fn standing(&self, projection: Projection) -> Option<&Standing> {
        let is_it = |one: &&Standing| one.generation.projection == projection;
        self.standings.iter().find(is_it)
    }

    /// The position up to which the projection's rows are true; none if it was never built.
    #[must_use]
    pub fn position(&self, projection: Projection) -> Option<Position> {
        self.standing(projection).map(|standing| standing.position)
    }

    /// All rows of a table, in the order of its key.
    ///
    /// # Errors
    ///
    /// [`ReadError`] at the beginning, and again for each row that can't be read.
    pub async fn rows<T: Table>(
        &self,
    ) -> Result<impl Stream<Item = Result<T, ReadError>> + Send + use<T>, ReadError> {
        let schema = self.schema(T::PROJECTION)?;
        let columns = statement::names::<T>("");
        let key = Definition::of::<T>().key();
        let text = format!(
            "SELECT {columns} FROM {schema}.{} WHERE district = $1 ORDER BY {key}",
            T::NAME
        );
        let rows = self.client()?.query_raw(&text, [self.district.as_str()]).await?;
        Ok(rows.map(|row| T::from_row(&row?, 0).map_err(ReadError::Row)))
    }

    /// The digest over all rows of a projection.
    ///
    /// # Errors
    ///
    /// [`ReadError`]; [`ReadError::NotBuilt`].
    pub async fn digest(&self, projection: Projection) -> Result<Digest, ReadError> {
        let schema = self.schema(projection)?;
        of_schema(self.client()?, &schema, projection, &self.district).await
    }

    /// Ends it and gives the connection back.
    ///
    /// # Errors
    ///
    /// [`ReadError`]; the connection is then closed.
    pub async fn close(mut self) -> Result<(), ReadError> {
        let client = self.client()?;
        client.batch_execute("COMMIT").await?;
        drop(self.client.take());
        Ok(())
    }

    pub(crate) fn schema(&self, projection: Projection) -> Result<String, ReadError> {
        match self.standing(projection) {
            Some(Standing { generation, .. }) if generation.form == projection.form() => {
                Ok(generation.schema())
            }
            Some(_) | None => Err(ReadError::NotBuilt(projection)),
        }
    }

    pub(crate) fn client(&self) -> Result<&Object, ReadError> {
        // Gone only once it is closed, and then nobody can ask.
        self.client.as_ref().ok_or(ReadError::Connection(deadpool_postgres::PoolError::Closed))
    }
}

impl Drop for Snapshot {
    /// A connection in the middle of a transaction must not go back to the pool.
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            drop(Object::take(client));
        }
    }
}
