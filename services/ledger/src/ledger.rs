//! The ledger of one district, from start to stop: term after term of restoring the state, standing
//! by until the lock is free, and leading.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use linli_domain::Position;
use linli_log::reader::pool;
use linli_log::snapshot::Snapshots;
use linli_log::{KeyIndex, LogReader, LogWriter, OpenError};
use linli_port::{Intake, Rejected};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::Settings;
use crate::beside::Beside;
use crate::desk::Poison;
use crate::fault::{Fall, Fault, told};
use crate::image::{Image, RestoreError};
use crate::keys::{CatchUpError, IndexFault, Unindexed, catch_up};
use crate::metrics::{self, DistrictMetrics};
use crate::snapshotter::Snapshotter;
use crate::standby::{Astray, Standby};
use crate::status::Status;
use crate::store::Postgres;
use crate::writer::{Led, Office, Writer};

/// Connections for reading where none are shared: the relay, repeats, and a snapshot being written.
const READ_CONNECTIONS_MAX: usize = 4;

/// First pause after a term that ended by a fault: a lost connection is best opened again at once.
const PAUSE_MIN: Duration = Duration::from_millis(50);

/// Longest pause: how late a server that is back may be noticed.
const PAUSE_MAX: Duration = Duration::from_secs(1);

/// A term that lasted so long ended by something new.
const TERM_LONG: Duration = Duration::from_secs(10);

/// A running ledger. Dropping it is a crash: whatever is under way is left to the next start.
#[derive(Debug)]
pub struct Ledger {
    status: watch::Receiver<Status>,
    task: AbortOnDropHandle<Result<(), Fault>>,
}

impl Ledger {
    /// Starts the ledger of a district on this runtime. It answers what comes through `intake`
    /// while it leads and turns it away while it doesn't, until `cancel`: then it sees off what it
    /// has taken in, gives the lock back, and writes a snapshot.
    ///
    /// Two ledgers of one district at once are safe: one leads, the other waits.
    #[must_use]
    pub fn start(settings: Settings, intake: Intake, cancel: CancellationToken) -> Self {
        let (sender, status) = watch::channel(Status::Starting);
        let task = tokio::spawn(run(settings, intake, cancel, sender));
        Self { status, task: AbortOnDropHandle::new(task) }
    }

    /// What it is doing, now and from now on.
    #[must_use]
    pub fn status(&self) -> watch::Receiver<Status> {
        self.status.clone()
    }

    /// Waits until it is over.
    ///
    /// # Errors
    /// [`Fault`] if it stopped before it was told to, since trying again would be of no use.
    ///
    /// # Panics
    /// Goes on with the panic of the ledger's task, if that panicked.
    pub async fn stopped(self) -> Result<(), Fault> {
        match self.task.await {
            Ok(outcome) => outcome,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                // Only a runtime that shuts down takes a task away.
                Err(_) => Ok(()),
            },
        }
    }
}

/// Everything that outlives a term.
struct Keeper {
    settings: Settings,
    reader: LogReader,
    snapshotter: Snapshotter,
    metrics: DistrictMetrics,
    status: watch::Sender<Status>,
    cancel: CancellationToken,
    poison: Poison,
}

/// How a term ended.
enum End {
    Stopped,
    /// It may go better next time.
    Again,
}

async fn run(
    settings: Settings,
    mut intake: Intake,
    cancel: CancellationToken,
    status: watch::Sender<Status>,
) -> Result<(), Fault> {
    let reader = match &settings.reader {
        Some(reader) => reader.clone(),
        None => LogReader::new(pool(&settings.postgres, READ_CONNECTIONS_MAX)?),
    };
    let metrics = settings.metrics.of(&settings.district);
    let snapshotter = Snapshotter {
        snapshots: Snapshots::new(reader.pool().clone(), settings.district.clone()),
        reader: reader.clone(),
        district: settings.district.clone(),
        every_records: settings.snapshot_every_records,
        metrics: metrics.clone(),
    };
    // Until the ledger stops: it holds nothing that would be lost.
    let _snapshots =
        AbortOnDropHandle::new(tokio::spawn(snapshotter.clone().run(status.subscribe())));
    let poison = Poison::default();
    let mut keeper = Keeper { settings, reader, snapshotter, metrics, status, cancel, poison };
    let outcome = keeper.terms(&mut intake).await;
    keeper.status.send_replace(Status::Stopped);
    outcome
}

