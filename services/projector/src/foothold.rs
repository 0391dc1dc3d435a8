//! Where a runner stands, told to whoever can see that the ground is gone.

use std::sync::atomic::{AtomicU64, Ordering};

use linli_domain::Position;
use tokio::sync::Notify;

/// Where a runner stands, as its own transactions left it.
///
/// They don't wait for the disk, so a server that is killed may come back without the last of
/// them. A runner notices when it applies the next frame; where nothing comes, whoever reads the
/// checkpoint notices for it.
#[derive(Debug, Default)]
pub(crate) struct Foothold {
    position: AtomicU64,
    lost: Notify,
}

impl Foothold {
    /// The runner stands at `position`: its transaction is committed.
    pub(crate) fn set(&self, position: Position) {
        self.position.store(position.0, Ordering::Release);
    }

    /// Where the runner stands. To be asked before the checkpoint is read: what is committed later
    /// can only be further.
    pub(crate) fn position(&self) -> Position {
        Position(self.position.load(Ordering::Acquire))
    }

    /// The checkpoint is behind where the runner stood before it was read.
    pub(crate) fn tell_lost(&self) {
        self.lost.notify_one();
    }

    /// Waits until somebody tells that it is lost.
    pub(crate) async fn lost(&self) {
        self.lost.notified().await;
    }
}
