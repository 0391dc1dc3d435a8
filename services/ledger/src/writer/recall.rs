//! Repeats of commands that are no longer remembered: their records are read from the log, beside
//! the writer.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use linli_domain::Record;
use linli_port::{Accepted, Answer, Rejected};
use tokio::task::JoinSet;

use super::answer::Unread;
use crate::desk::Slot;
use crate::fault::told;
use crate::metrics::DistrictMetrics;
use crate::store::{Reading, Store, StoreError};

/// Most requests whose repeats are read at once. Such repeats are rare; more of them is a sender
/// gone wild, who is told to come again.
const RECALLS_MAX: usize = 64;

/// Records within so many positions of each other are read together.
const SPAN_MAX: u64 = 500;

/// Longest wait for the last reads when the writer stops.
const FINISH_WAIT_MAX: Duration = Duration::from_secs(2);

/// The reads under way. Dropped, they leave their senders with "unknown".
#[derive(Default)]
pub(super) struct Recalls(JoinSet<()>);

/// Why the records of a repeat could not be had.
#[derive(Debug, thiserror::Error)]
enum RecallError {
    #[error("the log could not be read")]
    Read(#[from] StoreError),
    #[error("a record could not be read")]
    Decode(#[from] linli_proto::Malformed),
}

impl Recalls {
    /// Begins to read what is missing, and answers when it is there.
    pub(super) fn begin(&mut self, unread: Unread, store: &impl Store, metrics: &DistrictMetrics) {
        while self.0.try_join_next().is_some() {}
        let Unread { slots, ticket } = unread;
        if self.0.len() >= RECALLS_MAX {
            ticket.all(
                slots.into_iter().map(|slot| ready_or(slot, &Rejected::overloaded())).collect(),
            );
            return;
        }
        let spans = spans(&slots);
        let reads = spans.into_iter().map(|(first, last)| store.records(first, last)).collect();
        let metrics = metrics.clone();
        self.0.spawn(async move {
            let slots = match read(reads).await {
                Ok(found) => {
                    slots.into_iter().map(|slot| Slot::Ready(fill(slot, &found))).collect()
                }
                Err(error) => {
                    tracing::warn!(error = told(&error), "a repeat could not be answered");
                    let rejected = Rejected::unavailable();
                    slots.into_iter().map(|slot| Slot::Ready(ready_or(slot, &rejected))).collect()
                }
            };
            drop(Unread { slots, ticket }.give(&metrics));
        });
    }

    /// Waits for the reads under way, bounded.
    pub(super) async fn finish(&mut self) {
        let all = async { while self.0.join_next().await.is_some() {} };
        if tokio::time::timeout(FINISH_WAIT_MAX, all).await.is_err() {
            tracing::warn!("some repeats were left unanswered");
        }
    }
}

fn ready_or(slot: Slot, rejected: &Rejected) -> Answer {
    match slot {
        Slot::Ready(answer) => answer,
        Slot::InLog { .. } => Err(rejected.clone()),
    }
}

fn fill(slot: Slot, found: &BTreeMap<u64, Record>) -> Answer {
    let (first, last) = match slot {
        Slot::Ready(answer) => return answer,
        Slot::InLog { first, last } => (first, last),
    };
    let records: Arc<[Record]> =
        found.range(first..=last).map(|(_, record)| record.clone()).collect();
    let expected = last.saturating_sub(first).saturating_add(1);
    if u64::try_from(records.len()) == Ok(expected) {
        Ok(Accepted { records, repeated: true })
    } else {
        Err(Rejected::Unknown)
    }
}

/// The positions of all slots whose records must be read, neighbours together.
fn spans(slots: &[Slot]) -> Vec<(u64, u64)> {
    let mut spans: Vec<(u64, u64)> = Vec::new();
    let mut wanted: Vec<(u64, u64)> = slots.iter().filter_map(span).collect();
    wanted.sort_unstable();
    for (first, last) in wanted {
        match spans.last_mut() {
            Some(span) if last.saturating_sub(span.0) < SPAN_MAX => span.1 = span.1.max(last),
            _ => spans.push((first, last)),
        }
    }
    spans
}

async fn read(reads: Vec<Reading>) -> Result<BTreeMap<u64, Record>, RecallError> {
    let mut found = BTreeMap::new();
    for read in reads {
        for (position, bytes) in read.await? {
            found.insert(position, linli_proto::decode_record(&bytes)?);
        }
    }
    Ok(found)
}

fn span(slot: &Slot) -> Option<(u64, u64)> {
    match slot {
        Slot::Ready(_) => None,
        Slot::InLog { first, last } => Some((*first, *last)),
    }
}