impl Keeper {
    async fn terms(&mut self, intake: &mut Intake) -> Result<(), Fault> {
        let mut pause = PAUSE_MIN;
        loop {
            let begun = Instant::now();
            self.status.send_replace(Status::Starting);
            match self.term(intake).await? {
                End::Stopped => return Ok(()),
                End::Again => {}
            }
            if begun.elapsed() > TERM_LONG {
                pause = PAUSE_MIN;
            }
            let cancel = self.cancel.clone();
            tokio::select! {
                () = cancel.cancelled() => return Ok(()),
                never = turn_away(intake, &self.metrics) => match never {},
                () = tokio::time::sleep(pause) => {}
            }
            pause = pause.saturating_mul(2).min(PAUSE_MAX);
        }
    }

    /// Restores the state, waits for the lock, leads.
    async fn term(&mut self, intake: &mut Intake) -> Result<End, Fault> {
        let ready = tokio::select! {
            biased;
            () = self.cancel.cancelled() => return Ok(End::Stopped),
            ready = self.stand_by() => ready,
            never = turn_away(intake, &self.metrics) => match never {},
        };
        self.metrics.standby.set(0);
        match ready {
            Ok(ready) => self.lead(ready, intake).await,
            Err(Missed::Fault(fault)) => Err(fault),
            Err(Missed::Open(error)) => Ok(self.again("the ledger can't open its log", &error)),
            Err(Missed::Restore(error)) => {
                Ok(self.again("the ledger can't restore its state", &error))
            }
            Err(Missed::Astray(error)) => {
                Ok(self.again("the standby throws its state away and starts over", &error))
            }
            Err(Missed::Keys(error)) => {
                Ok(self.again("the ledger can't read its index of keys", &error))
            }
        }
    }

    /// Gets ready to lead, and is once the lock is here: the image is then that of the log's end.
    async fn stand_by(&self) -> Result<Ready, Missed> {
        let Settings { postgres, district, .. } = &self.settings;
        LogWriter::check(postgres, district).await?;
        let mut standby = Standby::warm(
            self.reader.clone(),
            &self.snapshotter.snapshots,
            self.settings.nats.clone(),
            &self.settings.log_metrics,
            district.clone(),
        )
        .await?;
        self.metrics.start_seconds.set(metrics::seconds(standby.took));
        self.metrics.start_snapshot_seconds.set(metrics::seconds(standby.loaded));
        let log = tokio::select! {
            biased;
            log = self.lock(standby.position()) => log?,
            astray = standby.follow(|position| self.tell(position)) => match astray? {},
        };
        let locked = Instant::now();
        let image = standby.take_over(log.head()).await?;
        let end = log.head().map_or(0, |head| head.last);
        let unindexed = catch_up(&self.key_index(), &self.reader, district, end).await?;
        self.metrics.takeover_seconds.set(metrics::seconds(locked.elapsed()));
        Ok(Ready { log, image, unindexed })
    }

    fn key_index(&self) -> KeyIndex {
        KeyIndex::new(self.reader.pool().clone(), self.settings.district.clone())
    }

    /// Takes the lock; waits for it where another process has it, and for the server where that
    /// is away: the state stays warm meanwhile.
    async fn lock(&self, position: Position) -> Result<LogWriter, OpenError> {
        let Settings { postgres, district, .. } = &self.settings;
        let mut has_failed = false;
        loop {
            let mut opened = LogWriter::open(postgres, district).await;
            if matches!(opened, Err(OpenError::Held)) {
                self.stands_by(position);
                opened = LogWriter::open_waiting(postgres, district, &self.cancel).await;
            }
            match opened {
                Err(error) if is_passing(&error) => {
                    // Told once, however long the server is away.
                    if !has_failed {
                        tracing::warn!(%district, error = told(&error), "the lock can't be asked for");
                    }
                    has_failed = true;
                    tokio::time::sleep(PAUSE_MAX).await;
                }
                settled => return settled,
            }
        }
    }

    /// Tells that another process leads; `position` is where this one stood when it was ready.
    fn stands_by(&self, position: Position) {
        self.status.send_if_modified(|status| {
            let is_new = !status.is_standby();
            if is_new {
                tracing::info!(district = %self.settings.district, %position, "another process leads; standing by");
                *status = Status::Standby { position };
            }
            is_new
        });
        self.metrics.standby.set(1);
    }

    /// Tells how far the standby is.
    fn tell(&self, position: Position) {
        self.status.send_if_modified(|status| match status {
            Status::Standby { position: known } => {
                *known = position;
                true
            }
            Status::Starting | Status::Leading { .. } | Status::Stopped => false,
        });
    }

