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

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Pool, Transaction};
use futures::future::{BoxFuture, FutureExt as _, try_join_all};
use linli_domain::Position;
use linli_domain::text::Code;
use linli_readmodel::checkpoint::{self, Mark, Step};
use linli_readmodel::{Changes, Generation, WriteError, Writer};
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

use crate::error::Fault;
use crate::track::batch_settings;

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

/// What a projection has to write, and where its checkpoint stands before and after.
pub(crate) struct Load {
    pub(crate) generation: Generation,
    pub(crate) from: Position,
    pub(crate) to: Mark,
    pub(crate) changes: Arc<dyn Cargo>,
}

/// Changes of whichever projection.
pub(crate) trait Cargo: Send + Sync {
    fn write<'a>(&'a self, writer: &'a Writer<'a>) -> BoxFuture<'a, Result<(), WriteError>>;
}

impl<C: Changes> Cargo for C {
    fn write<'a>(&'a self, writer: &'a Writer<'a>) -> BoxFuture<'a, Result<(), WriteError>> {
        Changes::write(self, writer).boxed()
    }
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
        let carried = match carry(&pool, &district, &loads).await {
            Ok(carried) => carried,
            Err(_) => Carried::GoAlone,
        };
        for reply in replies {
            // Who has gone meanwhile finds its checkpoint moved.
            let _ = reply.send(carried);
        }
    }
}

async fn carry(pool: &Pool, district: &Code, loads: &[Load]) -> Result<Carried, Fault> {
    let mut client = pool.get().await?;
    let transaction = client.transaction().await?;
    // Settings and checkpoints travel together, in this order.
    let settings = batch_settings();
    let set = transaction.batch_execute(&settings);
    let steps: Vec<Step> = loads
        .iter()
        .map(|load| Step { generation: load.generation, from: load.from, to: load.to })
        .collect();
    let advanced = checkpoint::advance_all(&transaction, district, &steps);
    let (set, advanced) = tokio::join!(biased; set, advanced);
    set?;
    let fault = |source| write_fault(loads, source);
    if !advanced.map_err(fault)? {
        // Somebody else moved one of them on.
        return Ok(Carried::GoAlone);
    }
    write(&transaction, district, loads).await.map_err(fault)?;
    transaction.commit().await?;
    Ok(Carried::There)
}

/// Writes all loads side by side: the server takes one after the other, but doesn't wait for us
/// in between.
async fn write(
    transaction: &Transaction<'_>,
    district: &Code,
    loads: &[Load],
) -> Result<(), WriteError> {
    let schemas: Vec<String> = loads.iter().map(|load| load.generation.schema()).collect();
    let writes = loads.iter().zip(&schemas).map(|(load, schema)| async move {
        load.changes.write(&Writer { transaction, schema, district }).await
    });
    try_join_all(writes).await.map(drop)
}

fn write_fault(loads: &[Load], source: WriteError) -> Fault {
    let firsts = loads.iter().map(|load| load.from.next().0);
    let lasts = loads.iter().map(|load| load.to.position.0);
    Fault::Write {
        first: firsts.min().unwrap_or_default(),
        last: lasts.max().unwrap_or_default(),
        source,
    }
}
