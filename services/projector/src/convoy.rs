//! One transaction for what the projections of a district have to write at the same moment.
//!
//! Where the log has one frame more, each projection has a row or two to write, or none, and its
//! checkpoint to move. As transactions of their own that is a begin, settings, an update and a
//! commit for each of them, which costs the server more than the rows do. So they travel together:
//! who has folded what waits hands it over here, and whatever is there within a moment is
//! committed as one.
//!
//! A convoy carries everything or nothing. When it doesn't get through, each is told to go alone,
//! and does what it would have done without it: who is at fault is found there, and nobody else
//! is held up.

use std::time::Duration;

use deadpool_postgres::Pool;
use linli_domain::text::Code;
use linli_readmodel::checkpoint::Role;
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

use crate::batch::{self, Committed, Load};

/// How long a convoy that has its first load waits for others. All of them were woken by the same
/// frame, or by the end of the last convoy, and fold for less than this.
const BOARDING: Duration = Duration::from_millis(2);

/// Most loads at once: more than there are projections, so that nobody waits for room.
const LOADS_MAX: usize = 16;

/// What came of a load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carried {
    /// It is committed.
    There,
    /// It is not; its owner is to write it in a transaction of its own.
    GoAlone,
}

type Waiting = (Load, oneshot::Sender<Carried>);

/// The way into the convoys of a district. Cheap to clone; the convoys end with the last of them.
#[derive(Clone)]
pub(crate) struct Convoy {
    loads: mpsc::Sender<Waiting>,
}

impl Convoy {
    /// The convoys of a district, and the task that drives them.
    pub(crate) fn new(pool: Pool, district: Code) -> (Self, impl Future<Output = ()> + Send) {
        let (loads, waiting) = mpsc::channel(LOADS_MAX);
        (Self { loads }, drive(pool, district, waiting))
    }

    /// Commits a load with the next convoy.
    pub(crate) async fn carry(&self, load: Load) -> Carried {
        let (reply, carried) = oneshot::channel();
        if self.loads.send((load, reply)).await.is_err() {
            return Carried::GoAlone;
        }
        carried.await.unwrap_or(Carried::GoAlone)
    }
}

async fn drive(pool: Pool, district: Code, mut waiting: mpsc::Receiver<Waiting>) {
    while let Some(first) = waiting.recv().await {
        sleep(BOARDING).await;
        let mut loads = vec![first];
        while let Ok(next) = waiting.try_recv() {
            loads.push(next);
        }
        let (loads, replies): (Vec<Load>, Vec<_>) = loads.into_iter().unzip();
        // Why it didn't get through is told by whoever then doesn't get through alone.
        let carried = match batch::commit(&pool, &district, Role::Live, &loads).await {
            Ok(Committed::All) => Carried::There,
            Ok(Committed::Nothing) | Err(_) => Carried::GoAlone,
        };
        for reply in replies {
            // Who has gone meanwhile finds its checkpoint moved.
            let _ = reply.send(carried);
        }
    }
}
