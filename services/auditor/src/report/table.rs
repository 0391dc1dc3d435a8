//! The report as a table, for people.

use comfy_table::{ContentArrangement, Table, presets::UTF8_FULL_CONDENSED};

use super::Report;
use crate::books::Papers;
use crate::finding::Finding;
use crate::projection::Shown;

impl std::fmt::Display for Report {
    /// The table, and below it the findings that are shown, a line each.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}", self.table())?;
        let shown: Vec<&Finding> = self.all_findings().collect();
        for finding in &shown {
            writeln!(f, "✗ {finding}")?;
        }
        let shown = u64::try_from(shown.len()).unwrap_or(u64::MAX);
        match self.violations.saturating_sub(shown) {
            0 => Ok(()),
            more => writeln!(f, "… and {more} more"),
        }
    }
}

impl Report {
    fn table(&self) -> Table {
        let mut table = Table::new();
        table.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(vec![format!("audit of {}", self.district), self.verdict()]);
        let counts = &self.counts;
        let mut row = |name: &str, value: String| {
            table.add_row(vec![name.to_owned(), value]);
        };
        row("records", format!("{} of {}", counts.records, self.head));
        if self.resumed_after > 0 {
            row("went on", format!("after record {}", self.resumed_after));
        }
        row("frames", counts.frames.to_string());
        row("commands", format!("{}, and {} deadlines", counts.commands, counts.deadlines));
        row("accounts", counts.accounts.to_string());
        row("laws checked", format!("{}, at every record", self.laws.len()));
        let keys = self.keys_compared.map(|keys| format!("{keys} commands"));
        row("index of keys", keys.unwrap_or_else(|| "not readable, not compared".to_owned()));
        if self.tiles > 0 || self.checkpoints > 0 {
            row("tiles", self.tiles.to_string());
            row("checkpoints", self.signed());
        }
        let papers = self.papers;
        if papers.counts > 0 {
            let Papers { counts, missing, surplus, .. } = papers;
            row("shelves counted", format!("{counts}, {missing} missing, {surplus} too many"));
        }
        if papers.statements > 0 {
            let Papers { statements, disputed, settled, .. } = papers;
            row("statements", format!("{statements}, {disputed} disputed lines, {settled} paid"));
        }
        for shown in &self.projections {
            row(shown.projection, told(shown));
        }
        row("root", self.root.clone());
        let digest = self.state_digest.clone();
        row("state digest", digest.unwrap_or_else(|| "none: the log can't be followed".to_owned()));
        row("speed", format!("{} records/s, {} s", self.records_per_second, self.seconds));
        table
    }

    fn signed(&self) -> String {
        let Self { checkpoints, signatures, cosignatures, .. } = self;
        match (signatures, cosignatures) {
            (0, 0) => format!("{checkpoints}, signatures not checked"),
            (signed, 0) => format!("{checkpoints}, {signed} signed by the log"),
            (signed, others) => {
                format!("{checkpoints}, {signed} signed by the log, {others} times by witnesses")
            }
        }
    }

    fn verdict(&self) -> String {
        match (self.ok, self.violations) {
            (true, _) => "✓ all of it is true".to_owned(),
            (false, 0) => "✗ the log ended before its end".to_owned(),
            (false, 1) => "✗ one thing is not true".to_owned(),
            (false, count) => format!("✗ {count} things are not true"),
        }
    }
}

fn told(shown: &Shown) -> String {
    let mut told = format!("{} {}", if shown.violations == 0 { "✓" } else { "✗" }, shown.verdict);
    if let Some(position) = shown.position {
        told.push_str(&format!(" at {position}, {} rows", shown.rows));
    }
    if let Some(behind) = shown.behind.filter(|behind| *behind > 0) {
        told.push_str(&format!(", {behind} records behind"));
    }
    if shown.violations > 0 {
        told.push_str(&format!(", {} violations", shown.violations));
    }
    told
}
