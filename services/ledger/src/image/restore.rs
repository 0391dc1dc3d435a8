//! Start-up: the newest usable snapshot, then the tail of the log.

use std::time::Instant;

use futures::TryStreamExt;
use linli_log::snapshot::{Snapshot, SnapshotError, Snapshots};
use linli_log::{District, Head, LogReader, ReadError};

use super::snapshot::{FORMAT, MalformedSnapshot, decode};
use super::{Image, ReplayError};
use crate::fault::told;

/// The image at the log's end.
#[derive(Debug)]
pub(crate) struct Restored {
    pub(crate) image: Image,
    /// Where the snapshot stood that it was made from; 0 without one.
    pub(crate) snapshot_position: u64,
}

/// Why the log could not be restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The log could not be read; it may be later.
    #[error("the log could not be read")]
    Read(#[from] ReadError),
    /// The log holds what this program can't follow.
    #[error("the log could not be replayed")]
    Replay(#[from] ReplayError),
    /// Reading ended elsewhere than the log does.
    #[error("the log ends at {head}, but was read up to {found}")]
    End {
        /// Where it ends.
        head: u64,
        /// How far it was read.
        found: u64,
    },
}

/// Why a snapshot is of no use.
#[derive(Debug, thiserror::Error)]
enum Useless {
    #[error("it could not be read")]
    Unread(#[from] SnapshotError),
    #[error("its body is malformed")]
    Malformed(#[from] MalformedSnapshot),
    #[error("it is not of this log")]
    Foreign,
    #[error("the log could not be asked about it")]
    Log(#[from] ReadError),
    #[error("reading it was interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
}

/// Restores the image at `head`, the end of the log. The lock must be held, so that the log stays.
pub(crate) async fn restore(
    reader: &LogReader,
    snapshots: &Snapshots,
    district: &District,
    head: Option<&Head>,
) -> Result<Restored, RestoreError> {
    let started = Instant::now();
    let image = from_snapshot(reader, snapshots, district).await.unwrap_or_default();
    let snapshot_position = image.position().0;
    let image = replay_tail(image, reader, district).await?;
    let (found, expected) = (image.position().0, head.map_or(0, |head| head.last));
    let same_root = head.is_none_or(|head| head.root == image.frontier.root());
    if found != expected || !same_root {
        return Err(RestoreError::End { head: expected, found });
    }
    let seconds = started.elapsed().as_secs_f64();
    tracing::info!(%district, position = found, snapshot_position, seconds, "restored");
    Ok(Restored { image, snapshot_position })
}

async fn replay_tail(
    mut image: Image,
    reader: &LogReader,
    district: &District,
) -> Result<Image, RestoreError> {
    let mut frames = std::pin::pin!(reader.stream(district, image.position().0));
    while let Some(frame) = frames.try_next().await? {
        image.replay(&frame)?;
        // A page of frames comes without waiting; the connection's sign of life must get its turn.
        tokio::task::yield_now().await;
    }
    Ok(image)
}

/// The image of the newest snapshot; `None` where there is none or it is of no use.
async fn from_snapshot(
    reader: &LogReader,
    snapshots: &Snapshots,
    district: &District,
) -> Option<Image> {
    let newest = match snapshots.newest(FORMAT).await {
        Ok(newest) => newest?,
        Err(error) => {
            tracing::warn!(%district, error = told(&error), "no snapshot can be read; replaying the whole log");
            return None;
        }
    };
    let position = newest.position;
    match read(reader, snapshots, district, newest).await {
        Ok(image) => Some(image),
        Err(error) => {
            tracing::warn!(%district, position, error = told(&error), "the snapshot is of no use; replaying the whole log");
            None
        }
    }
}

async fn read(
    reader: &LogReader,
    snapshots: &Snapshots,
    district: &District,
    snapshot: Snapshot,
) -> Result<Image, Useless> {
    // A log that was taken back behind its snapshot, or another log, has another root there.
    let end = reader.frame_end(district, snapshot.position).await?.ok_or(Useless::Foreign)?;
    let body = snapshots.body(&snapshot).await?;
    let image = tokio::task::spawn_blocking(move || decode(&body, &snapshot.digest)).await??;
    if image.position().0 != end.last || image.frontier.root() != end.root {
        return Err(Useless::Foreign);
    }
    Ok(image)
}
