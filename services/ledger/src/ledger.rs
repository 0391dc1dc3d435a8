//! The ledger of one district, from start to stop: term after term of waiting for the lock,
//! restoring the state, and leading.

use std::time::{Duration, Instant};

use linli_log::reader::pool;
use linli_log::snapshot::Snapshots;
use linli_log::{LogReader, LogWriter, OpenError};
use linli_port::{Intake, Rejected};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::Settings;
use crate::beside::Beside;
use crate::desk::Poison;
use crate::fault::{Fall, Fault};
use crate::image::{RestoreError, Restored, restore};
use crate::metrics::{self, DistrictMetrics};
use crate::status::Status;
use crate::store::Postgres;
use crate::writer::{Office, Snapshotter, Writer};

/// Connections for reading: the relay, repeats, and a snapshot being written.
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
    let pool = pool(&settings.postgres, READ_CONNECTIONS_MAX)?;
    let metrics = settings.metrics.of(&settings.district);
    let reader = LogReader::new(pool);
    let mut keeper =
        Keeper { settings, reader, metrics, status, cancel, poison: Poison::default() };
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
                () = turn_away(intake, &self.metrics) => {}
                () = tokio::time::sleep(pause) => {}
            }
            pause = pause.saturating_mul(2).min(PAUSE_MAX);
        }
    }

    /// Waits for the lock, restores the state, leads.
    async fn term(&mut self, intake: &mut Intake) -> Result<End, Fault> {
        let opened = tokio::select! {
            opened = self.open() => opened,
            () = turn_away(intake, &self.metrics) => return Ok(End::Again),
        };
        let log = match opened {
            Ok(log) => log,
            Err(OpenError::Cancelled) => return Ok(End::Stopped),
            Err(error @ (OpenError::Unsafe(_) | OpenError::NotMigrated(_))) => {
                return Err(error.into());
            }
            Err(error) => return Ok(self.again("the ledger can't open its log", &error)),
        };
        let restored = tokio::select! {
            restored = self.restore(&log) => restored,
            () = turn_away(intake, &self.metrics) => return Ok(End::Again),
            () = self.cancel.cancelled() => {
                log.close().await;
                return Ok(End::Stopped);
            }
        };
        match restored {
            Ok(restored) => Ok(self.lead(log, restored, intake).await),
            Err(RestoreError::Read(error)) => {
                Ok(self.again("the ledger can't read its log", &error))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Takes the lock, waiting as a standby if another process has it.
    async fn open(&self) -> Result<LogWriter, OpenError> {
        let Settings { postgres, district, .. } = &self.settings;
        let opened = tokio::select! {
            () = self.cancel.cancelled() => return Err(OpenError::Cancelled),
            opened = LogWriter::open(postgres, district) => opened,
        };
        match opened {
            Err(OpenError::Held) => {
                tracing::info!(%district, "another process leads; standing by");
                self.status.send_replace(Status::Standby);
                LogWriter::open_waiting(postgres, district, &self.cancel).await
            }
            opened => opened,
        }
    }

    async fn restore(&self, log: &LogWriter) -> Result<Restored, RestoreError> {
        self.status.send_replace(Status::Starting);
        let started = Instant::now();
        let restored = restore(&self.reader, &self.snapshots(), log.district(), log.head()).await?;
        self.metrics.start_seconds.set(metrics::seconds(started.elapsed()));
        Ok(restored)
    }

    fn snapshots(&self) -> Snapshots {
        Snapshots::new(self.reader.pool().clone(), self.settings.district.clone())
    }

    async fn lead(&mut self, log: LogWriter, restored: Restored, intake: &mut Intake) -> End {
        let district = &self.settings.district;
        tracing::info!(%district, position = %restored.image.position(), "leading");
        self.metrics.leader.set(1);
        let (committed, bell) = watch::channel(restored.image.position().0);
        let beside = Beside::start(&self.settings, &self.reader, intake.port(), bell, &self.cancel);
        let snapshotter = Snapshotter::new(
            self.snapshots(),
            self.settings.snapshot_every_records,
            restored.snapshot_position,
        );
        let store = Postgres::new(log, self.reader.clone());
        let office = Office {
            store: &store,
            intake,
            clock: &self.settings.clock,
            metrics: &self.metrics,
            status: &self.status,
            committed: &committed,
        };
        let writer = Writer::new(office, restored.image, self.poison.clone(), Some(snapshotter));
        let outcome = writer.lead(&self.cancel).await;
        self.metrics.leader.set(0);
        self.status.send_replace(Status::Starting);
        let end = async {
            match outcome {
                // First the lock, so that a standby need not wait for the rest.
                Ok((snapshotter, image)) => {
                    store.close().await;
                    beside.stop().await;
                    if let Some(snapshotter) = snapshotter {
                        snapshotter.finish(&image, &self.metrics).await;
                    }
                    tracing::info!(%district, position = %image.position(), "stopped");
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
            () = turn_away(intake, &self.metrics) => None,
        };
        fall.map_or(End::Stopped, |fall| self.fallen(fall))
    }

    fn fallen(&mut self, fall: Fall) -> End {
        self.metrics.falls.inc();
        if let Some(command) = fall.poison() {
            self.poison.add(command.clone());
        }
        self.again("the ledger throws its state away and starts over", &fall)
    }

    fn again(&self, what: &'static str, error: &(dyn std::error::Error + 'static)) -> End {
        tracing::error!(district = %self.settings.district, error, "{what}");
        End::Again
    }
}

/// Turns away whatever comes, for as long as it is polled.
async fn turn_away(intake: &mut Intake, metrics: &DistrictMetrics) {
    loop {
        let request = intake.recv().await;
        metrics.unavailable.inc_by(u64::try_from(request.commands()).unwrap_or_default());
        request.reject(&Rejected::unavailable());
    }
}
