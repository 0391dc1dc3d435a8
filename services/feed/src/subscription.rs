//! One who takes frames.

use std::collections::VecDeque;
use std::sync::Arc;

use linli_log::{FollowError, Root, follow, merkle};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::sleep;

use crate::decoded::Decoded;
use crate::feed::Run;
use crate::metrics::SubscriberMetrics;
use crate::pages::Request;
use crate::shelf::Page;
use crate::tap::LOG_PAUSE;
use crate::window::{Place, Taker};

/// Takes a district's frames in order, each once, from a position of its own. What it has not
/// taken holds up nobody else. Dropping it is leaving.
pub struct Subscription {
    run: Arc<Run>,
    name: String,
    taker: Taker,
    came: watch::Receiver<()>,
    position: u64,
    start: Start,
    /// Read from the log, not yet taken.
    ahead: VecDeque<Arc<Decoded>>,
    /// A page that was asked for.
    asked: Option<oneshot::Receiver<Page>>,
    metrics: Option<SubscriberMetrics>,
}

/// What is known of the root at the position.
#[derive(Clone, Copy)]
enum Start {
    /// Nothing but what the subscriber says; the log was not asked yet.
    Unsettled(Option<Root>),
    /// The root that the next frame has to hang on.
    Settled(Root),
}

/// What a look for the next frame found.
enum Look {
    Found(Arc<Decoded>),
    Later,
    Behind,
}

impl Subscription {
    pub(crate) fn new(run: Arc<Run>, name: &str, position: u64, root: Option<Root>) -> Self {
        let core = &run.core;
        let (taker, came) = (core.window().enter(position), core.came.subscribe());
        if let Some(metrics) = &core.metrics {
            metrics.subscriptions.inc();
        }
        let metrics = run.source.metrics.as_ref();
        let metrics = metrics.map(|metrics| metrics.subscriber(&run.source.district, name));
        let start = match position {
            0 => Start::Settled(merkle::EMPTY_ROOT),
            _ => Start::Unsettled(root),
        };
        let (name, ahead, asked) = (name.to_owned(), VecDeque::new(), None);
        Self { run, name, taker, came, position, start, ahead, asked, metrics }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The last position that was taken.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Is the next frame there already, here or in the log?
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.position < self.run.core.window().end()
    }

    /// The next frame; waits for it as long as it takes. A future that is dropped loses nothing.
    ///
    /// # Errors
    /// [`FollowError`] if the log can't be followed from the position; the subscription is then of
    /// no more use, and a new one holds the log against its position anew.
    pub async fn next(&mut self) -> Result<Arc<Decoded>, FollowError> {
        self.settle().await?;
        loop {
            match self.look()? {
                Look::Found(frame) => return Ok(frame),
                Look::Later => {
                    if self.came.changed().await.is_err() {
                        return Err(FollowError::Ended);
                    }
                }
                Look::Behind => self.read_behind().await?,
            }
        }
    }

    /// The next frame if it is here already: for those who fold all that waits. Nothing is here
    /// before the first [`next`](Self::next).
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub fn try_next(&mut self) -> Result<Option<Arc<Decoded>>, FollowError> {
        let Start::Settled(_) = self.start else { return Ok(None) };
        match self.look()? {
            Look::Found(frame) => Ok(Some(frame)),
            Look::Later => Ok(None),
            Look::Behind => {
                self.ask();
                match self.asked.as_mut().map(oneshot::Receiver::try_recv) {
                    Some(Ok(page)) => {
                        self.receive(page)?;
                        self.ahead.pop_front().map(|frame| self.accept(frame)).transpose()
                    }
                    Some(Err(oneshot::error::TryRecvError::Empty)) | None => Ok(None),
                    Some(Err(oneshot::error::TryRecvError::Closed)) => Err(FollowError::Ended),
                }
            }
        }
    }

    /// Holds the starting position against the log. A log that can't be read is waited for.
    async fn settle(&mut self) -> Result<(), FollowError> {
        while let Start::Unsettled(known) = self.start {
            let (source, position) = (Arc::clone(&self.run.source), self.position);
            match follow::settle(&source.reader, &source.district, position, known).await {
                Ok(root) => self.start = Start::Settled(root?),
                // Told of by the feed, which asks as well.
                Err(_) => sleep(LOG_PAUSE).await,
            }
        }
        Ok(())
    }

    fn look(&mut self) -> Result<Look, FollowError> {
        if let Some(frame) = self.ahead.pop_front() {
            return self.accept(frame).map(Look::Found);
        }
        // Heard from here on: what comes after the look rings.
        self.came.mark_unchanged();
        let core = Arc::clone(&self.run.core);
        let place = core.window().take(self.taker, self.position);
        core.taken.notify_one();
        match place {
            Place::Here(frame) => {
                if let Some(metrics) = &self.metrics {
                    metrics.held.inc();
                }
                self.asked = None;
                self.accept(frame).map(Look::Found)
            }
            Place::Later => core.ended().map_or(Ok(Look::Later), Err),
            Place::Behind => Ok(Look::Behind),
        }
    }

    /// Asks for the page after the position, unless it did; false if too many ask.
    fn ask(&mut self) -> bool {
        if self.asked.is_some() {
            return true;
        }
        let (reply, asked) = oneshot::channel();
        match self.run.pages.try_send(Request { position: self.position, reply }) {
            Ok(()) => {
                self.asked = Some(asked);
                true
            }
            Err(mpsc::error::TrySendError::Full(_) | mpsc::error::TrySendError::Closed(_)) => false,
        }
    }

    async fn read_behind(&mut self) -> Result<(), FollowError> {
        if !self.ask() {
            sleep(LOG_PAUSE).await;
            return Ok(());
        }
        let Some(asked) = &mut self.asked else { return Ok(()) };
        let page = asked.await.map_err(|_| FollowError::Ended)?;
        self.receive(page)
    }

    fn receive(&mut self, page: Page) -> Result<(), FollowError> {
        self.asked = None;
        if page.is_empty() {
            // The feed has seen more than this: the log was put back to an older state.
            let log_end = self.position;
            return Err(FollowError::Ahead { position: self.run.core.window().end(), log_end });
        }
        if let Some(metrics) = &self.metrics {
            metrics.read.inc_by(u64::try_from(page.len()).unwrap_or_default());
        }
        self.ahead = page.into();
        Ok(())
    }

    /// Takes a frame that follows; any other is none of this history.
    fn accept(&mut self, frame: Arc<Decoded>) -> Result<Arc<Decoded>, FollowError> {
        let position = self.position;
        if frame.first != position.saturating_add(1) {
            let (first, last) = (frame.first, frame.last);
            return Err(FollowError::NoSuccessor { position, first, last });
        }
        if let Start::Settled(expected) = self.start
            && expected != frame.previous_root
        {
            let found = frame.previous_root;
            return Err(FollowError::OtherHistory { position, expected, found });
        }
        (self.position, self.start) = (frame.last, Start::Settled(frame.root));
        Ok(frame)
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let core = &self.run.core;
        core.window().leave(self.taker);
        core.taken.notify_one();
        if let Some(metrics) = &core.metrics {
            metrics.subscriptions.dec();
        }
    }
}
