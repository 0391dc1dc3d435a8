//! What a run tells, for people and for machines.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use comfy_table::{Table, presets};
use serde::Serialize;

use super::row::{Ground, Row};
use super::settings::Settings;
use crate::check::{Checked, Recovery};
use crate::evidence::Injection;

/// What a run came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Everything was done, felt, and survived.
    Held,
    /// A checker found something.
    Broken,
    /// A fault was not felt, or could not be done here: nothing is proven by it.
    Unproven,
}

/// What was counted that proves a fault to have been felt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bite {
    /// What.
    pub what: String,
    /// How often.
    pub count: u64,
    /// Least that has to be.
    pub least: u64,
}

/// What was measured, and what it is to be on a machine that does nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Aim {
    /// What, with its unit.
    pub what: String,
    /// How much it was.
    pub figure: u64,
    /// The most that it is to be.
    pub most: u64,
}

/// What became of a row.
#[derive(Clone, Debug, Serialize)]
pub struct RowReport {
    /// Which.
    pub row: Row,
    /// What was done, and how often.
    pub injections: BTreeMap<String, u64>,
    /// What shows that it was felt.
    pub bites: Vec<Bite>,
    /// What was measured.
    pub figures: BTreeMap<String, u64>,
    /// What was measured against a promise.
    pub aims: Vec<Aim>,
    /// What of it could not be done here, and why.
    pub not_run: Vec<String>,
    /// What the row itself found, beside the checkers.
    pub findings: Vec<String>,
}

/// What became of the rows on one ground.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// On which ground.
    pub ground: Ground,
    /// The seed.
    pub seed: u64,
    /// How many clients.
    pub clients: usize,
    /// How long it took, checks included.
    pub seconds: u64,
    /// The rows.
    pub rows: Vec<RowReport>,
    /// Commands sent, and reads.
    pub operations: u64,
    /// Commands acknowledged.
    pub acknowledged: u64,
    /// Answers that told nothing, by what they said.
    pub doubts: BTreeMap<String, u64>,
    /// Commands that had been done by a request that was never answered.
    pub found_done: u64,
    /// Records and frames in the log.
    pub records: u64,
    /// Frames in the log.
    pub frames: u64,
    /// Sessions of writers that appended.
    pub terms: u64,
    /// What the processes counted.
    pub counters: BTreeMap<String, u64>,
    /// What was done, and when.
    pub injections: Vec<Injection>,
    /// From the end of each silencing fault to the first success.
    pub recoveries: Vec<Recovery>,
    /// The most memory of each part, in KiB.
    pub memory_kib: BTreeMap<String, u64>,
    /// What the checkers say.
    pub checks: Vec<Checked>,
}

impl RowReport {
    pub(super) fn new(row: Row) -> Self {
        Self {
            row,
            injections: BTreeMap::new(),
            bites: Vec::new(),
            figures: BTreeMap::new(),
            aims: Vec::new(),
            not_run: Vec::new(),
            findings: Vec::new(),
        }
    }

    pub(super) fn bite(&mut self, what: &str, count: u64, least: u64) {
        self.bites.push(Bite { what: what.to_owned(), count, least });
    }

    pub(super) fn figure(&mut self, what: &str, figure: u64) {
        self.figures.insert(what.to_owned(), figure);
    }

    pub(super) fn aim(&mut self, what: &str, figure: u64, most: u64) {
        self.aims.push(Aim { what: what.to_owned(), figure, most });
    }

    /// Holds how long it took until somebody was answered after each fault of this row against what
    /// it is to be.
    pub(super) fn answered_again(&mut self, recoveries: &[(&Injection, Option<Recovery>)]) {
        let own = recoveries.iter().filter(|(injection, _)| injection.row == self.row.name());
        // Nobody answered at all is for the checker to find.
        let slowest = own.filter_map(|(_, found)| found.as_ref()).map(|found| found.after_ms).max();
        if let Some(slowest) = slowest {
            self.aim("slowest first answer after a fault, ms", slowest, self.row.answered_max_ms());
        }
    }

    /// Finds what is more than so many times what it is to be.
    pub(super) fn weigh(&mut self, slack: u64) {
        let missed = self.aims.iter().filter(|aim| aim.figure > aim.most.saturating_mul(slack));
        let finding = |aim: &Aim| {
            let Aim { what, figure, most } = aim;
            format!("{what}: {figure}, which is to be {most} at the most, {slack} times that here")
        };
        self.findings.extend(missed.map(finding));
    }

    fn is_felt(&self) -> bool {
        self.not_run.is_empty() && self.bites.iter().all(|bite| bite.count >= bite.least)
    }
}

