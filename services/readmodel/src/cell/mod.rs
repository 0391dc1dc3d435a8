//! Cells: the domain's types as single columns, and back.

mod domain;
mod uuid;
mod words;

pub use uuid::Uuid;

use postgres_types::{FromSql, ToSql};

/// A type that fills one column.
pub trait Cell: Sized {
    /// The column's type in SQL.
    const SQL: &'static str;
    /// May the column be null?
    const NULL: bool = false;
    /// What goes over the wire.
    type Wire<'a>: ToSql + FromSql<'a> + Send + Sync + 'a
    where
        Self: 'a;

    /// To the wire.
    fn wire(&self) -> Self::Wire<'_>;

    /// From the wire; `None` if the value is none of this type.
    fn from_wire(wire: Self::Wire<'_>) -> Option<Self>;
}

impl<T: Cell> Cell for Option<T> {
    const SQL: &'static str = T::SQL;
    const NULL: bool = true;
    type Wire<'a>
        = Option<T::Wire<'a>>
    where
        Self: 'a;

    fn wire(&self) -> Self::Wire<'_> {
        self.as_ref().map(T::wire)
    }

    fn from_wire(wire: Self::Wire<'_>) -> Option<Self> {
        match wire {
            Some(wire) => T::from_wire(wire).map(Some),
            None => Some(None),
        }
    }
}
