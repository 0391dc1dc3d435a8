//! Moving the index of keys on, beside the writer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::TryStreamExt;
use linli_log::key::{Advance, IndexError};
use linli_log::{District, Frame, KeyEntry, KeyIndex, LogReader, ReadError};
use tokio::sync::mpsc::{self, error::TrySendError};
use tokio_util::task::AbortOnDropHandle;

use super::{KEYS_UNINDEXED_MAX, Unindexed, keys_of};
use crate::fault::told;
use crate::image::ReplayError;

/// Keys that are written at once, unless a frame has more: enough that many go into one page of the
/// index, few enough that it takes some tens of milliseconds.
const BATCH_KEYS: usize = 16_384;

/// How long keys are gathered: nobody waits for the index, and the more there are, the less each costs.
const GATHER: Duration = Duration::from_millis(500);

/// Most frames that wait for the indexer. What does not fit is read from the log later.
const FRAMES_WAITING_MAX: usize = 64;

/// Pause after the index could not be written.
const PAUSE: Duration = Duration::from_millis(500);

/// Longest wait for the last keys when the writer stops; the next start takes them up otherwise.
const FINISH_WAIT_MAX: Duration = Duration::from_secs(2);

/// Why the index can't be moved on.
#[derive(Debug, thiserror::Error)]
pub enum IndexFault {
    /// Two commands of the log have one key: a command was done twice.
    #[error("the log holds a key twice")]
    Twice(#[source] IndexError),
    /// A frame of the log can't be read.
    #[error("the keys of the log can't be read")]
    Frame(#[from] ReplayError),
    /// The index has keys of records that the log doesn't: the two are not of one instant, as after a
    /// restore of a part, or of a server that lost commits. Going on would leave the keys of the next
    /// records out, and what was done by them could be done twice.
    #[error(
        "the index of keys is at {index}, and the log ends at {log}: they are not of one instant"
    )]
    Ahead {
        /// How far the index is.
        index: u64,
        /// How far the log is.
        log: u64,
    },
    /// The index has gone back behind what the writer was told: its server lost commits.
    #[error("the index of keys went back from {told} to {found}")]
    Back {
        /// How far it was.
        told: u64,
        /// How far it is.
        found: u64,
    },
}

