//! The writer: one task that drives the [`Desk`] of a district.
//!
//! It hands in what comes through the intake, the time and what became of each frame; it sends
//! frames to the [`Store`] and gives answers. While a frame is being committed, the next one is
//! decided; at most one is on its way, for what comes meanwhile then shares the next flush of the
//! disk. Any doubt ends the term: see [`Fall`].

mod answer;
mod flight;
mod intake;
mod recall;

use std::time::Duration;

use linli_port::{ClockReply, CommandsReply, Intake};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::clock::{self, Clock};
use crate::desk::{Desk, Poison};
use crate::fault::Fall;
use crate::image::Image;
use crate::keys::{IndexFault, Indexer, Unindexed, client_bytes};
use crate::metrics::{self, DistrictMetrics};
use crate::status::Status;
use crate::store::{Store, StoreError};

use flight::Flight;
use recall::Recalls;

/// Longest sleep of an idle writer: a clock that jumped is noticed after it.
const SLEEP_MAX: Duration = Duration::from_secs(1);

/// Shortest sleep, lest a deadline that leads to nothing keep the writer spinning.
const SLEEP_MIN: Duration = Duration::from_millis(1);

/// What a writer is given for its term.
pub(crate) struct Office<'a, S> {
    pub(crate) store: &'a S,
    pub(crate) intake: &'a mut Intake,
    pub(crate) clock: &'a Clock,
    pub(crate) metrics: &'a DistrictMetrics,
    pub(crate) status: &'a watch::Sender<Status>,
    /// Rung with the position of the last durable record.
    pub(crate) committed: &'a watch::Sender<u64>,
}

/// One term of leading a district.
pub(crate) struct Writer<'a, S> {
    store: &'a S,
    intake: &'a mut Intake,
    clock: &'a Clock,
    metrics: &'a DistrictMetrics,
    status: &'a watch::Sender<Status>,
    committed: &'a watch::Sender<u64>,
    desk: Desk<CommandsReply, ClockReply>,
    flight: Option<Flight>,
    recalls: Recalls,
    indexer: Option<Indexer>,
}

/// What is left of a term that ended in good order.
pub(crate) struct Led {
    pub(crate) image: Image,
    pub(crate) indexer: Option<Indexer>,
}

/// What woke the writer.
enum Wake {
    Landed(Result<(), StoreError>),
    Cancelled,
    Lost,
    Index(IndexFault),
    Work,
}

impl<'a, S: Store> Writer<'a, S> {
    pub(crate) fn new(
        office: Office<'a, S>,
        image: Image,
        unindexed: Unindexed,
        poison: Poison,
    ) -> Self {
        let Office { store, intake, clock, metrics, status, committed } = office;
        clock.catch_up(image.state.recorded_at());
        Self {
            store,
            intake,
            clock,
            metrics,
            status,
            committed,
            indexer: store.indexer(unindexed.position()),
            desk: Desk::new(image, unindexed, poison),
            flight: None,
            recalls: Recalls::default(),
        }
    }

    /// Leads until told to stop, and hands back what is at the log's end.
    ///
    /// # Errors
    /// [`Fall`]; everything that waited is then answered, and the state is of no more use.
    pub(crate) async fn lead(mut self, cancel: &CancellationToken) -> Result<Led, Fall> {
        self.announce();
        let outcome = match self.lead_until(cancel).await {
            Ok(()) => self.finish().await,
            Err(fall) => Err(fall),
        };
        match outcome {
            Ok(()) => {
                let Self { desk, indexer, .. } = self;
                Ok(Led { image: desk.into_image(), indexer })
            }
            Err(fall) => {
                self.abandon(&fall);
                Err(fall)
            }
        }
    }

