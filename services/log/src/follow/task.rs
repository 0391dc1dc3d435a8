//! The follower's task: decides where the next frame comes from.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Semaphore, mpsc, watch};

use super::session::{Session, SessionError};
use super::{Ahead, FollowError, Offer, Place, Plan, room};
use crate::district::District;
use crate::frame::Frame;
use crate::fresh::rest_after;
use crate::merkle::{EMPTY_ROOT, Root};
use crate::metrics::{FollowerMetrics, Source};
use crate::reader::{LogReader, ReadError};

/// How often the log is looked at where there is no stream and no bell.
pub const POLL: Duration = Duration::from_millis(200);

/// After how long a silence of the stream the log is looked at: the relay may be down.
pub const SILENCE_MAX: Duration = Duration::from_secs(1);

/// How long a stream that failed is left alone.
pub const STREAM_PAUSE: Duration = Duration::from_secs(1);

/// Most frames read ahead of the follower's owner: what a projection may fold at once.
pub const AHEAD_FRAMES_MAX: usize = 1_024;

/// Most bytes of bodies read ahead of the follower's owner. More than one frame has at most.
pub const AHEAD_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Longest pause when the log can't be read and nothing else is to be had.
const LOG_PAUSE: Duration = Duration::from_millis(500);

/// Why the task stops.
enum Stop {
    /// The owner is gone.
    Dropped,
    /// It can't go on.
    Fault(FollowError),
}

pub(super) struct Task {
    reader: LogReader,
    nats: Option<async_nats::Client>,
    district: District,
    bell: Option<watch::Receiver<u64>>,
    /// Where the log ends as long as it is written in this process: then frames come from there,
    /// and the stream would bring them a second time, later.
    here: Option<watch::Receiver<Option<u64>>>,
    pub(super) metrics: Option<FollowerMetrics>,
    place: Place,
    ahead: mpsc::Sender<Result<Ahead, FollowError>>,
    room: Arc<Semaphore>,
    /// The stream is not tried before this.
    stream_after: Instant,
    /// Whether the log failed when it was last read: its failures are told once an outage.
    log_failed: bool,
}

impl Task {
    pub(super) fn new(
        plan: Plan,
        position: u64,
        ahead: mpsc::Sender<Result<Ahead, FollowError>>,
    ) -> Self {
        let metrics = plan.metrics.map(|(metrics, name)| metrics.follower(&plan.district, &name));
        let here = plan.reader.fresh().map(|fresh| fresh.end(&plan.district));
        Self {
            here,
            reader: plan.reader,
            nats: plan.nats,
            district: plan.district,
            bell: plan.bell,
            metrics,
            place: Place::new(position, plan.root),
            ahead,
            room: Arc::new(Semaphore::new(AHEAD_BYTES_MAX)),
            stream_after: Instant::now(),
            log_failed: false,
        }
    }

    /// Follows until the owner is gone or it can't go on.
    pub(super) async fn run(mut self) {
        if let Err(Stop::Fault(error)) = self.follow().await {
            // Nobody to tell is no fault.
            let _ = self.ahead.send(Err(error)).await;
        }
    }

    async fn follow(&mut self) -> Result<std::convert::Infallible, Stop> {
        self.settle_start().await?;
        loop {
            match self.open_stream().await {
                Some(session) => self.follow_stream(session).await?,
                None => self.follow_log().await?,
            }
        }
    }

    /// Holds the starting position against the log: a frame must end there, with the known root.
    async fn settle_start(&mut self) -> Result<(), Stop> {
        loop {
            let (position, known) = (self.place.position(), self.place.root());
            match settle(&self.reader, &self.district, position, known).await {
                Ok(Ok(root)) => {
                    self.place = Place::new(position, Some(root));
                    return Ok(());
                }
                Ok(Err(fault)) => return Err(Stop::Fault(fault)),
                Err(error) => self.log_failure(&error),
            }
            tokio::select! {
                () = self.ahead.closed() => return Err(Stop::Dropped),
                () = tokio::time::sleep(LOG_PAUSE) => {}
            }
        }
    }

    /// Is the log written in this process?
    fn is_here(&self) -> bool {
        self.here.as_ref().is_some_and(|end| end.borrow().is_some())
    }

    /// Opens the stream, unless it failed a moment ago or the log is written here.
    async fn open_stream(&mut self) -> Option<Session> {
        let nats = self.nats.as_ref()?;
        if self.is_here() || Instant::now() < self.stream_after {
            return None;
        }
        match Session::open(nats, &self.district, self.place.position()).await {
            Ok(session) => Some(session),
            Err(error) => {
                self.stream_failure(&error);
                None
            }
        }
    }

    /// Takes frames from the stream until it fails or the log is written here; fills what it lacks
    /// from the log.
    async fn follow_stream(&mut self, mut session: Session) -> Result<(), Stop> {
        loop {
            let next = tokio::select! {
                () = self.ahead.closed() => return Err(Stop::Dropped),
                () = becomes_here(&mut self.here) => return Ok(()),
                next = tokio::time::timeout(SILENCE_MAX, session.next()) => next,
            };
            let frame = match next {
                Ok(Ok(frame)) => frame,
                Ok(Err(error)) => {
                    self.stream_failure(&error);
                    return Ok(());
                }
                Err(_silence) => {
                    while self.take_page().await? > 0 {}
                    continue;
                }
            };
            let mut offer = self.offer(&frame, Source::Stream).await?;
            if offer == Offer::Gap {
                while self.take_page().await? > 0 {}
                offer = self.offer(&frame, Source::Stream).await?;
            }
            match offer {
                Offer::Next | Offer::Old => {}
                Offer::Gap | Offer::Misfit => {
                    tracing::warn!(
                        district = %self.district,
                        position = self.place.position(),
                        "the stream does not fit the log: it is left alone for a while"
                    );
                    self.count_stream_failure();
                    return Ok(());
                }
            }
        }
    }

