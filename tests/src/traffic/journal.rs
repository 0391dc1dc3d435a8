//! The journal of what was acknowledged, and its proof against the log.

use std::collections::BTreeMap;

use linli_api::log::Origin;

use crate::{Ask, Place};

/// A command that was acknowledged.
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

/// What was acknowledged.
#[derive(Debug)]
pub struct Journal {
    /// Every acknowledged command.
    pub entries: Vec<Entry>,
    /// How many answers told nothing.
    pub in_doubt: u64,
    /// How many commands had been done by a request that was never answered.
    pub found_done: u64,
}

/// How many of the commands are sent once more.
const AGAIN: usize = 200;

impl Journal {
    /// Every acknowledged command stands in the log where it was said to, once, and nothing else
    /// of this traffic does; and asked again it is answered to the byte.
    ///
    /// # Errors
    ///
    /// What isn't so.
    pub async fn prove(&self, place: &Place) -> anyhow::Result<()> {
        let found = recorded(place).await?;
        for Entry { key, first, last, .. } in &self.entries {
            let told: Vec<u64> = (*first..=*last).collect();
            let there = found.get(key).map(Vec::as_slice).unwrap_or_default();
            anyhow::ensure!(there == told, "{key}: told {first} to {last}, recorded at {there:?}");
        }
        let ours = found.keys().filter(|key| key.starts_with("traffic-")).count();
        let told = self.entries.len();
        anyhow::ensure!(ours == told, "{ours} commands are recorded, {told} were acknowledged");
        let head = place.head().await?;
        let step = (told / AGAIN).max(1);
        for entry in self.entries.iter().step_by(step) {
            let answer = place.http.send(&entry.ask).await?;
            let same = answer.body == entry.body && answer.replayed();
            anyhow::ensure!(same, "{}: answered otherwise: {answer:?}", entry.key);
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
