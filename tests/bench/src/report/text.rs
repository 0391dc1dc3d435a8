//! A report for people: in a terminal, or as Markdown to be pasted into a page.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, TableStyle, presets};

use super::{Bound, Cell, Figure, Report, Table, Verdict};

impl Report {
    /// For a terminal.
    pub(crate) fn text(&self) -> String {
        let mut text = format!("{}\n{}\n", self.machine.text(), self.terms.text());
        for figure in &self.figures {
            let _ = write!(text, "\n{} ({})\n{}\n", figure.title, figure.name, figure.what);
            for table in figure.tables() {
                let _ = write!(
                    text,
                    "\n{}\n{}\n",
                    table.title,
                    drawn(&table, presets::UTF8_FULL_CONDENSED)
                );
            }
        }
        text
    }

    /// As Markdown.
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("{}\n\n{}\n", self.machine.text(), self.terms.text());
        for figure in &self.figures {
            let _ = write!(text, "\n### {}\n\n{}\n", figure.title, figure.what);
            for table in figure.tables() {
                let drawn = drawn(&table, presets::ASCII_MARKDOWN);
                let _ = write!(text, "\n**{}**\n\n{drawn}\n", table.title);
            }
        }
        text
    }
}

impl Figure {
    /// Its tables, and one of its verdicts.
    fn tables(&self) -> Vec<Table> {
        let mut tables = self.tables.clone();
        if !self.verdicts.is_empty() {
            tables.push(verdicts(&self.verdicts));
        }
        tables
    }
}

fn verdicts(verdicts: &[Verdict]) -> Table {
    let columns =
        [("what", "what"), ("target", "target"), ("measured", "measured"), ("verdict", "verdict")];
    let mut table = Table::new("Targets", &columns);
    for verdict in verdicts {
        let sign = match verdict.bound {
            Bound::AtLeast => "≥",
            Bound::AtMost => "≤",
        };
        let value = |value: f64| Cell::Number(value, if value.abs() < 1_000.0 { 2 } else { 0 });
        let target = value(verdict.target).shown();
        let unit = if verdict.unit.is_empty() { "" } else { " " };
        table.row([
            Cell::text(&verdict.what),
            Cell::text(format!("{sign} {target}{unit}{}", verdict.unit)),
            value(verdict.measured),
            Cell::text(if verdict.reached { "reached" } else { "not reached" }),
        ]);
    }
    table
}

fn drawn(table: &Table, style: TableStyle) -> comfy_table::Table {
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(style);
    drawn.set_header(table.columns.iter().map(|column| column.head));
    for row in &table.rows {
        drawn.add_row(row.iter().map(|cell| {
            let alignment =
                if cell.is_number() { CellAlignment::Right } else { CellAlignment::Left };
            comfy_table::Cell::new(cell.shown()).set_alignment(alignment)
        }));
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_told_in_words() {
        let reached = Verdict::at_least("64 connections", 8.0, 9.25).unit("×");
        let missed = Verdict::at_most("p99", 3_500.0, 4_000.0).unit("µs");
        let drawn = drawn(&verdicts(&[reached, missed]), presets::ASCII_MARKDOWN).to_string();
        let lines: Vec<Vec<&str>> =
            drawn.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
        assert_eq!(lines[2], ["", "64 connections", "≥ 8.00 ×", "9.25", "reached", ""]);
        assert_eq!(lines[3], ["", "p99", "≤ 3,500 µs", "4,000", "not reached", ""]);
    }
}
