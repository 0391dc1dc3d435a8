//! One projection, moved on for as long as the process lives.

use std::collections::VecDeque;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use linli_domain::Position;
use linli_domain::text::Code;
use linli_feed::{Decoded, Feed, Subscription};
use linli_log::merkle;
use linli_readmodel::checkpoint::{self, Role};
use linli_readmodel::{Generation, Projection, Standing};
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::batch::{BATCH_STATEMENT_MAX, begin};
use crate::convoy::Convoy;
use crate::error::Fault;
use crate::fold::Fold;
use crate::foothold::Foothold;
use crate::metrics::Gauges;
use crate::rebuild;
use crate::track::{Applied, Track};

/// Most records in a batch: whoever is far behind folds what the same people did on several days into
/// one change of a row, and a batch is still written in about a second. With 20,000 the server
/// worked a quarter longer on a record.
const BATCH_RECORDS_MAX: u64 = 80_000;

/// Most records that a projection hands to a convoy: fewer than come in a second of the fastest
/// writer, between two batches.
const CONVOY_RECORDS_MAX: u64 = 5_000;

/// Most memory of frames in a batch. What all projections of a district hold of frames is seven
/// times this at the most, when each stands somewhere else; those that catch up together share them.
pub(crate) const BATCH_BYTES_MAX: usize = 48 * 1024 * 1024;

/// How many times as long as a batch took the next one is left to gather. A frame that comes alone
/// is applied at once; under load each projection is at work for a ninth of the time, folds more,
/// and leaves the server to the writer.
const REST_TIMES: u32 = 8;

/// The least time from one batch to the next: at 5 ms the projections took half of the server.
const REST_LEAST: Duration = Duration::from_millis(25);

/// The longest time that a record is left waiting, so that what is shown is behind by no more than
/// this and the time of a batch.
const REST_MOST: Duration = Duration::from_millis(100);

/// How long a projector lets another one go ahead that was faster: of two at once, one then does
/// nearly all of the work, and the other one is this far behind when it has to take over.
const GIVE_WAY: Duration = Duration::from_millis(50);

/// The first pause after a fault that may pass.
const PAUSE_FIRST: Duration = Duration::from_millis(50);

/// The longest pause: a server that is back is noticed within this.
const PAUSE_LONGEST: Duration = Duration::from_secs(5);

/// How often a stopped projection looks whether somebody cleared its error or switched to another
/// generation.
const STOPPED_LOOK: Duration = Duration::from_secs(5);

/// What a runner works with.
#[derive(Clone)]
pub(crate) struct Ground {
    pub(crate) pool: deadpool_postgres::Pool,
    pub(crate) feed: Feed,
    pub(crate) code: Code,
}

/// Moves one projection's live generation on.
pub(crate) struct Runner<F> {
    ground: Ground,
    gauges: Gauges,
    foothold: Arc<Foothold>,
    convoy: Convoy,
    fold: PhantomData<fn() -> F>,
}

/// Why a session ended.
enum End {
    /// The process is to stop.
    Cancelled,
    /// The checkpoint is not where it was read: begin anew from where it is.
    Moved,
}

impl<F: Fold> Runner<F> {
    pub(crate) const PROJECTION: Projection = <F::Changes as linli_readmodel::Changes>::PROJECTION;

    pub(crate) fn new(
        ground: Ground,
        gauges: Gauges,
        foothold: Arc<Foothold>,
        convoy: Convoy,
    ) -> Self {
        Self { ground, gauges, foothold, convoy, fold: PhantomData }
    }

