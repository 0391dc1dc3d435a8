//! Start-up: the newest usable snapshot, then the tail of the log.

use std::time::{Duration, Instant};

use futures::StreamExt;
use linli_log::snapshot::{Snapshot, SnapshotError, Snapshots};
use linli_log::{District, LogReader, ReadError};

use super::snapshot::{Content, FORMAT, MalformedSnapshot, Reading};
use super::{Image, Pace, ReplayError, replay_to};
use crate::fault::told;

/// The image at the log's end.
#[derive(Debug)]
pub(crate) struct Restored {
    pub(crate) image: Image,
    /// Where the snapshot stood that it was made from; 0 without one.
    pub(crate) snapshot_position: u64,
    /// What reading the snapshot took.
    pub(crate) loaded: Duration,
    /// What all of it took.
    pub(crate) took: Duration,
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
    /// The log ends elsewhere than reading it did, or with another root: it was put back to an
    /// older state meanwhile, or is another log.
    #[error("the log ends at {head}, but was read up to {found}")]
    End {
        /// Where it ends.
        head: u64,
        /// How far it was read.
        found: u64,
    },
    /// The replay's thread was taken away, or panicked.
    #[error("the replay was interrupted")]
    Interrupted(#[source] tokio::task::JoinError),
}

/// Why a snapshot is of no use.
#[derive(Debug, thiserror::Error)]
enum Useless {
    #[error("it could not be read")]
    Unread(#[from] SnapshotError),
    #[error("it is malformed")]
    Malformed(#[from] MalformedSnapshot),
    #[error("it is not of this log")]
    Foreign,
    #[error("the log could not be asked about it")]
    Log(#[from] ReadError),
    #[error("reading it was interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
}

/// Restores the image at the end of the log as it stands when this begins. Needs no lock.
pub(crate) async fn restore(
    reader: &LogReader,
    snapshots: &Snapshots,
    district: &District,
    pace: Pace,
) -> Result<Restored, RestoreError> {
    let started = Instant::now();
    let mut image = from_snapshot(reader, snapshots, district, pace).await.unwrap_or_default();
    let (snapshot_position, loaded) = (image.position().0, started.elapsed());
    let head = reader.head(district).await?;
    replay_to(&mut image, reader, district, head.as_ref(), pace).await?;
    let took = started.elapsed();
    Ok(Restored { image, snapshot_position, loaded, took })
}

/// The image of the newest snapshot that is of use; `None` where there is none.
async fn from_snapshot(
    reader: &LogReader,
    snapshots: &Snapshots,
    district: &District,
    pace: Pace,
) -> Option<Image> {
    let list = snapshots.list(FORMAT).await.unwrap_or_else(|error| {
        tracing::warn!(%district, error = told(&error), "no snapshot can be read; replaying the whole log");
        Vec::new()
    });
    for snapshot in list {
        match read(reader, snapshots, district, &snapshot, pace).await {
            Ok(image) => return Some(image),
            Err(error) => {
                let position = snapshot.position;
                tracing::warn!(%district, position, error = told(&error), "the snapshot is of no use");
            }
        }
    }
    None
}

async fn read(
    reader: &LogReader,
    snapshots: &Snapshots,
    district: &District,
    snapshot: &Snapshot,
    pace: Pace,
) -> Result<Image, Useless> {
    // A log that was taken back behind its snapshot, or another log, has another root there.
    let end = reader.frame_end(district, snapshot.position).await?.ok_or(Useless::Foreign)?;
    let parts = snapshots.parts(snapshot).await?;
    let contents = parts.map(async |part| {
        let part = part?;
        let work = tokio::task::spawn_blocking(move || Content::of(&part));
        Ok::<_, Useless>(work.await??)
    });
    let mut contents = std::pin::pin!(contents.buffered(pace.workers()));
    let mut reading = Reading::default();
    let mut begun = Instant::now();
    while let Some(content) = contents.next().await {
        reading.put(content?)?;
        pace.rest(begun).await;
        begun = Instant::now();
    }
    let image = tokio::task::spawn_blocking(move || reading.finish()).await??;
    if image.position().0 != end.last || image.frontier.root() != end.root {
        return Err(Useless::Foreign);
    }
    Ok(image)
}
