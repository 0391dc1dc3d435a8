//! What clients were told, and its proof against the log.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use linli_api::log::Origin;

use super::Operation;
use super::operation::Doubt;
use crate::{Ask, Place};

/// A command that was acknowledged, as it was sent and answered.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its idempotency key, which no other client uses.
    pub key: String,
    /// The request.
    pub ask: Ask,
    /// The position of its first record.
    pub first: u64,
    /// The position of its last record.
    pub last: u64,
    /// The answer, to the byte.
    pub body: Vec<u8>,
}

/// What clients were told.
#[derive(Debug)]
pub struct Told {
    /// The journal, which this was read back from.
    pub journal: PathBuf,
    /// Every operation.
    pub operations: Vec<Operation>,
    /// Acknowledged commands with all their bytes: all, or an even sample of many.
    pub entries: Vec<Entry>,
    /// Why clients gave up, for each that did.
    pub gave_up: Vec<String>,
    /// How many answers told nothing.
    pub in_doubt: u64,
    /// How many commands had been done by a request that was never answered.
    pub found_done: u64,
}

/// How many of the commands are sent once more.
const ASKED_AGAIN: usize = 200;

/// A command that was asked once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// Its key.
    pub key: String,
    /// The answer is the first one, to the byte, and says to be a repeat.
    pub same: bool,
}

impl Told {
    /// Answers that told nothing though somebody led, a line each: what was asked, how long it was
    /// waited for, and what was said. A gateway says to come again once nobody has led for
    /// `away_max`; until then it stays with a command, however slow the machine is.
    #[must_use]
    pub fn unexplained(&self, away_max: Duration) -> Vec<String> {
        let away_us = u64::try_from(away_max.as_micros()).unwrap_or(u64::MAX);
        let told = |operation: &Operation| {
            operation.end().filter(|_| operation.done().is_some()).map(|end| end.at_us)
        };
        let acknowledged: BTreeSet<u64> = self.operations.iter().filter_map(told).collect();
        let led = |at_us: u64| {
            let since = at_us.saturating_sub(away_us);
            acknowledged.range(since..at_us).next_back().is_some()
        };
        let mut lines = Vec::new();
        for operation in &self.operations {
            for Doubt { why, called_us, at_us, .. } in operation.doubts() {
                let says_so = ["unavailable", "outcome-unknown"].contains(&why);
                if !says_so || led(at_us) {
                    let ms = at_us.saturating_sub(called_us) / 1_000;
                    let Operation { kind, client, .. } = operation;
                    lines.push(format!("{kind:?} of client {client}: {why} after {ms} ms"));
                }
            }
        }
        lines
    }

    /// Sends some of the acknowledged commands once more.
    ///
    /// # Errors
    ///
    /// If one isn't answered at all.
    pub async fn ask_again(&self, place: &Place) -> anyhow::Result<Vec<Repeat>> {
        let mut repeats = Vec::new();
        let step = (self.entries.len() / ASKED_AGAIN).max(1);
        for entry in self.entries.iter().step_by(step) {
            let answer = place.http.send(&entry.ask).await?;
            let same = answer.body == entry.body && answer.replayed();
            repeats.push(Repeat { key: entry.key.clone(), same });
        }
        Ok(repeats)
    }

    /// Every acknowledged command stands in the log where it was said to, once, and nothing else
    /// of this traffic does; and asked again it is answered to the byte. All of it through HTTP.
    ///
    /// # Errors
    ///
    /// What isn't so.
    pub async fn prove(&self, place: &Place) -> anyhow::Result<()> {
        let found = recorded(place).await?;
        let mut told = 0;
        for operation in &self.operations {
            let Some((first, last)) = operation.done() else { continue };
            told += 1;
            let positions: Vec<u64> = (first..=last).collect();
            let there = found.get(&operation.key).map(Vec::as_slice).unwrap_or_default();
            let key = &operation.key;
            anyhow::ensure!(there == positions, "{key}: told {positions:?}, stands at {there:?}");
        }
        let ours = found.keys().filter(|key| key.starts_with(super::KEYS)).count();
        anyhow::ensure!(ours == told, "{ours} commands are recorded, {told} were acknowledged");
        let head = place.head().await?;
        for repeat in self.ask_again(place).await? {
            anyhow::ensure!(repeat.same, "{}: answered otherwise", repeat.key);
        }
        anyhow::ensure!(place.head().await? == head, "asked again, something was recorded");
        Ok(())
    }
}

/// The positions of each key's records.
async fn recorded(place: &Place) -> anyhow::Result<BTreeMap<String, Vec<u64>>> {
    let mut found: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    let mut after = 0;
    loop {
        let page = place.auditor.log_records(after, linli_api::page::PAGE_ITEMS_MAX).await?.body;
        if page.records.is_empty() {
            return Ok(found);
        }
        after = page.last;
        for record in page.records {
            if let Origin::Command { key, .. } = record.origin {
                found.entry(key).or_default().push(record.position);
            }
        }
    }
}
