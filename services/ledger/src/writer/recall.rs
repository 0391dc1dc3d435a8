//! Repeats of commands that are no longer remembered: their records are read from the log, beside
//! the writer.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use linli_domain::Record;
use linli_log::{District, LogReader};
use linli_port::{Accepted, Answer, Rejected};
use tokio::task::JoinSet;

use super::answer::{Slot, Unread};
use crate::fault::told;
use crate::metrics::DistrictMetrics;

/// Most requests whose repeats are read at once. Such repeats are rare; more of them is a sender
/// gone wild, who is told to come again.
const RECALLS_MAX: usize = 64;

/// Records within so many positions of each other are read together.
const SPAN_MAX: u64 = 500;

/// Longest wait for the last reads when the writer stops.
const FINISH_WAIT_MAX: Duration = Duration::from_secs(2);

/// The reads under way. Dropped, they leave their senders with "unknown".
pub(super) struct Recalls {
    reader: LogReader,
    district: District,
    reads: JoinSet<()>,
}

/// Why the records of a repeat could not be had.
#[derive(Debug, thiserror::Error)]
enum RecallError {
    #[error("the log could not be read")]
    Read(#[from] linli_log::ReadError),
    #[error("a record could not be read")]
    Decode(#[from] linli_proto::Malformed),
}

impl Recalls {
    pub(super) fn new(reader: LogReader, district: District) -> Self {
        Self { reader, district, reads: JoinSet::new() }
    }

    /// Begins to read what is missing, and answers when it is there.
    pub(super) fn begin(&mut self, unread: Unread, metrics: &DistrictMetrics) {
        while self.reads.try_join_next().is_some() {}
        if self.reads.len() >= RECALLS_MAX {
            let Unread { slots, reply } = unread;
            reply.all(
                slots.into_iter().map(|slot| ready_or(slot, &Rejected::overloaded())).collect(),
            );
            return;
        }
        let (reader, district, metrics) =
            (self.reader.clone(), self.district.clone(), metrics.clone());
        self.reads.spawn(async move {
            let Unread { slots, reply } = unread;
            let slots = match read(&reader, &district, &slots).await {
                Ok(found) => slots.into_iter().map(|slot| Slot::Ready(fill(slot, &found))).collect(),
                Err(error) => {
                    tracing::warn!(%district, error = told(&error), "a repeat could not be answered");
                    let rejected = Rejected::unavailable();
                    slots.into_iter().map(|slot| Slot::Ready(ready_or(slot, &rejected))).collect()
                }
            };
            drop(Unread { slots, reply }.give(&metrics));
        });
    }

    /// Waits for the reads under way, bounded.
    pub(super) async fn finish(&mut self) {
        let all = async { while self.reads.join_next().await.is_some() {} };
        if tokio::time::timeout(FINISH_WAIT_MAX, all).await.is_err() {
            tracing::warn!(district = %self.district, "some repeats were left unanswered");
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

/// Reads the records of all slots that need them, neighbours together.
async fn read(
    reader: &LogReader,
    district: &District,
    slots: &[Slot],
) -> Result<BTreeMap<u64, Record>, RecallError> {
    let mut spans: Vec<(u64, u64)> = Vec::new();
    let mut wanted: Vec<(u64, u64)> = slots.iter().filter_map(span).collect();
    wanted.sort_unstable();
    for (first, last) in wanted {
        match spans.last_mut() {
            Some(span) if last.saturating_sub(span.0) < SPAN_MAX => span.1 = span.1.max(last),
            _ => spans.push((first, last)),
        }
    }
    let mut found = BTreeMap::new();
    for (first, last) in spans {
        for (position, bytes) in reader.records(district, first, last).await? {
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
