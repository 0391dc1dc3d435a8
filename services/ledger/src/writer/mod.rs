//! The writer: one task that owns the state of a district and decides everything in one order.
//!
//! While a frame is being committed, the next one is decided; at most one is on its way, for what
//! comes meanwhile then shares the next flush of the disk. Answers go out when the frame that they
//! were decided behind is durable. Any doubt ends the term: see [`Fall`].

mod answer;
mod decide;
mod draft;
mod flight;
mod job;
mod poison;
mod recall;
mod snapshotter;

use std::collections::VecDeque;
use std::time::Duration;

use linli_log::{LogReader, LogWriter, Root};
use linli_port::{Intake, Rejected};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::clock::{self, Clock};
use crate::fault::Fall;
use crate::image::{Image, Restored};
use crate::keys::{Answers, Recent};
use crate::metrics::{self, DistrictMetrics};
use crate::status::Status;

use draft::Draft;
use flight::Flight;
use job::Job;
use recall::Recalls;

pub(crate) use poison::Poison;
pub(crate) use snapshotter::Snapshotter;

/// Longest sleep of an idle writer: a clock that jumped is noticed after it.
const SLEEP_MAX: Duration = Duration::from_secs(1);

/// Shortest sleep, lest a deadline that leads to nothing keep the writer spinning.
const SLEEP_MIN: Duration = Duration::from_millis(1);

/// What a writer is given for its term.
pub(crate) struct Office<'a> {
    pub(crate) log: &'a LogWriter,
    pub(crate) reader: LogReader,
    pub(crate) intake: &'a mut Intake,
    pub(crate) clock: &'a Clock,
    pub(crate) poison: &'a Poison,
    pub(crate) metrics: &'a DistrictMetrics,
    pub(crate) status: &'a watch::Sender<Status>,
    /// Rung with the position of the last durable record.
    pub(crate) committed: &'a watch::Sender<u64>,
}

/// One term of leading a district.
pub(crate) struct Writer<'a> {
    log: &'a LogWriter,
    intake: &'a mut Intake,
    clock: &'a Clock,
    poison: &'a Poison,
    metrics: &'a DistrictMetrics,
    status: &'a watch::Sender<Status>,
    committed: &'a watch::Sender<u64>,
    /// Everything decided so far, durable or not.
    image: Image,
    recent: Recent,
    answers: Answers,
    jobs: VecDeque<Job>,
    draft: Draft,
    /// The root before the draft.
    draft_root: Root,
    /// A record's bytes, in a buffer that is used again.
    encoded: Vec<u8>,
    flight: Option<Flight>,
    recalls: Recalls,
    snapshotter: Snapshotter,
}

/// What woke the writer.
enum Wake {
    Landed(Result<(), linli_log::AppendError>),
    Cancelled,
    Lost,
    Work,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(office: Office<'a>, restored: Restored, snapshotter: Snapshotter) -> Self {
        let Office { log, reader, intake, clock, poison, metrics, status, committed } = office;
        let image = restored.image;
        clock.catch_up(image.state.recorded_at());
        Self {
            log,
            intake,
            clock,
            poison,
            metrics,
            status,
            committed,
            draft_root: image.frontier.root(),
            image,
            recent: Recent::default(),
            answers: Answers::default(),
            jobs: VecDeque::new(),
            draft: Draft::default(),
            encoded: Vec::new(),
            flight: None,
            recalls: Recalls::new(reader, log.district().clone()),
            snapshotter,
        }
    }

    /// Leads until told to stop, and hands back the snapshotter with the image at the log's end.
    ///
    /// # Errors
    /// [`Fall`]; everything that waited is then answered, and the state is of no more use.
    pub(crate) async fn lead(
        mut self,
        cancel: &CancellationToken,
    ) -> Result<(Snapshotter, Image), Fall> {
        self.announce();
        let outcome = match self.lead_until(cancel).await {
            Ok(()) => self.finish().await,
            Err(fall) => Err(fall),
        };
        match outcome {
            Ok(()) => Ok((self.snapshotter, self.image)),
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
                Wake::Cancelled => return Ok(()),
            }
        }
    }

    /// Waits for whatever comes first: the frame under way, the word to stop, something to decide.
    async fn wait(&mut self, cancel: &CancellationToken) -> Wake {
        let has_room = self.draft.has_room();
        let has_jobs = !self.jobs.is_empty();
        let is_flying = self.flight.is_some();
        let now = self.clock.now();
        let next = self.image.state.next_deadline();
        let sleep =
            next.map_or(SLEEP_MAX, |next| clock::until(now, next).clamp(SLEEP_MIN, SLEEP_MAX));
        self.metrics.queue_commands.set(metrics::level(self.intake.waiting()));
        tokio::select! {
            biased;
            outcome = flight::landing(&mut self.flight), if is_flying => Wake::Landed(outcome),
            () = cancel.cancelled() => Wake::Cancelled,
            // A frame under way tells more of a lost connection than the loss itself.
            () = self.log.lost(), if !is_flying => Wake::Lost,
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
        for job in self.jobs.drain(..) {
            if let Some(pending) = job.cut_short() {
                self.draft.push_pending(pending);
            }
        }
        while self.flight.is_some() || self.draft.records() > 0 {
            self.launch();
            let outcome = flight::landing(&mut self.flight).await;
            self.land(outcome)?;
        }
        self.launch();
        self.recalls.finish().await;
        Ok(())
    }

    /// Answers everything that waits when the term ends by a fault.
    fn abandon(&mut self, fall: &Fall) {
        let rejected = if fall.is_refusal() { Rejected::unavailable() } else { Rejected::Unknown };
        let flying = self.flight.take().map(Flight::into_pending).unwrap_or_default();
        for pending in flying.into_iter().chain(self.draft.take_pending()) {
            pending.reject(&rejected, self.metrics);
        }
        for job in self.jobs.drain(..) {
            job.into_pending(&rejected).reject(&rejected, self.metrics);
        }
    }

    fn announce(&self) {
        let position = self.image.position();
        self.committed.send_replace(position.0);
        self.status.send_replace(Status::Leading { position });
        self.metrics.position.set(metrics::level(position.0));
    }
}