impl Report {
    /// Of rows whose ground this machine refuses.
    pub(super) fn refused(
        ground: Ground,
        rows: &[Row],
        settings: &Settings,
        error: &anyhow::Error,
    ) -> Self {
        let refused = |row: &Row| {
            let mut report = RowReport::new(*row);
            report.not_run.push(format!("this machine refuses it: {error:#}"));
            report
        };
        Self {
            ground,
            seed: settings.seed,
            clients: settings.clients,
            seconds: 0,
            rows: rows.iter().map(refused).collect(),
            operations: 0,
            acknowledged: 0,
            doubts: BTreeMap::new(),
            found_done: 0,
            records: 0,
            frames: 0,
            terms: 0,
            counters: BTreeMap::new(),
            injections: Vec::new(),
            recoveries: Vec::new(),
            memory_kib: BTreeMap::new(),
            checks: Vec::new(),
        }
    }

    /// What it came to.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let broken = self.checks.iter().any(|checked| checked.found > 0)
            || self.rows.iter().any(|row| !row.findings.is_empty());
        let proven = self.checks.iter().all(|checked| checked.not_run.is_none())
            && self.rows.iter().all(RowReport::is_felt);
        match (broken, proven) {
            (true, _) => Verdict::Broken,
            (false, true) => Verdict::Held,
            (false, false) => Verdict::Unproven,
        }
    }

    /// For people.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = String::new();
        let (acknowledged, terms) = (self.acknowledged, self.terms);
        let _ = writeln!(
            text,
            "{:?}, seed {}: {} operations by {} clients, {acknowledged} acknowledged, {} found done, \
             {} records in {} frames of {terms} terms, {} s",
            self.ground,
            self.seed,
            self.operations,
            self.clients,
            self.found_done,
            self.records,
            self.frames,
            self.seconds
        );
        let _ = writeln!(text, "without an answer: {}", pairs(&self.doubts));
        let _ = writeln!(text, "first success after a fault: {}", self.recovered());
        let _ = writeln!(text, "most memory, KiB: {}", pairs(&self.memory_kib));
        let mut rows = table(["row", "done", "felt", "measured"]);
        for row in &self.rows {
            let bites = row.bites.iter().map(|bite| format!("{} {}", bite.what, bite.count));
            let figures = row.figures.iter().map(|(what, figure)| format!("{what} {figure}"));
            let aims = row.aims.iter();
            let aims = aims.map(|aim| format!("{} {} (aim {})", aim.what, aim.figure, aim.most));
            let bad = row.findings.iter().map(|finding| format!("FOUND {finding}"));
            let undone = row.not_run.iter().map(|why| format!("NOT RUN {why}"));
            rows.add_row([
                row.row.name().to_owned(),
                row.injections
                    .iter()
                    .map(|(what, n)| format!("{n} × {what}"))
                    .collect::<Vec<_>>()
                    .join("\n"),
                bites.collect::<Vec<_>>().join("\n"),
                figures.chain(aims).chain(bad).chain(undone).collect::<Vec<_>>().join("\n"),
            ]);
        }
        let _ = writeln!(text, "{rows}");
        let mut checks = table(["", "holds", "over", ""]);
        for checked in &self.checks {
            let verdict = match (checked.not_run, checked.found) {
                (Some(why), _) => format!("not run: {why}"),
                (None, 0) => "yes".to_owned(),
                (None, found) => format!("NO, {found}: {}", checked.findings.join("\n")),
            };
            let over = format!("{} {}", checked.over, checked.of);
            checks.add_row([checked.name.to_owned(), checked.holds.to_owned(), over, verdict]);
        }
        let _ = writeln!(text, "{checks}");
        let _ = writeln!(text, "{:?}", self.verdict());
        text
    }
}

impl Report {
    /// Median and longest time until somebody was answered.
    fn recovered(&self) -> String {
        let mut times: Vec<u64> = self.recoveries.iter().map(|one| one.after_ms).collect();
        times.sort_unstable();
        match (times.get(times.len() / 2), times.last()) {
            (Some(median), Some(longest)) => {
                format!("{} times, median {median} ms, longest {longest} ms", times.len())
            }
            _ => "nobody was kept from being answered".to_owned(),
        }
    }
}

fn table<const N: usize>(head: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(head);
    table
}

fn pairs(map: &BTreeMap<String, u64>) -> String {
    if map.is_empty() {
        return "none".to_owned();
    }
    map.iter().map(|(what, count)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_above_its_aim_is_a_finding() {
        for (figure, slack, findings) in [(10, 1, 0), (11, 1, 1), (100, 10, 0), (101, 10, 1)] {
            let mut row = RowReport::new(Row::F1);
            row.aim("slowest", figure, 10);
            row.weigh(slack);
            assert_eq!(row.findings.len(), findings, "{figure}, {slack} times 10");
        }
    }
}
