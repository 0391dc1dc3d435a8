//! Tables of figures.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

/// A column: its name for machines, its head for people.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) key: &'static str,
    pub(crate) head: &'static str,
}

/// One value.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Text(String),
    /// A number, and how many of its decimals are shown.
    Number(f64, usize),
}

/// Rows under columns.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) title: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty one; columns as (key, head).
    pub(crate) fn new(title: &str, columns: &[(&'static str, &'static str)]) -> Self {
        let columns = columns.iter().map(|&(key, head)| Column { key, head }).collect();
        Self { title: title.to_owned(), columns, rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }
}

impl Cell {
    /// A count, or a rate of which decimals tell nothing.
    pub(crate) const fn whole(value: f64) -> Self {
        Self::Number(value, 0)
    }

    pub(crate) const fn one(value: f64) -> Self {
        Self::Number(value, 1)
    }

    pub(crate) const fn two(value: f64) -> Self {
        Self::Number(value, 2)
    }

    pub(crate) fn count(value: usize) -> Self {
        Self::whole(value as f64)
    }

    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// As it is shown: thousands apart.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(value, _) if !value.is_finite() => "–".to_owned(),
            Self::Number(value, decimals) => thousands(&format!("{value:.decimals$}")),
        }
    }

    pub(crate) const fn is_number(&self) -> bool {
        !matches!(self, Self::Text(_))
    }
}

/// A comma after every three digits before the point.
fn thousands(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let (sign, digits) = whole.split_at(usize::from(whole.starts_with('-')));
    let mut shown = String::from(sign);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown + rest
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            // JSON has no NaN: what can't be divided is not there.
            Self::Number(value, _) if value.is_finite() => serializer.serialize_f64(*value),
            Self::Number(..) => serializer.serialize_none(),
        }
    }
}

/// A row as an object with the columns' keys.
struct Row<'a>(&'a [Column], &'a [Cell]);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (column, cell) in self.0.iter().zip(self.1) {
            map.serialize_entry(column.key, cell)?;
        }
        map.end()
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows: Vec<Row<'_>> = self.rows.iter().map(|row| Row(&self.columns, row)).collect();
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("rows", &rows)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let shown = |value, decimals| Cell::Number(value, decimals).shown();
        assert_eq!(shown(1_234_567.0, 0), "1,234,567");
        assert_eq!(shown(123.456, 2), "123.46");
        assert_eq!(shown(-1_000.5, 1), "-1,000.5");
        assert_eq!(shown(0.0, 0), "0");
        assert_eq!(shown(f64::NAN, 0), "–");
    }

    #[test]
    fn a_row_for_machines_has_its_columns_names() {
        let mut table = Table::new("t", &[("connections", "connections"), ("part", "part")]);
        table.row([Cell::count(64), Cell::two(f64::INFINITY)]);
        let json = serde_json::to_value(&table).unwrap();
        assert_eq!(json["rows"][0]["connections"], 64.0);
        assert!(json["rows"][0]["part"].is_null());
    }
}
