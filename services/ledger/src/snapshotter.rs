//! Snapshots are made by a reader of the log, never by the writer: newest snapshot, the log after
//! it, and what they come to is written as the next one. The image is the reader's own and is gone
//! when it is done; the writer stands still for nothing.
//!
//! A standby begins as soon as a snapshot is due. A process that leads waits until twice as much
//! has come: so it has the work only where no standby does it. A claim keeps two from the same
//! work, and where it fails they write the same thing twice.

use std::time::{Duration, Instant};

use futures::Stream;
use linli_log::reader::{PoolConfigError, pool};
use linli_log::snapshot::{Part, Snapshot, SnapshotError, Snapshots};
use linli_log::{District, LogReader};
use tokio::sync::{mpsc, watch};

use crate::fault::told;
use crate::image::{FORMAT, Image, Pace, RestoreError, Unwritten, restore, write};
use crate::metrics::{self, DistrictMetrics};
use crate::status::Status;

/// How many snapshots are kept: one more than needed, lest the newest be of no use.
const SNAPSHOTS_KEPT: u32 = 2;

/// How often it is looked whether one is due.
const LOOK: Duration = Duration::from_secs(1);

/// After one that took so long, there is none for nine times as long: a tenth of the time at most.
const RESTS: u32 = 9;

/// Bytes of a snapshot for each record that must have come before the next one is due. To read
/// 4 KiB of a snapshot costs a start about as much as to replay four records (measured: 13 µs of
/// processor, 2.7 µs a record), so the log after a snapshot costs at most half of what the
/// snapshot does; and snapshots write no more than some ten times what the log itself does.
const BYTES_PER_RECORD: u64 = 4 * 1024;

/// Parts that wait to be written: the next is encoded while one travels.
const PARTS_AHEAD_MAX: usize = 2;

/// Longest wait for the last snapshot when the ledger stops.
const LAST_WAIT_MAX: Duration = Duration::from_secs(10);

/// Connections of one who makes a snapshot by hand: the claim, the parts, the log, the writing.
const CONNECTIONS_MAX: usize = 4;

