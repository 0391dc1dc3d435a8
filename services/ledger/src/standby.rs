//! Standing by: the image of a log that another process writes, kept at the log's end, so that
//! taking over is reading the last few frames.
//!
//! Every ledger stands by before it leads, if only for a moment: it restores its image without the
//! lock, and contends for the lock when it could lead. So a cold process never keeps a warm one
//! from taking over.

use std::convert::Infallible;
use std::time::Duration;

use linli_domain::Position;
use linli_log::snapshot::Snapshots;
use linli_log::{District, FollowError, Follower, Head, LogReader};

use crate::image::{Image, Pace, ReplayError, RestoreError, Restored, replay_to, restore};

/// What this follower is called among the log's figures.
const FOLLOWER: &str = "standby";

/// A ledger that could lead. Holds the image and, bounded by the follower, some frames ahead of it.
#[derive(Debug)]
pub(crate) struct Standby {
    image: Image,
    /// What reading the snapshot took.
    pub(crate) loaded: Duration,
    /// What restoring the image took in all.
    pub(crate) took: Duration,
    follower: Follower,
    reader: LogReader,
    district: District,
}

/// Why an image is kept no longer; it is made anew from the log.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Astray {
    /// The log is another one than it was: it was put back to an older state, say.
    #[error("the log can't be followed from here")]
    Follow(#[from] FollowError),
    /// What came does not follow. If the log itself holds it, the next start will say so.
    #[error("what came from the log can't be replayed")]
    Replay(#[from] ReplayError),
}

impl Standby {
    /// Restores the image at the end of the log as it stands now, and prepares to follow.
    pub(crate) async fn warm(
        reader: LogReader,
        snapshots: &Snapshots,
        nats: Option<async_nats::Client>,
        metrics: &linli_log::Metrics,
        district: District,
    ) -> Result<Self, RestoreError> {
        let restored = restore(&reader, snapshots, &district, Pace::Hurry).await?;
        let Restored { image, snapshot_position, loaded, took } = restored;
        tracing::info!(%district, position = %image.position(), snapshot_position, ?loaded, ?took, "restored");
        let follower = Follower::new(reader.clone(), nats, district.clone(), image.position().0)
            .with_root(image.frontier.root())
            .with_metrics(metrics, FOLLOWER);
        Ok(Self { image, loaded, took, follower, reader, district })
    }

    /// The position after which the image stands.
    pub(crate) fn position(&self) -> Position {
        self.image.position()
    }

    /// Moves the image on with the log, for as long as it is polled; `tell` is told each new
    /// position. Nothing is lost when the future is dropped.
    pub(crate) async fn follow(&mut self, tell: impl Fn(Position)) -> Result<Infallible, Astray> {
        loop {
            let frame = self.follower.next().await?;
            self.image.replay(&frame)?;
            tell(self.image.position());
            // Frames may wait in a row; whoever shares the task must get its turn.
            tokio::task::yield_now().await;
        }
    }

    /// Reads what is left up to `head`, the end of the log. The lock must be held, so that the log
    /// stays.
    pub(crate) async fn take_over(self, head: Option<&Head>) -> Result<Image, RestoreError> {
        let Self { mut image, follower, reader, district, .. } = self;
        drop(follower);
        replay_to(&mut image, &reader, &district, head, Pace::Hurry).await?;
        Ok(image)
    }
}