    async fn lead_until(&mut self, cancel: &CancellationToken) -> Result<(), Fall> {
        loop {
            self.work().await?;
            self.launch();
            match self.wait(cancel).await {
                Wake::Work => {}
                Wake::Landed(outcome) => {
                    let expected = self.land(outcome)?;
                    if expected > 0 {
                        self.gather(expected).await?;
                    }
                }
                Wake::Lost => return Err(Fall::Lost),
                Wake::Index(fault) => return Err(fault.into()),
                Wake::Cancelled => return Ok(()),
            }
        }
    }

    /// Takes what waits, up to a slice, asks the index of keys where it must, and decides as much
    /// as the frame has room for.
    async fn work(&mut self) -> Result<(), Fall> {
        if let Some(indexer) = &self.indexer {
            self.desk.indexed(indexer.position());
        }
        self.take_requests();
        self.desk.decide(self.clock.now())?;
        while self.desk.asks() {
            self.look_up_keys().await?;
            self.desk.decide(self.clock.now())?;
        }
        Ok(())
    }

    /// Asks the index for the keys that may be in the log and are not remembered, all in one
    /// round trip.
    async fn look_up_keys(&mut self) -> Result<(), Fall> {
        let questions = self.desk.questions();
        let keys: Vec<([u8; 16], &str)> =
            questions.iter().map(|(client, key)| (client_bytes(*client), key.as_str())).collect();
        let asked = self.store.find_keys(&keys);
        let found = flight::meanwhile(&mut self.flight, asked).await.map_err(Fall::Lookup)?;
        self.desk.index_said(questions, found);
        Ok(())
    }

    /// Waits for whatever comes first: the frame under way, the word to stop, something to decide.
    async fn wait(&mut self, cancel: &CancellationToken) -> Wake {
        let has_room = self.desk.has_room();
        let has_jobs = self.desk.has_jobs();
        let is_flying = self.flight.is_some();
        let has_indexer = self.indexer.is_some();
        let now = self.clock.now();
        let next = self.desk.next_deadline();
        let sleep =
            next.map_or(SLEEP_MAX, |next| clock::until(now, next).clamp(SLEEP_MIN, SLEEP_MAX));
        self.metrics.queue_commands.set(metrics::level(self.intake.waiting()));
        self.metrics.unindexed_keys.set(metrics::level(self.desk.unindexed_keys()));
        tokio::select! {
            biased;
            outcome = flight::landing(&mut self.flight), if is_flying => Wake::Landed(outcome),
            () = cancel.cancelled() => Wake::Cancelled,
            fault = failed(&mut self.indexer), if has_indexer => Wake::Index(fault),
            // A frame under way tells more of a lost connection than the loss itself.
            () = self.store.lost(), if !is_flying => Wake::Lost,
            () = std::future::ready(()), if has_jobs && has_room => Wake::Work,
            request = self.intake.recv(), if has_room => {
                self.take(request);
                Wake::Work
            }
            () = tokio::time::sleep(sleep), if has_room => Wake::Work,
        }
    }

    /// Takes in no more, and sees off what was decided.
    async fn finish(&mut self) -> Result<(), Fall> {
        self.desk.turn_away();
        loop {
            self.launch();
            if self.flight.is_none() {
                break;
            }
            let outcome = flight::landing(&mut self.flight).await;
            self.land(outcome)?;
        }
        self.recalls.finish().await;
        Ok(())
    }

    /// Answers everything that waits when the term ends by a fault.
    fn abandon(self, fall: &Fall) {
        for reply in self.desk.close(fall.outcome()) {
            // What would have to be read is left to the next term: its senders ask again.
            drop(answer::give(reply, self.metrics));
        }
    }

    fn announce(&self) {
        let position = self.desk.image().position();
        self.committed.send_replace(position.0);
        self.status.send_replace(Status::Leading { position });
        self.metrics.position.set(metrics::level(position.0));
    }
}

/// Why the indexer can't go on, once it can't.
async fn failed(indexer: &mut Option<Indexer>) -> IndexFault {
    match indexer {
        Some(indexer) => indexer.failed().await,
        None => std::future::pending().await,
    }
}
