//! A generation that is moved on: frames in, rows and checkpoint out, in one transaction.

use std::sync::Arc;

use deadpool_postgres::Pool;
use linli_domain::Position;
use linli_domain::text::Code;
use linli_feed::Decoded;
use linli_readmodel::checkpoint::{Mark, Role, Step};
use linli_readmodel::{Generation, Standing};

use crate::batch::{self, Committed, Load};
use crate::convoy::{Carried, Convoy};
use crate::error::Fault;
use crate::fold::Fold;

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
        let client = pool.get().await?;
        let fold = F::load(&client, &generation.schema(), district).await?;
        let (position, recorded_at) = (*position, *recorded_at);
        Ok(Self {
            pool: pool.clone(),
            district: district.clone(),
            generation: *generation,
            role,
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
        match convoy.carry(self.load(&changes, mark)).await {
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
        let changes = Arc::new(changes);
        let load = self.load(&changes, mark);
        match batch::commit(&self.pool, &self.district, self.role, &[load]).await? {
            Committed::All => Ok(self.moved(&changes, mark, frames)),
            Committed::Nothing => Ok(Applied::MovedByOthers),
        }
    }

    /// Changes that take it from where it stands to `mark`.
    fn load(&self, changes: &Arc<F::Changes>, mark: Mark) -> Load {
        let step = Step { generation: self.generation, from: self.position, to: mark };
        Load { step, changes: changes.clone() }
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
}
