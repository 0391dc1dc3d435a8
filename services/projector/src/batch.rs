//! What is committed at once: rows of one projection or of several, and their checkpoints.

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Object, Pool, Transaction};
use futures::future::{BoxFuture, FutureExt as _, try_join_all};
use linli_domain::text::Code;
use linli_readmodel::checkpoint::{self, Role, Step};
use linli_readmodel::{Changes, WriteError, Writer};

use crate::error::Fault;

/// How long one statement of a batch may take: a batch that is far over its usual second is stuck,
/// and is tried again.
pub(crate) const BATCH_STATEMENT_MAX: Duration = Duration::from_secs(60);

/// How long one statement of a rebuild may take: a digest reads a whole table, and a clearing
/// deletes one.
pub(crate) const REBUILD_STATEMENT_MAX: Duration = Duration::from_secs(30 * 60);

/// Rows are looked up one by one, by their keys, whatever the server thinks of a table that was
/// empty a minute ago; and a plan is made for each batch, since the next one finds another table.
const BY_KEY: &str = "SET LOCAL jit = off; SET LOCAL plan_cache_mode = force_custom_plan; \
                      SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; \
                      SET LOCAL enable_seqscan = off; SET LOCAL enable_memoize = off";

/// What a projection has to write, and where its checkpoint stands before and after.
pub(crate) struct Load {
    pub(crate) step: Step,
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

/// What came of loads that were to be committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Committed {
    /// All of them are.
    All,
    /// None is: somebody else moved a checkpoint, or switched to another generation.
    Nothing,
}

/// Commits loads, each of another projection, in one transaction.
pub(crate) async fn commit(
    pool: &Pool,
    district: &Code,
    role: Role,
    loads: &[Load],
) -> Result<Committed, Fault> {
    let mut client = pool.get().await?;
    let transaction = client.transaction().await?;
    // Settings and checkpoints travel together, in this order: a batch waits for the server as
    // often as it must, and a small one is hardly more than that waiting.
    let settings = batch_settings();
    let set = transaction.batch_execute(&settings);
    let steps: Vec<Step> = loads.iter().map(|load| load.step).collect();
    let in_turn = checkpoint::advance(&transaction, district, role, &steps);
    let (set, in_turn) = tokio::join!(biased; set, in_turn);
    set?;
    let fault = |source| write_fault(loads, source);
    if !in_turn.map_err(fault)? {
        return Ok(Committed::Nothing);
    }
    write(&transaction, district, loads).await.map_err(fault)?;
    transaction.commit().await?;
    Ok(Committed::All)
}

/// Writes all loads side by side: the server takes one after the other, but doesn't wait for us
/// in between.
async fn write(
    transaction: &Transaction<'_>,
    district: &Code,
    loads: &[Load],
) -> Result<(), WriteError> {
    let schemas: Vec<String> = loads.iter().map(|load| load.step.generation.schema()).collect();
    let writes = loads.iter().zip(&schemas).map(|(load, schema)| async move {
        load.changes.write(&Writer { transaction, schema, district }).await
    });
    try_join_all(writes).await.map(drop)
}

fn write_fault(loads: &[Load], source: WriteError) -> Fault {
    let firsts = loads.iter().map(|load| load.step.from.next().0);
    let lasts = loads.iter().map(|load| load.step.to.position.0);
    Fault::Write {
        first: firsts.min().unwrap_or_default(),
        last: lasts.max().unwrap_or_default(),
        source,
    }
}

/// What holds for a batch's transaction, in one message.
fn batch_settings() -> String {
    format!("{}; {BY_KEY}", local_settings(BATCH_STATEMENT_MAX))
}

/// What holds for each transaction here: its commit needn't reach the disk at once, for rows and
/// checkpoint are lost together, if at all, and made again from the log. That leaves the disk to
/// the writer.
fn local_settings(statement_max: Duration) -> String {
    let millis = statement_max.as_millis();
    format!("SET LOCAL synchronous_commit = off; SET LOCAL statement_timeout = {millis}")
}

/// Begins a transaction with [`local_settings`].
pub(crate) async fn begin(
    client: &mut Object,
    statement_max: Duration,
) -> Result<Transaction<'_>, Fault> {
    let transaction = client.transaction().await?;
    transaction.batch_execute(&local_settings(statement_max)).await?;
    Ok(transaction)
}