/// Why the keys after the index could not be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CatchUpError {
    #[error("the log could not be read")]
    Read(#[from] ReadError),
    #[error("the index of keys could not be moved on")]
    Index(#[from] IndexError),
    #[error("the index of keys can't follow the log")]
    Fault(#[from] IndexFault),
}

/// The keys that the index lacks of a log that nobody adds to; moves the index on first where it
/// lacks more than a writer remembers. The log ends at `log`.
pub(crate) async fn catch_up(
    index: &KeyIndex,
    reader: &LogReader,
    district: &District,
    log: u64,
) -> Result<Unindexed, CatchUpError> {
    let mut unindexed = Unindexed::after(index.position().await?);
    if unindexed.position > log {
        return Err(IndexFault::Ahead { index: unindexed.position, log }.into());
    }
    let mut frames = std::pin::pin!(reader.stream(district, unindexed.position));
    while let Some(frame) = frames.try_next().await? {
        unindexed.take(&frame).map_err(IndexFault::Frame)?;
        // Half of what a writer remembers, so that it can begin.
        if unindexed.keys.len() >= KEYS_UNINDEXED_MAX / 2 {
            for keys in unindexed.keys.chunks(BATCH_KEYS) {
                let to = keys.last().map_or(frame.last, |entry| entry.last);
                unindexed.position = step(index, unindexed.position, to, keys).await?;
            }
            unindexed = Unindexed::after(step(index, unindexed.position, frame.last, &[]).await?);
        }
    }
    Ok(unindexed)
}

/// One step at a start; answers where the index is then.
async fn step(
    index: &KeyIndex,
    from: u64,
    to: u64,
    keys: &[KeyEntry],
) -> Result<u64, CatchUpError> {
    if from >= to {
        return Ok(from);
    }
    match index.advance(from, to, keys).await {
        Ok(Advance::Moved) => Ok(to),
        // The last leader's indexer sees its frames off.
        Ok(Advance::Elsewhere) => Ok(index.position().await?),
        Err(error @ IndexError::Conflict { .. }) => Err(IndexFault::Twice(error).into()),
        Err(error) => Err(error.into()),
    }
}

/// The task that moves the index of keys on while the writer leads.
#[derive(Debug)]
pub struct Indexer {
    frames: mpsc::Sender<Frame>,
    position: Arc<AtomicU64>,
    task: AbortOnDropHandle<Result<(), IndexFault>>,
}

impl Indexer {
    /// Starts it where the index is. Must be called in a Tokio runtime.
    #[must_use]
    pub fn start(index: KeyIndex, reader: LogReader, district: District, position: u64) -> Self {
        let (frames, waiting) = mpsc::channel(FRAMES_WAITING_MAX);
        let shared = Arc::new(AtomicU64::new(position));
        let task = Task {
            index,
            reader,
            district,
            waiting,
            ahead: None,
            position,
            told: Arc::clone(&shared),
        };
        let task = AbortOnDropHandle::new(tokio::spawn(task.run()));
        Self { frames, position: shared, task }
    }

    /// Hands it a frame that is durable. Never waits.
    pub(crate) fn offer(&self, frame: Frame) {
        match self.frames.try_send(frame) {
            // What has no room is read from the log; what ended tells why by itself.
            Ok(()) | Err(TrySendError::Full(_) | TrySendError::Closed(_)) => {}
        }
    }

    /// Up to which position the index has all keys.
    pub(crate) fn position(&self) -> u64 {
        self.position.load(Ordering::Acquire)
    }

    /// Waits until it can't go on.
    pub(crate) async fn failed(&mut self) -> IndexFault {
        match (&mut self.task).await {
            Ok(Err(fault)) => fault,
            // It ends by itself only when this is dropped, and with the runtime.
            Ok(Ok(())) | Err(_) => std::future::pending().await,
        }
    }

    /// Lets it write what it has, bounded.
    pub(crate) async fn finish(self) {
        let Self { frames, task, .. } = self;
        drop(frames);
        match tokio::time::timeout(FINISH_WAIT_MAX, task).await {
            Ok(Ok(Err(fault))) => {
                tracing::error!(error = told(&fault), "the index of keys stopped")
            }
            Ok(_) => {}
            Err(_) => {
                tracing::info!("the index of keys is left behind the log until the next start")
            }
        }
    }
}

struct Task {
    index: KeyIndex,
    reader: LogReader,
    district: District,
    waiting: mpsc::Receiver<Frame>,
    /// A frame whose turn has not come.
    ahead: Option<Frame>,
    position: u64,
    told: Arc<AtomicU64>,
}

/// Keys that are written together, up to a position.
struct Batch {
    keys: Vec<KeyEntry>,
    to: u64,
}

impl Batch {
    fn take(&mut self, frame: &Frame) -> Result<(), IndexFault> {
        self.keys.extend(keys_of(frame)?);
        self.to = frame.last;
        Ok(())
    }
}

impl Task {
    async fn run(mut self) -> Result<(), IndexFault> {
        while let Some(first) = self.first().await {
            let mut batch = Batch { keys: Vec::new(), to: self.position };
            if first.first == self.position.saturating_add(1) {
                batch.take(&first)?;
                self.gather(&mut batch).await?;
            } else {
                self.ahead = Some(first);
                self.read(&mut batch).await?;
            }
            self.write(batch).await?;
        }
        Ok(())
    }

    /// The next frame that the index has not reached; none at the end.
    async fn first(&mut self) -> Option<Frame> {
        loop {
            let frame = match self.ahead.take() {
                Some(frame) => frame,
                None => self.waiting.recv().await?,
            };
            if frame.last > self.position {
                return Some(frame);
            }
        }
    }

    /// Adds what follows, as long as it comes soon.
    async fn gather(&mut self, batch: &mut Batch) -> Result<(), IndexFault> {
        let mut end = std::pin::pin!(tokio::time::sleep(GATHER));
        while batch.keys.len() < BATCH_KEYS {
            let next = tokio::select! {
                biased;
                next = self.waiting.recv() => Some(next),
                () = &mut end => None,
            };
            match next {
                Some(Some(frame)) if frame.first == batch.to.saturating_add(1) => {
                    batch.take(&frame)?;
                }
                Some(ahead) => {
                    self.ahead = ahead;
                    break;
                }
                None => break,
            }
        }
        Ok(())
    }

    /// Adds a page of what was not handed over.
    async fn read(&self, batch: &mut Batch) -> Result<(), IndexFault> {
        match self.reader.frames_after(&self.district, self.position).await {
            Ok(frames) => {
                for frame in frames {
                    batch.take(&frame)?;
                    if batch.keys.len() >= BATCH_KEYS {
                        break;
                    }
                }
            }
            Err(error) => self.pause(&error).await,
        }
        Ok(())
    }

    async fn write(&mut self, batch: Batch) -> Result<(), IndexFault> {
        if batch.to <= self.position {
            return Ok(());
        }
        match self.index.advance(self.position, batch.to, &batch.keys).await {
            Ok(Advance::Moved) => {
                self.position = batch.to;
                self.told.store(batch.to, Ordering::Release);
                Ok(())
            }
            Ok(Advance::Elsewhere) => self.look().await,
            Err(error @ IndexError::Conflict { .. }) => Err(IndexFault::Twice(error)),
            Err(error) => {
                self.pause(&error).await;
                self.look().await
            }
        }
    }

    /// Looks where the index is: another may have moved it on, or a commit's word was lost.
    async fn look(&mut self) -> Result<(), IndexFault> {
        match self.index.position().await {
            Ok(found) if found < self.position => {
                Err(IndexFault::Back { told: self.position, found })
            }
            Ok(found) => {
                self.position = found;
                self.told.store(found, Ordering::Release);
                Ok(())
            }
            Err(error) => {
                self.pause(&error).await;
                Ok(())
            }
        }
    }

    async fn pause<E: std::error::Error + Sync + 'static>(&self, error: &E) {
        tracing::warn!(district = %self.district, error = told(error), "the index of keys waits");
        tokio::time::sleep(PAUSE).await;
    }
}