    /// Runs until it is cancelled.
    pub(crate) async fn run(self, cancel: CancellationToken) {
        let mut pause = PAUSE_FIRST;
        loop {
            let fault = match self.session(&cancel, &mut pause).await {
                Ok(End::Cancelled) => return,
                Ok(End::Moved) => continue,
                Err(fault) => fault,
            };
            self.gauges.faults.inc();
            let (projection, told) = (Self::PROJECTION.name(), fault.told());
            let rest = if fault.is_transient() {
                tracing::warn!(projection, fault = told, "projection waits");
                let rest = pause;
                pause = pause.saturating_mul(2).min(PAUSE_LONGEST);
                rest
            } else {
                tracing::error!(projection, fault = told, "projection stopped");
                self.gauges.stopped.set(1);
                tokio::select! {
                    () = cancel.cancelled() => return,
                    () = self.stay_stopped(&told) => Duration::ZERO,
                }
            };
            tokio::select! {
                () = cancel.cancelled() => return,
                () = sleep(rest) => {}
            }
        }
    }

    /// From the checkpoint on, until something is in the way.
    async fn session(
        &self,
        cancel: &CancellationToken,
        pause: &mut Duration,
    ) -> Result<End, Fault> {
        let standing = self.live().await?;
        let Ground { pool, feed, code } = &self.ground;
        let mut track = Track::<F>::open(pool, code, &standing, Role::Live).await?;
        self.foothold.set(track.position());
        self.gauges.position.set(i64::try_from(track.position().0).unwrap_or(i64::MAX));
        let root = track.mark().map(|mark| merkle::Hash(mark.root));
        let mut frames = feed.subscribe(Self::PROJECTION.name(), track.position().0, root);
        let mut waiting = VecDeque::new();
        loop {
            tokio::select! {
                biased;
                () = cancel.cancelled() => return Ok(End::Cancelled),
                () = self.foothold.lost() => return Ok(End::Moved),
                gathered = gather(&mut frames, &mut waiting, track.position()) => gathered?,
            }
            let begun = Instant::now();
            let frames_now: &[_] = waiting.make_contiguous();
            let size = Size::of(frames_now);
            // Far behind, each is quickest alone, and on another core.
            let applied = match size.records {
                ..=CONVOY_RECORDS_MAX => track.apply_with(&self.convoy, frames_now).await?,
                _ => track.apply(frames_now).await?,
            };
            let rest = match applied {
                Applied::Frames { frames: applied, records } => {
                    waiting.drain(..applied.min(waiting.len()));
                    self.foothold.set(track.position());
                    self.gauges.applied(track.position().0, records);
                    *pause = PAUSE_FIRST;
                    // That a few have come meanwhile is no reason to hurry: they are left to gather.
                    let is_behind = size.is_full() || !waiting.is_empty();
                    if is_behind { Duration::ZERO } else { rest(begun.elapsed()) }
                }
                Applied::MovedByOthers => {
                    let standing = self.live().await?;
                    let is_ahead = standing.position > track.position();
                    if standing.generation != track.generation() || !is_ahead {
                        return Ok(End::Moved);
                    }
                    track = Track::open(pool, code, &standing, Role::Live).await?;
                    self.foothold.set(track.position());
                    GIVE_WAY
                }
            };
            tokio::select! {
                biased;
                () = cancel.cancelled() => return Ok(End::Cancelled),
                () = sleep_until(begun.checked_add(rest).unwrap_or(begun)) => {}
            }
        }
    }

    /// The live generation of today's form: the one there is, a first one, or one that is made
    /// anew because the tables' form has changed.
    async fn live(&self) -> Result<Standing, Fault> {
        let Ground { pool, code, .. } = &self.ground;
        loop {
            let client = pool.get().await?;
            let found = checkpoint::find(&client, code, Self::PROJECTION, Role::Live).await?;
            drop(client);
            match found {
                Some(standing) if standing.generation.form == Self::PROJECTION.form() => {
                    return Ok(standing);
                }
                Some(_) => {
                    rebuild::build::<F>(&self.ground).await?;
                }
                None => {
                    begin_generation(&self.ground, Self::PROJECTION, Role::Live).await?;
                }
            }
        }
    }

