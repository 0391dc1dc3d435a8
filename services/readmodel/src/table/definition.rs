//! What a table is made with: its columns, its room and its indexes.

use std::fmt::Write as _;

use super::{Column, Mode, Table};

/// Room left on each page of a table whose rows are updated often, so that a new version of a
/// row finds place beside the old one and no index has to learn of it (heap-only update).
const FILL_PERCENT_UPDATED: u8 = 70;

/// A table of a generation.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Its name.
    pub name: &'static str,
    /// Its columns after `district`.
    pub columns: &'static [Column],
    fill_percent: u8,
    indexes: &'static [Index],
}

/// An index beside the primary key; its first column is the district.
#[derive(Clone, Copy, Debug)]
pub struct Index {
    /// Its name, after the table's.
    pub name: &'static str,
    /// Does it forbid two alike?
    pub unique: bool,
    /// The columns after `district`.
    pub columns: &'static str,
    /// Which rows stand in it; empty: all.
    pub only: &'static str,
}

impl Definition {
    /// The definition of a table that grows and is seldom changed.
    pub(crate) const fn of<T: Table>() -> Self {
        Self { name: T::NAME, columns: T::COLUMNS, fill_percent: 100, indexes: &[] }
    }

    /// Leaves room on its pages for rows that are updated often.
    pub(crate) const fn updated(self) -> Self {
        Self { fill_percent: FILL_PERCENT_UPDATED, ..self }
    }

    /// With these indexes.
    pub(crate) const fn indexed(self, indexes: &'static [Index]) -> Self {
        Self { indexes, ..self }
    }

    /// The columns of the key after the district, parted by commas.
    pub(crate) fn key(&self) -> String {
        let keys = self.columns.iter().filter(|column| column.mode == Mode::Key);
        keys.map(|column| column.name).collect::<Vec<_>>().join(", ")
    }

    /// The statements that make it in this schema, unless it is there.
    pub(crate) fn create(&self, schema: &str) -> String {
        let name = self.name;
        let mut columns = String::new();
        for column in self.columns {
            let null = if column.null { "" } else { " NOT NULL" };
            let _ = write!(columns, "{} {}{null}, ", column.name, column.sql);
        }
        let (key, fill) = (self.key(), self.fill_percent);
        let mut statements = format!(
            "CREATE TABLE IF NOT EXISTS {schema}.{name} (\
                district text COLLATE \"C\" NOT NULL, {columns}PRIMARY KEY (district, {key})\
             ) WITH (fillfactor = {fill});\n"
        );
        for index in self.indexes {
            let unique = if index.unique { "UNIQUE " } else { "" };
            let only = if index.only.is_empty() {
                String::new()
            } else {
                format!(" WHERE {}", index.only)
            };
            let _ = writeln!(
                statements,
                "CREATE {unique}INDEX IF NOT EXISTS {name}_{} ON {schema}.{name} \
                 (district, {}){only};",
                index.name, index.columns,
            );
        }
        statements
    }
}
