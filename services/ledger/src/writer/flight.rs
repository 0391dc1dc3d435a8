//! The frame that is being committed, or the word of the store that refusals wait for.

use std::pin::{Pin, pin};
use std::time::Instant;

use futures::FutureExt as _;
use futures::future::MaybeDone;
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

/// What the store was sent and has not answered.
pub(super) struct Flight {
    outcome: MaybeDone<Appending>,
    load: Load,
}

impl Flight {
    fn new(outcome: Appending, load: Load) -> Self {
        Self { outcome: MaybeDone::Future(outcome), load }
    }
}

/// What is on its way.
enum Load {
    /// A frame, to the disk.
    Frame { sent: Instant, frame: Frame, records: usize },
    /// A question: is this writer still the one?
    Question,
}

/// The outcome of what is under way, which stays where it is.
pub(super) async fn landing(flight: &mut Option<Flight>) -> Result<(), StoreError> {
    if let Some(Flight { outcome, .. }) = flight {
        (&mut *outcome).await;
        if let Some(outcome) = Pin::new(outcome).take_output() {
            return outcome;
        }
    }
    std::future::pending().await
}

/// Does some work with the store while something is under way, which goes on meanwhile: a store
/// that answers in order may keep the answer to the work behind one that nobody takes.
pub(super) async fn meanwhile<T>(flight: &mut Option<Flight>, work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    std::future::poll_fn(|context| {
        if let Some(flight) = flight {
            // Landed or not: what came of it stays where it is.
            let _landed = flight.outcome.poll_unpin(context).is_ready();
        }
        work.as_mut().poll(context)
    })
    .await
}

impl<S: Store> Writer<'_, S> {
    /// Sends the draft off, unless something is on its way. A draft without records is no frame: its
    /// answers are given, refusals once the store has said that this writer still is the one.
    pub(super) fn launch(&mut self) {
        if self.flight.is_some() {
            return;
        }
        let records = self.desk.draft_records();
        if let Some(frame) = self.desk.seal() {
            let outcome = self.store.append(frame.clone());
            let load = Load::Frame { sent: Instant::now(), frame, records };
            self.flight = Some(Flight::new(outcome, load));
        } else if self.desk.asks_word() {
            self.flight = Some(Flight::new(self.store.confirm(), Load::Question));
        }
        self.give();
    }

    /// Goes on after what was under way is done: the frame committed, the word given. Answers how
    /// many records senders who were just answered may be about to send; 0 when the next frame is
    /// under way already.
    ///
    /// # Errors
    /// If it was not, or nobody knows.
    pub(super) fn land(&mut self, outcome: Result<(), StoreError>) -> Result<usize, Fall> {
        outcome.map_err(Fall::Append)?;
        let Some(Flight { load, .. }) = self.flight.take() else { return Ok(0) };
        let Load::Frame { sent, frame, records } = load else {
            self.desk.confirmed();
            self.give();
            return Ok(0);
        };
        self.metrics.commit_seconds.observe(metrics::seconds(sent.elapsed()));
        self.metrics.frame_records.observe(metrics::count(records));
        self.metrics.frames.inc();
        self.metrics.records.inc_by(u64::try_from(records).unwrap_or_default());
        let last = frame.last;
        self.desk.durable(last);
        // Where most senders wait for this frame, they are answered first and share the next one;
        // where most are in the next one already, the disk is not kept waiting for them.
        let is_small = self.desk.draft_records() < records;
        if !is_small {
            self.launch();
        }
        self.metrics.position.set(metrics::level(last));
        self.committed.send_replace(last);
        self.status.send_replace(Status::Leading { position: Position(last) });
        self.give();
        match &self.indexer {
            Some(indexer) => indexer.offer(frame),
            None => self.desk.indexed(last),
        }
        Ok(if is_small { records } else { 0 })
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
