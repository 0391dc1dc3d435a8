//! Following the log: every frame, in order, once, for ever.
//!
//! A follower takes frames from JetStream while that is healthy, and from PostgreSQL where it is
//! not: away, silent, with a gap, or of another history. Whatever the source does, the follower
//! hands out the frame that begins right after the one before it and hangs on its root, or none.

mod place;
mod session;
mod task;

use async_nats::Client;
use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, mpsc, watch};
use tokio_util::task::AbortOnDropHandle;

use crate::district::District;
use crate::frame::Frame;
use crate::merkle::Root;
use crate::metrics::Metrics;
use crate::reader::LogReader;

pub use place::{Offer, Place};
pub use task::{AHEAD_BYTES_MAX, AHEAD_FRAMES_MAX, POLL, SILENCE_MAX, STREAM_PAUSE, settle};

use task::Task;

/// Why a follower can't go on. Sources that are away are no error: the follower waits for them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FollowError {
    /// No frame of the log begins after the position: it is inside a frame, or the log has a hole.
    #[error("no frame of the log follows {position}: the next one is {first} to {last}")]
    NoSuccessor {
        /// Where the follower stands.
        position: u64,
        /// Where the next frame begins.
        first: u64,
        /// Where it ends.
        last: u64,
    },
    /// The log ends before the position to follow from: the log was put back to an older state.
    #[error("the log ends at {log_end}, before {position}")]
    Ahead {
        /// Where the follower stands.
        position: u64,
        /// Where the log ends.
        log_end: u64,
    },
    /// The log's root at the follower's position is not the one that the follower knows.
    #[error("the log has the root {found} at {position}, not {expected}: it is another history")]
    OtherHistory {
        /// Where the follower stands.
        position: u64,
        /// The root that it knows.
        expected: Root,
        /// The root that the log has.
        found: Root,
    },
    /// The follower ended after an earlier error.
    #[error("the follower has ended")]
    Ended,
}

/// Follows one district's log. Runs a task of its own from the first [`next`](Self::next) on, which
/// ends with it.
#[derive(Debug)]
pub struct Follower {
    state: State,
    position: u64,
}

#[derive(Debug)]
enum State {
    Planned(Box<Plan>),
    Running(Running),
    Ended,
}

/// What a follower was asked for.
#[derive(Debug)]
struct Plan {
    reader: LogReader,
    nats: Option<Client>,
    district: District,
    root: Option<Root>,
    bell: Option<watch::Receiver<u64>>,
    metrics: Option<(Metrics, String)>,
}

#[derive(Debug)]
struct Running {
    frames: mpsc::Receiver<Result<Ahead, FollowError>>,
    metrics: Option<crate::metrics::FollowerMetrics>,
    _task: AbortOnDropHandle<()>,
}

/// A frame that was read ahead, with its share of the room for that.
#[derive(Debug)]
struct Ahead {
    frame: Frame,
    _room: OwnedSemaphorePermit,
}

impl Follower {
    /// Follows `district` from the frame after `position` (0: from the first). Without `nats`, from
    /// the log alone, looking every [`POLL`] and at each bell.
    #[must_use]
    pub fn new(reader: LogReader, nats: Option<Client>, district: District, position: u64) -> Self {
        let plan = Plan { reader, nats, district, root: None, bell: None, metrics: None };
        Self { state: State::Planned(Box::new(plan)), position }
    }

    /// Says what the root at the starting position is, so that the log is held against it. Without
    /// it, the log's own word is taken.
    #[must_use]
    pub fn with_root(self, root: Root) -> Self {
        self.plan(|plan| plan.root = Some(root))
    }

    /// Wakes the follower at each change of `bell` (the last committed position) when it polls the
    /// log. A bell that is lost does no harm.
    #[must_use]
    pub fn with_bell(self, bell: watch::Receiver<u64>) -> Self {
        self.plan(|plan| plan.bell = Some(bell))
    }

    /// Counts what is followed, as the follower `name`.
    #[must_use]
    pub fn with_metrics(self, metrics: &Metrics, name: &str) -> Self {
        self.plan(|plan| plan.metrics = Some((metrics.clone(), name.to_owned())))
    }

    fn plan(mut self, change: impl FnOnce(&mut Plan)) -> Self {
        if let State::Planned(plan) = &mut self.state {
            change(plan);
        }
        self
    }

    /// The last position that was handed out.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// The next frame; waits for it as long as it takes. A future that is dropped loses nothing.
    /// Must be called in a Tokio runtime.
    ///
    /// # Errors
    /// [`FollowError`], after which there is only [`FollowError::Ended`].
    pub async fn next(&mut self) -> Result<Frame, FollowError> {
        let Some(running) = self.running() else { return Err(FollowError::Ended) };
        let received = running.frames.recv().await;
        self.accept(received)
    }

    /// The next frame if it is here already: for those who fold all that waits.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub fn try_next(&mut self) -> Result<Option<Frame>, FollowError> {
        let Some(running) = self.running() else { return Err(FollowError::Ended) };
        match running.frames.try_recv() {
            Ok(received) => self.accept(Some(received)).map(Some),
            Err(mpsc::error::TryRecvError::Empty) => Ok(None),
            Err(mpsc::error::TryRecvError::Disconnected) => self.accept(None).map(Some),
        }
    }

    fn accept(
        &mut self,
        received: Option<Result<Ahead, FollowError>>,
    ) -> Result<Frame, FollowError> {
        match received {
            Some(Ok(Ahead { frame, _room })) => {
                self.position = frame.last;
                if let State::Running(Running { metrics: Some(metrics), .. }) = &self.state {
                    metrics.position.set(i64::try_from(frame.last).unwrap_or(i64::MAX));
                }
                Ok(frame)
            }
            Some(Err(error)) => {
                self.state = State::Ended;
                Err(error)
            }
            None => {
                self.state = State::Ended;
                Err(FollowError::Ended)
            }
        }
    }

    /// Starts the task if it is not running; `None` when it has ended.
    fn running(&mut self) -> Option<&mut Running> {
        if let State::Planned(_) = &self.state
            && let State::Planned(plan) = std::mem::replace(&mut self.state, State::Ended)
        {
            let (sender, frames) = mpsc::channel(AHEAD_FRAMES_MAX);
            let task = Task::new(*plan, self.position, sender);
            let metrics = task.metrics.clone();
            let task = AbortOnDropHandle::new(tokio::spawn(task.run()));
            self.state = State::Running(Running { frames, metrics, _task: task });
        }
        match &mut self.state {
            State::Running(running) => Some(running),
            State::Planned(_) | State::Ended => None,
        }
    }
}

/// Room that a frame takes while it waits, in permits of the semaphore that bounds it.
fn room(body: &Bytes) -> u32 {
    // Never more than there is, or the frame would wait for ever.
    u32::try_from(body.len().clamp(1, AHEAD_BYTES_MAX)).unwrap_or(1)
}