    /// Writes the reason down, and returns when somebody cleared it or switched to another
    /// generation, or when there is no generation that could be stopped.
    async fn stay_stopped(&self, why: &str) {
        let mut told: Option<Generation> = None;
        loop {
            match self.look_stopped(why, told).await {
                Ok(Stop::Told(generation)) => told = Some(generation),
                Ok(Stop::Over) => return,
                Ok(Stop::Nothing) => return sleep(STOPPED_LOOK).await,
                // The server is away as well; the reason is told when it is back.
                Err(_) => {}
            }
            sleep(STOPPED_LOOK).await;
        }
    }

    async fn look_stopped(&self, why: &str, told: Option<Generation>) -> Result<Stop, Fault> {
        let Ground { pool, code, .. } = &self.ground;
        let client = pool.get().await?;
        let live = checkpoint::find(&client, code, Self::PROJECTION, Role::Live).await?;
        let Some(Standing { generation, stopped, .. }) = live else { return Ok(Stop::Nothing) };
        match told {
            None => {
                let written = checkpoint::stop(&client, code, generation, why).await;
                written.map_err(|source| Fault::Generation(Self::PROJECTION.name(), source))?;
                Ok(Stop::Told(generation))
            }
            Some(told) if told == generation && stopped.is_some() => Ok(Stop::Told(told)),
            Some(_) => Ok(Stop::Over),
        }
    }
}

/// How a stop stands.
enum Stop {
    /// The reason stands written at this generation.
    Told(Generation),
    /// It was cleared, or another generation was switched to.
    Over,
    /// There is no live generation.
    Nothing,
}

/// Begins a generation, or takes up the one that is begun.
pub(crate) async fn begin_generation(
    ground: &Ground,
    projection: Projection,
    role: Role,
) -> Result<Generation, Fault> {
    let fault = |source| Fault::Generation(projection.name(), source);
    let mut client = ground.pool.get().await?;
    let transaction = begin(&mut client, BATCH_STATEMENT_MAX).await?;
    let begun = checkpoint::begin(&transaction, &ground.code, projection, role).await;
    let generation = begun.map_err(fault)?;
    transaction.commit().await?;
    Ok(generation)
}

/// How long after its beginning a batch that took `took` is followed by the next.
fn rest(took: Duration) -> Duration {
    took.saturating_mul(REST_TIMES).clamp(REST_LEAST, REST_MOST)
}

/// Waits until there is a frame after `applied`, and takes all that are there already, up to a
/// batch; from the log, if that is where the next one is.
async fn gather(
    frames: &mut Subscription,
    waiting: &mut VecDeque<Arc<Decoded>>,
    applied: Position,
) -> Result<(), Fault> {
    waiting.retain(|frame| frame.last > applied.0);
    while waiting.is_empty() {
        waiting.push_back(frames.next().await?);
        waiting.retain(|frame| frame.last > applied.0);
    }
    let mut size = Size::of(&*waiting);
    while !size.is_full() {
        let frame = match frames.try_next()? {
            Some(frame) => frame,
            None if frames.is_behind() => frames.next().await?,
            None => break,
        };
        size = size.with(&frame);
        waiting.push_back(frame);
    }
    Ok(())
}

/// How much waits.
#[derive(Clone, Copy, Default)]
pub(crate) struct Size {
    records: u64,
    bytes: usize,
}

impl Size {
    fn of<'a>(frames: impl IntoIterator<Item = &'a Arc<Decoded>>) -> Self {
        frames.into_iter().fold(Self::default(), |size, frame| size.with(frame))
    }

    pub(crate) fn with(self, frame: &Decoded) -> Self {
        Self {
            records: self.records.saturating_add(frame.len()),
            bytes: self.bytes.saturating_add(frame.weight_bytes()),
        }
    }

    pub(crate) fn is_full(self) -> bool {
        self.records >= BATCH_RECORDS_MAX || self.bytes >= BATCH_BYTES_MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_a_batch_takes_the_more_the_next_one_gathers() {
        let check = |took, expected| {
            let rest = rest(Duration::from_millis(took));
            assert_eq!(rest, Duration::from_millis(expected), "{took}");
        };
        check(0, 25);
        check(2, 25);
        check(5, 40);
        check(10, 80);
        check(500, 100);
    }
}