    async fn lead(&mut self, ready: Ready, intake: &mut Intake) -> Result<End, Fault> {
        let Ready { log, image, unindexed } = ready;
        let district = &self.settings.district;
        tracing::info!(%district, position = %image.position(), "leading");
        self.metrics.leader.set(1);
        let (committed, bell) = watch::channel(image.position().0);
        let beside = Beside::start(&self.settings, &self.reader, intake.port(), bell, &self.cancel);
        let store = Postgres::new(log, self.reader.clone());
        let office = Office {
            store: &store,
            intake,
            clock: &self.settings.clock,
            metrics: &self.metrics,
            status: &self.status,
            committed: &committed,
        };
        let writer = Writer::new(office, image, unindexed, self.poison.clone());
        let outcome = writer.lead(&self.cancel).await;
        self.metrics.leader.set(0);
        self.status.send_replace(Status::Starting);
        let end = async {
            match outcome {
                // First the lock, so that a standby need not wait for the rest.
                Ok(Led { image, indexer }) => {
                    store.close().await;
                    beside.stop().await;
                    if let Some(indexer) = indexer {
                        indexer.finish().await;
                    }
                    let position = image.position();
                    self.snapshotter.last(image).await;
                    tracing::info!(%district, %position, "stopped");
                    None
                }
                Err(fall) => {
                    drop(store);
                    beside.stop().await;
                    Some(fall)
                }
            }
        };
        let fall = tokio::select! {
            fall = end => fall,
            never = turn_away(intake, &self.metrics) => match never {},
        };
        fall.map_or(Ok(End::Stopped), |fall| self.fallen(fall))
    }

    fn fallen(&mut self, fall: Fall) -> Result<End, Fault> {
        self.metrics.falls.inc();
        if let Some(command) = fall.poison() {
            self.poison.add(command.clone());
        }
        match fall {
            // It was done twice already: nothing more is, until somebody has looked.
            Fall::Index(
                fault @ (IndexFault::Twice(_) | IndexFault::Frame(_) | IndexFault::Ahead { .. }),
            ) => Err(fault.into()),
            fall @ (Fall::Index(IndexFault::Back { .. })
            | Fall::Append(_)
            | Fall::Lost
            | Fall::Lookup(_)
            | Fall::Stuck(_)) => {
                Ok(self.again("the ledger throws its state away and starts over", &fall))
            }
        }
    }

    fn again(&self, what: &'static str, error: &(dyn std::error::Error + 'static)) -> End {
        tracing::error!(district = %self.settings.district, error, "{what}");
        End::Again
    }
}

/// Everything that a term of leading begins with, at the log's end.
struct Ready {
    log: LogWriter,
    image: Image,
    unindexed: Unindexed,
}

/// Why a ledger did not come to lead.
enum Missed {
    /// Trying again would be of no use.
    Fault(Fault),
    Open(OpenError),
    Restore(RestoreError),
    Astray(Astray),
    Keys(CatchUpError),
}

impl From<CatchUpError> for Missed {
    fn from(error: CatchUpError) -> Self {
        match error {
            CatchUpError::Fault(fault) => Self::Fault(fault.into()),
            CatchUpError::Read(_) | CatchUpError::Index(_) => Self::Keys(error),
        }
    }
}

impl From<OpenError> for Missed {
    fn from(error: OpenError) -> Self {
        if is_passing(&error) { Self::Open(error) } else { Self::Fault(error.into()) }
    }
}

impl From<RestoreError> for Missed {
    fn from(error: RestoreError) -> Self {
        match error {
            RestoreError::Read(_) | RestoreError::End { .. } | RestoreError::Interrupted(_) => {
                Self::Restore(error)
            }
            RestoreError::Replay(_) => Self::Fault(error.into()),
        }
    }
}

impl From<Astray> for Missed {
    fn from(error: Astray) -> Self {
        Self::Astray(error)
    }
}

/// Whether it may be otherwise when asked again.
fn is_passing(error: &OpenError) -> bool {
    !matches!(error, OpenError::Unsafe(_) | OpenError::NotMigrated(_) | OpenError::Cancelled)
}

/// Turns away whatever comes, for as long as it is polled.
async fn turn_away(intake: &mut Intake, metrics: &DistrictMetrics) -> Infallible {
    loop {
        let request = intake.recv().await;
        metrics.unavailable.inc_by(u64::try_from(request.commands()).unwrap_or_default());
        request.reject(&Rejected::unavailable());
    }
}