    /// Takes what the log has, then waits for more, for the bell, or for the stream to be tried.
    async fn follow_log(&mut self) -> Result<(), Stop> {
        if let Some(bell) = &mut self.bell {
            bell.mark_unchanged();
        }
        if let Some(end) = &mut self.here {
            end.mark_unchanged();
        }
        let frames = self.take_page().await?;
        if frames > 0 {
            if self.is_here() {
                rest_after(frames).await;
            }
            return Ok(());
        }
        let bell = async {
            match &mut self.bell {
                Some(bell) => bell.changed().await,
                None => std::future::pending().await,
            }
        };
        let gone = tokio::select! {
            () = self.ahead.closed() => return Err(Stop::Dropped),
            rung = bell => rung.is_err(),
            () = changes(&mut self.here) => false,
            () = tokio::time::sleep(POLL) => false,
        };
        if gone {
            self.bell = None;
        }
        Ok(())
    }

    /// Hands on one page of the log; tells how many frames it had. A log that can't be read is told
    /// once and waited for.
    async fn take_page(&mut self) -> Result<usize, Stop> {
        let page = match self.reader.frames_after(&self.district, self.place.position()).await {
            Ok(page) => page,
            Err(error) => {
                self.log_failure(&error);
                return Ok(0);
            }
        };
        self.log_failed = false;
        let frames = page.len();
        for frame in page {
            match self.offer(&frame, Source::Log).await? {
                Offer::Next | Offer::Old => {}
                Offer::Gap | Offer::Misfit => return Err(Stop::Fault(self.place.fault(&frame))),
            }
        }
        Ok(frames)
    }

    /// Hands a frame on if it is the next one; waits for room.
    async fn offer(&mut self, frame: &Frame, source: Source) -> Result<Offer, Stop> {
        let offer = self.place.offered(frame);
        if offer == Offer::Next {
            let room = Arc::clone(&self.room).acquire_many_owned(room(&frame.body));
            let room = room.await.map_err(|_| Stop::Dropped)?;
            let ahead = Ahead { frame: frame.clone(), _room: room };
            self.ahead.send(Ok(ahead)).await.map_err(|_| Stop::Dropped)?;
            self.place.take(frame.last, frame.root);
            if let Some(metrics) = &self.metrics {
                metrics.frame(source);
            }
        }
        Ok(offer)
    }

    fn stream_failure(&mut self, error: &SessionError) {
        let error: &(dyn std::error::Error + 'static) = error;
        tracing::debug!(district = %self.district, error, "the stream is of no use at the moment");
        self.count_stream_failure();
    }

    fn count_stream_failure(&mut self) {
        self.stream_after = Instant::now().checked_add(STREAM_PAUSE).unwrap_or_else(Instant::now);
        if let Some(metrics) = &self.metrics {
            metrics.error(Source::Stream);
        }
    }

    fn log_failure(&mut self, error: &ReadError) {
        if !self.log_failed {
            let error: &(dyn std::error::Error + 'static) = error;
            tracing::warn!(district = %self.district, error, "the log can't be read; it is tried on");
        }
        self.log_failed = true;
        if let Some(metrics) = &self.metrics {
            metrics.error(Source::Log);
        }
    }
}

/// Waits until the log is written in this process; for ever where that can't be.
async fn becomes_here(here: &mut Option<watch::Receiver<Option<u64>>>) {
    if let Some(end) = here
        && end.wait_for(Option::is_some).await.is_ok()
    {
        return;
    }
    std::future::pending().await
}

/// Waits until the writer in this process committed something, or began or ended; for ever where
/// there can be none.
async fn changes(here: &mut Option<watch::Receiver<Option<u64>>>) {
    if let Some(end) = here
        && end.changed().await.is_ok()
    {
        return;
    }
    std::future::pending().await
}

/// The log's root at `position`, from where somebody wants to follow: a frame must end there, with
/// the root that is known, if one is.
///
/// # Errors
/// [`ReadError`] if the log can't be read; within, [`FollowError`] if it can't be followed from
/// there.
pub async fn settle(
    reader: &LogReader,
    district: &District,
    position: u64,
    known: Option<Root>,
) -> Result<Result<Root, FollowError>, ReadError> {
    if position == 0 {
        return Ok(Ok(EMPTY_ROOT));
    }
    let Some(found) = reader.frame_end(district, position).await? else {
        let next = reader.frames_within(district, position, 0).await?;
        let head = reader.head(district).await?;
        return Ok(Err(match next.first() {
            Some(frame) => Place::new(position, None).fault(frame),
            None => FollowError::Ahead { position, log_end: head.map_or(0, |head| head.last) },
        }));
    };
    let expected = known.unwrap_or(found.root);
    let other = FollowError::OtherHistory { position, expected, found: found.root };
    Ok(if found.root == expected { Ok(expected) } else { Err(other) })
}
