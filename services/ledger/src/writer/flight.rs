//! The frame that is being committed.

use std::time::Instant;

use linli_domain::Position;
use linli_log::{Append, AppendError};

use super::Writer;
use super::answer::Pending;
use super::draft::Sealed;
use crate::fault::Fall;
use crate::metrics;
use crate::status::Status;

/// How often the writer lets senders have their turn before it sends a frame that is much smaller
/// than the last one: they were just answered and are about to come again, and a flush of the disk
/// takes longer than their turn.
const GATHER_TURNS_MAX: usize = 3;

/// A frame on its way to the disk.
#[derive(Debug)]
pub(super) struct Flight {
    append: Append,
    sent: Instant,
    last: u64,
    records: usize,
    pending: Vec<Pending>,
}

impl Flight {
    pub(super) fn into_pending(self) -> Vec<Pending> {
        self.pending
    }
}

/// The outcome of the frame under way. The frame stays where it is.
pub(super) async fn landing(flight: &mut Option<Flight>) -> Result<(), AppendError> {
    match flight {
        Some(flight) => (&mut flight.append).await,
        None => std::future::pending().await,
    }
}

impl Writer<'_> {
    /// Sends the draft off, unless a frame is on its way. A draft without records holds up
    /// nobody: its answers are given.
    pub(super) fn launch(&mut self) {
        if self.flight.is_some() {
            return;
        }
        let records = self.draft.records();
        match self.draft.seal(self.draft_root, &self.image.frontier) {
            None => {
                let pending = self.draft.take_pending();
                self.give(pending);
            }
            Some(Sealed { frame, keys, pending }) => {
                let append = self.log.append(&frame, keys);
                let (sent, last) = (Instant::now(), frame.last);
                self.flight = Some(Flight { append, sent, last, records, pending });
                self.draft_root = frame.root;
                self.snapshotter.consider(&self.image, self.metrics);
            }
        }
    }

    /// Goes on after the frame under way was committed. Answers how many records senders who were
    /// just answered may be about to send; 0 when the next frame is under way already.
    ///
    /// # Errors
    /// If it was not, or nobody knows.
    pub(super) fn land(&mut self, outcome: Result<(), AppendError>) -> Result<usize, Fall> {
        outcome?;
        let Some(flight) = self.flight.take() else { return Ok(0) };
        self.metrics.commit_seconds.observe(metrics::seconds(flight.sent.elapsed()));
        self.metrics.frame_records.observe(metrics::count(flight.records));
        self.metrics.frames.inc();
        self.metrics.records.inc_by(u64::try_from(flight.records).unwrap_or_default());
        // Where most senders wait for this frame, they are answered first and share the next one;
        // where most are in the next one already, the disk is not kept waiting for them.
        let is_small = self.draft.records() < flight.records;
        if !is_small {
            self.launch();
        }
        self.metrics.position.set(metrics::level(flight.last));
        self.committed.send_replace(flight.last);
        self.status.send_replace(Status::Leading { position: Position(flight.last) });
        self.give(flight.pending);
        self.snapshotter.durable(flight.last);
        Ok(if is_small { flight.records } else { 0 })
    }

    /// Lets those who were answered come again, as long as more of them come.
    pub(super) async fn gather(&mut self, records: usize) -> Result<(), Fall> {
        for _ in 0..GATHER_TURNS_MAX {
            tokio::task::yield_now().await;
            let before = self.draft.records();
            self.work().await?;
            let after = self.draft.records();
            if after == before || after >= records || self.flight.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// Gives answers; what must be read from the log for them is read beside the writer.
    fn give(&mut self, pending: Vec<Pending>) {
        for pending in pending {
            if let Some(unread) = pending.give(self.metrics) {
                self.recalls.begin(unread, self.metrics);
            }
        }
    }
}
