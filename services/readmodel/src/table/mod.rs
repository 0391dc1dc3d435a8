//! Tables, told once: a struct whose fields are columns.
//!
//! ```text
//! table! {
//!     /// What a resident has.
//!     Wallet in Balances "wallet" {
//!         /// Whose.
//!         Key resident: ResidentId = "resident",
//!         /// What can be spent.
//!         Add available: Points = "available_hundredths",
//!     }
//! }
//! ```
//!
//! gives the struct, and by [`Table`] all that SQL needs to know of it. A struct whose columns
//! are a part of another's (a new price of an item) is a *change* to that table.

pub(crate) mod copy;
mod definition;
pub(crate) mod statement;

pub use definition::{Definition, Index};

use std::error::Error;

use bytes::BytesMut;
use postgres_types::{ToSql, Type};
use tokio_postgres::Row;

use crate::cell::Cell;
use crate::error::RowError;
use crate::projection::Projection;

/// What a write does to a column of a row that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A part of the key, after the district.
    Key,
    /// Nothing: written once.
    Fix,
    /// Adds to it.
    Add,
    /// Sets it anew.
    Set,
}

/// A column, as SQL sees it.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub sql: &'static str,
    /// May it be null?
    pub null: bool,
    /// What a write does to it.
    pub mode: Mode,
}

/// One column of many rows, as a parameter.
pub type Array<'a> = Box<dyn ToSql + Send + Sync + 'a>;

/// A struct whose fields are columns of a table. Every table has a first column `district` that
/// the struct leaves out.
pub trait Table: Sized + Send + Sync {
    /// Whose table.
    const PROJECTION: Projection;
    /// Its name.
    const NAME: &'static str;
    /// Its columns, in the order of the fields.
    const COLUMNS: &'static [Column];

    /// Reads a row whose columns from `at` on are [`COLUMNS`](Self::COLUMNS).
    ///
    /// # Errors
    ///
    /// [`RowError`] names the column that is not as expected.
    fn from_row(row: &Row, at: usize) -> Result<Self, RowError>;

    /// The rows turned into columns.
    fn arrays<'a>(rows: &[&'a Self]) -> Vec<Array<'a>>;

    /// Puts the row's cells, each after its length, as a binary copy has them.
    ///
    /// # Errors
    ///
    /// A cell that has no form in SQL; no type of this crate is so.
    fn put(&self, out: &mut BytesMut) -> Result<(), Box<dyn Error + Send + Sync>>;

    /// The cells of the row, in the order of the columns.
    fn cells(&self) -> Vec<Array<'_>>;
}

/// The driver's name for a column's type.
pub(crate) fn type_of(sql: &str) -> Type {
    match sql {
        "uuid" => Type::UUID,
        "bigint" => Type::INT8,
        "integer" => Type::INT4,
        "smallint" => Type::INT2,
        "boolean" => Type::BOOL,
        _ => Type::TEXT,
    }
}

/// Reads one column and moves on to the next.
pub(crate) fn cell<T: Cell>(
    row: &Row,
    at: &mut usize,
    column: &'static str,
) -> Result<T, RowError> {
    let wire = row.try_get(*at).map_err(|source| RowError::Column { column, source })?;
    *at = at.saturating_add(1);
    T::from_wire(wire).ok_or(RowError::Value { column })
}

macro_rules! table {
    (
        $(#[$doc:meta])*
        $name:ident in $projection:ident $table:literal {
            $($(#[$field_doc:meta])* $mode:ident $field:ident: $type:ty = $column:literal,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)+
        }

        impl $crate::table::Table for $name {
            const PROJECTION: $crate::Projection = $crate::Projection::$projection;
            const NAME: &'static str = $table;
            const COLUMNS: &'static [$crate::table::Column] = &[$(
                $crate::table::Column {
                    name: $column,
                    sql: <$type as $crate::cell::Cell>::SQL,
                    null: <$type as $crate::cell::Cell>::NULL,
                    mode: $crate::table::Mode::$mode,
                },
            )+];

            fn from_row(
                row: &tokio_postgres::Row,
                mut at: usize,
            ) -> Result<Self, $crate::error::RowError> {
                Ok(Self { $($field: $crate::table::cell(row, &mut at, $column)?,)+ })
            }

            fn arrays<'a>(rows: &[&'a Self]) -> Vec<$crate::table::Array<'a>> {
                vec![$(Box::new(
                    rows.iter()
                        .map(|row| $crate::cell::Cell::wire(&row.$field))
                        .collect::<Vec<_>>(),
                ),)+]
            }

            fn put(
                &self,
                out: &mut bytes::BytesMut,
            ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
                $($crate::table::copy::put_cell(&self.$field, out)?;)+
                Ok(())
            }

            fn cells(&self) -> Vec<$crate::table::Array<'_>> {
                vec![$(Box::new($crate::cell::Cell::wire(&self.$field)),)+]
            }
        }
    };
}
pub(crate) use table;
