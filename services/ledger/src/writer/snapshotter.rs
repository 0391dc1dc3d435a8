//! Writing snapshots: taken by the writer between two frames, written beside it.

use std::time::{Duration, Instant};

use bytes::Bytes;
use linli_log::snapshot::{SnapshotError, Snapshots};
use tokio_util::task::AbortOnDropHandle;

use crate::fault::told;
use crate::image::{FORMAT, Image, digest, encode, parts};
use crate::metrics::{self, DistrictMetrics};

/// How many snapshots are kept: one more than needed, lest the newest be of no use.
const SNAPSHOTS_KEPT: u32 = 2;

/// Longest wait for the last snapshot when the ledger stops.
const LAST_WAIT_MAX: Duration = Duration::from_secs(10);

/// Decides when a snapshot is due and sees it written.
pub(crate) struct Snapshotter {
    snapshots: Snapshots,
    every_records: u64,
    /// Where the last snapshot stands that was taken.
    last: u64,
    /// One that was taken of records that are not durable yet.
    unripe: Option<Taken>,
    writing: Option<AbortOnDropHandle<()>>,
}

/// An image's bytes and their position.
struct Taken {
    position: u64,
    body: Bytes,
}

impl Snapshotter {
    /// `last` is the position of the newest usable snapshot.
    pub(crate) fn new(snapshots: Snapshots, every_records: u64, last: u64) -> Self {
        Self { snapshots, every_records: every_records.max(1), last, unripe: None, writing: None }
    }

    /// Takes a snapshot if one is due. Called when a frame was just sent off and none is begun:
    /// the image ends with it, and the disk is busy anyway.
    ///
    /// The writer stands still while the image is written into memory (some tens of milliseconds
    /// for a district of ten thousand residents). A state so large that this hurts is better
    /// written by whoever follows the log: from its own image, at its leisure.
    pub(super) fn consider(&mut self, image: &Image, metrics: &DistrictMetrics) {
        let position = image.position().0;
        let is_idle = self.unripe.is_none()
            && self.writing.as_ref().is_none_or(AbortOnDropHandle::is_finished);
        if is_idle && position.saturating_sub(self.last) >= self.every_records {
            self.unripe = self.take(image, metrics);
        }
    }

    fn take(&mut self, image: &Image, metrics: &DistrictMetrics) -> Option<Taken> {
        let started = Instant::now();
        let position = image.position().0;
        // Also where it fails, lest every frame try again.
        self.last = position;
        let body = match encode(image) {
            Ok(body) => body,
            Err(error) => {
                tracing::warn!(position, %error, "the state can't be written as a snapshot");
                return None;
            }
        };
        metrics.snapshot_seconds.set(metrics::seconds(started.elapsed()));
        metrics.snapshot_bytes.set(metrics::level(body.len()));
        Some(Taken { position, body })
    }

    /// Writes the snapshot that was taken, once the log is durable up to it.
    pub(super) fn durable(&mut self, position: u64) {
        if let Some(taken) = self.unripe.take_if(|taken| taken.position <= position) {
            let snapshots = self.snapshots.clone();
            self.writing = Some(AbortOnDropHandle::new(tokio::spawn(async move {
                write(&snapshots, taken).await
            })));
        }
    }

    /// Writes a last snapshot of the image at the log's end, so that the next start is quick.
    pub(crate) async fn finish(mut self, image: &Image, metrics: &DistrictMetrics) {
        if let Some(writing) = self.writing.take() {
            drop(tokio::time::timeout(LAST_WAIT_MAX, writing).await);
        }
        if image.position().0 <= self.last {
            return;
        }
        let Some(taken) = self.take(image, metrics) else { return };
        if tokio::time::timeout(LAST_WAIT_MAX, write(&self.snapshots, taken)).await.is_err() {
            tracing::warn!("the last snapshot was not written in time");
        }
    }
}

/// A snapshot that can't be written is only missed at the next start.
async fn write(snapshots: &Snapshots, taken: Taken) {
    let position = taken.position;
    match put(snapshots, taken).await {
        Ok(bytes) => tracing::info!(position, bytes, "snapshot written"),
        Err(error) => {
            tracing::warn!(position, error = told(&error), "no snapshot was written");
        }
    }
}

async fn put(snapshots: &Snapshots, Taken { position, body }: Taken) -> Result<u64, SnapshotError> {
    let hashed = body.clone();
    let digest = tokio::task::spawn_blocking(move || digest(&hashed)).await.unwrap_or_default();
    let bytes = snapshots.put(position, FORMAT, &digest, parts(&body)).await?;
    snapshots.prune(SNAPSHOTS_KEPT).await?;
    Ok(bytes)
}
