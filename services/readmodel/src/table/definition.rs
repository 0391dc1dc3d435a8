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

/// An index beside the primary key.
#[derive(Clone, Copy, Debug)]
pub struct Index {
    /// Its name, after the table's.
    pub name: &'static str,
    /// Does it forbid two alike?
    pub unique: bool,
    /// The columns beside `district`.
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

    /// The columns of an index, the district among them, parted by commas. The district stands
    /// first, so that its rows can be read in their order; but after an id in an index of all rows, which
    /// is only ever asked for one id: to find a new row's place the server then compares ids, and not
    /// the same text at each step, which is a third of what such an index costs. Indexes of some rows are
    /// short, and lists of all that is open are read from them.
    fn indexed_columns(&self, index: &Index) -> String {
        let (first, rest) = index.columns.split_once(", ").unwrap_or((index.columns, ""));
        let is_id = |column: &Column| column.name == first && column.sql == "uuid";
        match (index.only.is_empty() && self.columns.iter().any(is_id), rest) {
            (false, _) => format!("district, {}", index.columns),
            (true, "") => format!("{first}, district"),
            (true, rest) => format!("{first}, district, {rest}"),
        }
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
                 ({}){only};",
                index.name,
                self.indexed_columns(index),
            );
        }
        statements
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contributions::Notice;
    use crate::redemptions::Redemption;

    const fn index(columns: &'static str, only: &'static str) -> Index {
        Index { name: "it", unique: false, columns, only }
    }

    #[test]
    fn the_district_stands_first_but_after_an_id() {
        const INDEXES: &[Index] = &[
            index("station, position", ""),
            index("position", ""),
            index("resident", ""),
            index("station, position", "status = 'reserved'"),
        ];
        let slips = Definition::of::<Redemption>().indexed(INDEXES).create("s");
        for expected in [
            "(station, district, position);",
            "(district, position);",
            "(resident, district);",
            "(district, station, position) WHERE status = 'reserved';",
        ] {
            assert!(slips.contains(expected), "{expected} in {slips}");
        }
        // A position is asked for from, and rows are read in its order.
        let notices = Definition::of::<Notice>().indexed(INDEXES).create("s");
        assert!(notices.contains("(district, position);"), "{notices}");
        assert!(notices.contains("PRIMARY KEY (district, contribution, "), "{notices}");
    }
}
