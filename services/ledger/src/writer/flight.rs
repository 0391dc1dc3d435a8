//! The frame that is being committed.

use std::time::Instant;

use linli_domain::Position;
use linli_log::Frame;

use super::{Writer, answer};
use crate::fault::Fall;
use crate::metrics;
use crate::status::Status;
use crate::store::{Appending, Store, StoreError};

/// How often the writer lets senders have their turn before it sends a frame that is much smaller
/// than the last one: they were just answered and are about to come again, and a flush of the disk
/// takes longer than their turn.
const GATHER_TURNS_MAX: usize = 3;

/// A frame on its way to the disk.
pub(super) struct Flight {
    append: Appending,
    sent: Instant,
    frame: Frame,
    records: usize,
}

/// The outcome of the frame under way. The frame stays where it is.
pub(super) async fn landing(flight: &mut Option<Flight>) -> Result<(), StoreError> {
    match flight {
        Some(flight) => (&mut flight.append).await,
        None => std::future::pending().await,
    }
}

impl<S: Store> Writer<'_, S> {
    /// Sends the draft off, unless a frame is on its way. A draft without records holds up
    /// nobody: its answers are given.
    pub(super) fn launch(&mut self) {
        if self.flight.is_some() {
            return;
        }
        let records = self.desk.draft_records();
        if let Some(frame) = self.desk.seal() {
            let append = self.store.append(frame.clone());
            self.flight = Some(Flight { append, sent: Instant::now(), frame, records });
        }
        self.give();
    }

    /// Goes on after the frame under way was committed. Answers how many records senders who were
    /// just answered may be about to send; 0 when the next frame is under way already.
    ///
    /// # Errors
    /// If it was not, or nobody knows.
    pub(super) fn land(&mut self, outcome: Result<(), StoreError>) -> Result<usize, Fall> {
        outcome.map_err(Fall::Append)?;
        let Some(flight) = self.flight.take() else { return Ok(0) };
        self.metrics.commit_seconds.observe(metrics::seconds(flight.sent.elapsed()));
        self.metrics.frame_records.observe(metrics::count(flight.records));
        self.metrics.frames.inc();
        self.metrics.records.inc_by(u64::try_from(flight.records).unwrap_or_default());
        let last = flight.frame.last;
        self.desk.durable(last);
        // Where most senders wait for this frame, they are answered first and share the next one;
        // where most are in the next one already, the disk is not kept waiting for them.
        let is_small = self.desk.draft_records() < flight.records;
        if !is_small {
            self.launch();
        }
        self.metrics.position.set(metrics::level(last));
        self.committed.send_replace(last);
        self.status.send_replace(Status::Leading { position: Position(last) });
        self.give();
        match &self.indexer {
            Some(indexer) => indexer.offer(flight.frame),
            None => self.desk.indexed(last),
        }
        Ok(if is_small { flight.records } else { 0 })
    }

    /// Lets those who were answered come again, as long as more of them come.
    pub(super) async fn gather(&mut self, records: usize) -> Result<(), Fall> {
        for _ in 0..GATHER_TURNS_MAX {
            tokio::task::yield_now().await;
            let before = self.desk.draft_records();
            self.work().await?;
            let after = self.desk.draft_records();
            if after == before || after >= records || self.flight.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// Gives answers; what must be read from the log for them is read beside the writer.
    pub(super) fn give(&mut self) {
        for reply in self.desk.answers() {
            if let Some(unread) = answer::give(reply, self.metrics) {
                self.recalls.begin(unread, self.store, self.metrics);
            }
        }
    }
}
