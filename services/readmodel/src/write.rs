//! What a batch of records changes in a read model, written with one statement a table.

use deadpool_postgres::Transaction;
use linli_domain::text::Code;

use crate::error::WriteError;
use crate::projection::Projection;
use crate::table::{Table, copy, statement};

/// From so many rows on they are streamed: that takes a round trip more, and half the time a row.
const COPY_ROWS_MIN: usize = 64;

/// Changes of one projection, folded together and not yet written.
pub trait Changes: Default + Send + Sync {
    /// Whose changes.
    const PROJECTION: Projection;

    /// Writes them into the generation in `schema`. Once only: what is to be added would be added
    /// twice; so the checkpoint moves in the same transaction ([`crate::checkpoint::advance`]).
    ///
    /// # Errors
    ///
    /// [`WriteError`]; the transaction is then to be given up.
    fn write(
        &self,
        writer: &Writer<'_>,
    ) -> impl std::future::Future<Output = Result<(), WriteError>> + Send;
}

/// Where changes are written to.
pub struct Writer<'a> {
    /// In which transaction.
    pub transaction: &'a Transaction<'a>,
    /// Into the generation in which schema.
    pub schema: &'a str,
    /// Whose rows.
    pub district: &'a Code,
}

impl Writer<'_> {
    /// Inserts rows, none of which is to be there.
    pub(crate) async fn insert<'a, T: Table + 'a>(
        &self,
        rows: impl IntoIterator<Item = &'a T>,
    ) -> Result<(), WriteError> {
        let rows: Vec<&T> = rows.into_iter().collect();
        if rows.len() < COPY_ROWS_MIN {
            return statement::insert(self.transaction, self.schema, self.district, &rows).await;
        }
        copy::copy(self.transaction, self.schema, self.district, &rows).await
    }

    /// Inserts rows, none of which is to be there, in the order of this key: where it is the table's, a third
    /// cheaper for the index.
    pub(crate) async fn insert_by<'a, T: Table + 'a, K: Ord>(
        &self,
        rows: &'a [T],
        key: impl Fn(&T) -> K,
    ) -> Result<(), WriteError> {
        let mut rows: Vec<&T> = rows.iter().collect();
        rows.sort_unstable_by_key(|row| key(row));
        self.insert(rows).await
    }

    /// Inserts rows, or adds to and sets what is there already, as the columns' modes say. Keys
    /// are not to stand twice among them.
    pub(crate) async fn upsert<'a, T: Table + 'a>(
        &self,
        rows: impl IntoIterator<Item = &'a T>,
    ) -> Result<(), WriteError> {
        let rows: Vec<&T> = rows.into_iter().collect();
        statement::upsert(self.transaction, self.schema, self.district, &rows).await
    }

    /// Changes rows, each of which has to be there. Keys are not to stand twice among them.
    pub(crate) async fn change<'a, T: Table + 'a>(
        &self,
        rows: impl IntoIterator<Item = &'a T>,
    ) -> Result<(), WriteError> {
        let rows: Vec<&T> = rows.into_iter().collect();
        statement::change(self.transaction, self.schema, self.district, &rows).await
    }

    /// Changes rows, each of which has to be there; those that satisfy `end`, in the words of
    /// [`statement::change_or_end`], leave the table. Keys are not to stand twice among them.
    pub(crate) async fn change_or_end<'a, T: Table + 'a>(
        &self,
        rows: impl IntoIterator<Item = &'a T>,
        end: &str,
    ) -> Result<(), WriteError> {
        let rows: Vec<&T> = rows.into_iter().collect();
        statement::change_or_end(self.transaction, self.schema, self.district, &rows, end).await
    }
}
