//! A generation that is moved on: frames in, rows and checkpoint out, in one transaction.

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Object, Pool, Transaction};
use linli_domain::Position;
use linli_domain::text::Code;
use linli_feed::Decoded;
use linli_readmodel::checkpoint::{self, Mark, Role};
use linli_readmodel::{Changes as _, Generation, Standing, Writer};

use crate::convoy::{Carried, Convoy, Load};
use crate::error::Fault;
use crate::fold::Fold;

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

/// What came of frames that were to be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Applied {
    /// So many of them, from the first on, were applied.
    Frames {
        /// How many frames.
        frames: usize,
        /// How many records they hold.
        records: u64,
    },
    /// None: somebody else moved the checkpoint, or switched to another generation.
    MovedByOthers,
}

/// A generation, how far it is, and what its fold remembers.
pub(crate) struct Track<F> {
    pool: Pool,
    district: Code,
    generation: Generation,
    role: Role,
    schema: String,
    mark: Option<Mark>,
    position: Position,
    fold: F,
}

impl<F: Fold> Track<F> {
    /// Takes a generation up where it stands.
    pub(crate) async fn open(
        pool: &Pool,
        district: &Code,
        standing: &Standing,
        role: Role,
    ) -> Result<Self, Fault> {
        let Standing { generation, position, recorded_at, root, stopped: _ } = standing;
        let schema = generation.schema();
        let client = pool.get().await?;
        let fold = F::load(&client, &schema, district).await?;
        let (position, recorded_at) = (*position, *recorded_at);
        Ok(Self {
            pool: pool.clone(),
            district: district.clone(),
            generation: *generation,
            role,
            schema,
            mark: root.map(|root| Mark { position, recorded_at, root }),
            position,
            fold,
        })
    }

    pub(crate) fn generation(&self) -> Generation {
        self.generation
    }

    pub(crate) fn position(&self) -> Position {
        self.position
    }

    /// Where it stands; none before the first record.
    pub(crate) fn mark(&self) -> Option<Mark> {
        self.mark
    }

    /// Applies frames that just came, together with what other projections have to write; in a
    /// transaction of its own, as [`apply`](Self::apply), if that doesn't get through.
    pub(crate) async fn apply_with(
        &mut self,
        convoy: &Convoy,
        frames: &[Arc<Decoded>],
    ) -> Result<Applied, Fault> {
        // A frame that can't be folded is found by halves, below.
        let Some(last) = frames.last() else { return self.apply(frames).await };
        let Ok((changes, mark)) = self.fold_frames(frames, last).await else {
            return self.apply(frames).await;
        };
        let changes = Arc::new(changes);
        let (generation, from) = (self.generation, self.position);
        let load = Load { generation, from, to: mark, changes: changes.clone() };
        match convoy.carry(load).await {
            Carried::There => Ok(self.moved(&changes, mark, frames)),
            Carried::GoAlone => self.apply(frames).await,
        }
    }

    /// Applies frames in one transaction: all of them, or as many of the first as can be. The
    /// fault that stops a projection so names the one frame that can't be applied, and all before
    /// it are.
    pub(crate) async fn apply(&mut self, frames: &[Arc<Decoded>]) -> Result<Applied, Fault> {
        let mut tried = frames;
        loop {
            let fault = match self.try_apply(tried).await {
                Ok(applied) => return Ok(applied),
                Err(fault) => fault,
            };
            let fewer = if fault.is_transient() { 0 } else { tried.len() / 2 };
            match tried.get(..fewer) {
                Some(fewer) if !fewer.is_empty() => tried = fewer,
                Some(_) | None => return Err(fault),
            }
        }
    }

    async fn try_apply(&mut self, frames: &[Arc<Decoded>]) -> Result<Applied, Fault> {
        let Some(last) = frames.last() else {
            return Ok(Applied::Frames { frames: 0, records: 0 });
        };
        let (changes, mark) = self.fold_frames(frames, last).await?;
        let mut client = self.pool.get().await?;
        let transaction = client.transaction().await?;
        // Settings and checkpoint travel together, in this order: a batch waits for the server as
        // often as it must, and a small one is hardly more than that waiting.
        let settings = batch_settings();
        let set = transaction.batch_execute(&settings);
        let in_turn = checkpoint::advance(
            &transaction,
            &self.district,
            self.generation,
            self.role,
            self.position,
            mark,
        );
        let (set, in_turn) = tokio::join!(biased; set, in_turn);
        set?;
        if !in_turn.map_err(|source| self.write_fault(frames, source))? {
            return Ok(Applied::MovedByOthers);
        }
        let writer =
            Writer { transaction: &transaction, schema: &self.schema, district: &self.district };
        let written = changes.write(&writer).await;
        written.map_err(|source| self.write_fault(frames, source))?;
        transaction.commit().await?;
        Ok(self.moved(&changes, mark, frames))
    }

    /// Stands after frames whose changes are committed.
    fn moved(&mut self, changes: &F::Changes, mark: Mark, frames: &[Arc<Decoded>]) -> Applied {
        let records = mark.position.0.saturating_sub(self.position.0);
        self.fold.learn(changes);
        (self.position, self.mark) = (mark.position, Some(mark));
        Applied::Frames { frames: frames.len(), records }
    }

    /// Folds frames that follow on where the generation stands.
    async fn fold_frames(
        &self,
        frames: &[Arc<Decoded>],
        last: &Decoded,
    ) -> Result<(F::Changes, Mark), Fault> {
        let mut changes = F::Changes::default();
        let mut position = self.position;
        let mut recorded_at = linli_domain::time::Timestamp::default();
        for frame in frames {
            if frame.first != position.next().0 {
                let found = Position(frame.first);
                return Err(Fault::Misplaced { expected: position.next(), found });
            }
            for record in frame.records().map_err(Clone::clone)? {
                let position = record.position;
                self.fold
                    .fold(&mut changes, record)
                    .map_err(|source| Fault::Fold { position, source })?;
                recorded_at = record.recorded_at;
            }
            position = Position(frame.last);
            // A long batch lets others on.
            tokio::task::yield_now().await;
        }
        Ok((changes, Mark { position, recorded_at, root: last.root.0 }))
    }

    fn write_fault(&self, frames: &[Arc<Decoded>], source: linli_readmodel::WriteError) -> Fault {
        let last = frames.last().map_or(self.position.0, |frame| frame.last);
        Fault::Write { first: self.position.next().0, last, source }
    }
}

/// What holds for a batch's transaction, in one message.
pub(crate) fn batch_settings() -> String {
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