/// Why no snapshot was made.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotFault {
    /// The connections can't be configured.
    #[error("the connections can't be configured")]
    Pool(#[from] PoolConfigError),
    /// The state could not be had from the log.
    #[error("the state could not be restored")]
    Restore(#[from] RestoreError),
    /// The snapshot could not be written, or is not what was written.
    #[error("the snapshot could not be written")]
    Write(#[from] SnapshotError),
}

/// Writes a snapshot of a district's log as it stands, unless the newest one is of its end; as
/// quickly as it goes. Answers its position and its length in bytes. The login must be allowed to
/// write snapshots.
///
/// # Errors
/// [`SnapshotFault`].
pub async fn write_snapshot(
    postgres: &tokio_postgres::Config,
    district: &District,
) -> Result<(u64, u64), SnapshotFault> {
    let reader = LogReader::new(pool(postgres, CONNECTIONS_MAX)?);
    let snapshots = Snapshots::new(reader.pool().clone(), district.clone());
    let restored = restore(&reader, &snapshots, district, Pace::Hurry).await?;
    let position = restored.image.position().0;
    let there = snapshots.newest(FORMAT).await?.filter(|newest| newest.position == position);
    let snapshot = match there {
        Some(snapshot) => snapshot,
        None => put(&snapshots, restored.image, Pace::Hurry).await?,
    };
    Ok((snapshot.position, snapshot.bytes))
}

/// Makes a district's snapshots.
#[derive(Clone, Debug)]
pub(crate) struct Snapshotter {
    pub(crate) reader: LogReader,
    pub(crate) snapshots: Snapshots,
    pub(crate) district: District,
    /// The fewest records between two snapshots.
    pub(crate) every_records: u64,
    pub(crate) metrics: DistrictMetrics,
}

impl Snapshotter {
    /// Makes snapshots when they are due, for as long as it is polled.
    pub(crate) async fn run(self, status: watch::Receiver<Status>) {
        let (mut newest, mut pause, mut has_failed) = (None, LOOK, false);
        loop {
            tokio::time::sleep(pause).await;
            let (now, begun) = (*status.borrow(), Instant::now());
            match self.look(now, &mut newest).await {
                Ok(()) => has_failed = false,
                // Told once, however long the server is away.
                Err(_) if has_failed => {}
                Err(error) => {
                    self.failed(&error);
                    has_failed = true;
                }
            }
            pause = begun.elapsed().saturating_mul(RESTS).max(LOOK);
        }
    }

    /// Makes one if it is due; `newest` is the newest one that is known of.
    async fn look(&self, now: Status, newest: &mut Option<Snapshot>) -> Result<(), SnapshotFault> {
        if !self.is_due(now, newest.as_ref()) {
            return Ok(());
        }
        // Another process may have made one.
        *newest = self.snapshots.newest(FORMAT).await?;
        if self.is_due(now, newest.as_ref())
            && let Some(made) = self.make().await?
        {
            *newest = Some(made);
        }
        Ok(())
    }

    fn is_due(&self, status: Status, newest: Option<&Snapshot>) -> bool {
        let floor = self.every_records.max(1);
        let (from, bytes) = newest.map_or((0, 0), |newest| (newest.position, newest.bytes));
        let every = floor.max(bytes / BYTES_PER_RECORD);
        let (position, every) = match status {
            Status::Standby { position } => (position.0, every),
            Status::Leading { position } => (position.0, every.saturating_mul(2)),
            Status::Starting | Status::Stopped => return false,
        };
        position.saturating_sub(from) >= every
    }

    /// Makes one, gently; `None` while another process does.
    async fn make(&self) -> Result<Option<Snapshot>, SnapshotFault> {
        let begun = Instant::now();
        let Some(_claim) = self.snapshots.claim().await? else { return Ok(None) };
        let pace = Pace::Gentle;
        let restored = restore(&self.reader, &self.snapshots, &self.district, pace).await?;
        let made = put(&self.snapshots, restored.image, pace).await?;
        self.made(&made, begun);
        Ok(Some(made))
    }

    /// Writes a last snapshot of the image at the log's end, so that the next start is quick.
    pub(crate) async fn last(&self, image: Image) {
        let begun = Instant::now();
        let work = async {
            let newest = self.snapshots.newest(FORMAT).await?;
            if newest.is_some_and(|newest| newest.position >= image.position().0) {
                return Ok(());
            }
            let made = put(&self.snapshots, image, Pace::Hurry).await?;
            self.made(&made, begun);
            Ok::<_, SnapshotError>(())
        };
        match tokio::time::timeout(LAST_WAIT_MAX, work).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.failed(&error),
            Err(_) => {
                tracing::warn!(district = %self.district, "the last snapshot was not written in time");
            }
        }
    }

    fn made(&self, made: &Snapshot, begun: Instant) {
        let seconds = metrics::seconds(begun.elapsed());
        self.metrics.snapshot_seconds.set(seconds);
        self.metrics.snapshot_bytes.set(metrics::level(made.bytes));
        let (position, bytes) = (made.position, made.bytes);
        tracing::info!(district = %self.district, position, bytes, seconds, "snapshot written");
    }

    /// A snapshot that can't be written is only missed at the next start.
    fn failed<E: std::error::Error + 'static>(&self, error: &E) {
        tracing::warn!(district = %self.district, error = told(error), "no snapshot was written");
    }
}

/// Writes a snapshot of an image, looks at it again, and only then prunes the older ones.
async fn put(snapshots: &Snapshots, image: Image, pace: Pace) -> Result<Snapshot, SnapshotError> {
    let position = image.position().0;
    let (sender, parts) = mpsc::channel(PARTS_AHEAD_MAX);
    // On a thread of its own, where the image also ends: freeing millions of entries takes time.
    let encoding = tokio::task::spawn_blocking(move || {
        let send = |part| sender.blocking_send(Some(part)).map_err(|_| Unwritten::Stopped);
        if let Err(error) = write(&image, send) {
            tracing::warn!(position, error = told(&error), "a state was not encoded to its end");
            let _gone = sender.blocking_send(None);
        }
    });
    let put = snapshots.put(position, FORMAT, paced(parts, pace)).await;
    drop(encoding);
    let snapshot = put?;
    snapshots.verify(&snapshot).await?;
    snapshots.prune(SNAPSHOTS_KEPT).await?;
    Ok(snapshot)
}

/// Hands on what comes; rests after each part for as long as its writing asks.
fn paced(parts: mpsc::Receiver<Option<Part>>, pace: Pace) -> impl Stream<Item = Option<Part>> {
    futures::stream::unfold((parts, None), move |(mut parts, begun)| async move {
        if let Some(begun) = begun {
            pace.rest(begun).await;
        }
        let part = parts.recv().await?;
        Some((part, (parts, Some(Instant::now()))))
    })
}
