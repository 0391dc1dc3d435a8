//! A feed, and what its tasks and subscriptions share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use linli_log::{District, FollowError, LogReader, Root};
use tokio::sync::{Notify, mpsc, watch};
use tokio_util::task::AbortOnDropHandle;

use crate::metrics::{FeedMetrics, Metrics};
use crate::pages::{REQUESTS_MAX, Request, serve_pages};
use crate::subscription::Subscription;
use crate::tap::tap;
use crate::window::{HELD_BYTES_MAX, Window};

/// One district's frames, for everybody in the process. Cheap to clone. It follows the log from
/// the first subscription on, for as long as there is one.
#[derive(Clone)]
pub struct Feed {
    source: Arc<Source>,
    run: Arc<Mutex<Weak<Run>>>,
}

/// Where a feed comes from.
pub(crate) struct Source {
    pub(crate) reader: LogReader,
    pub(crate) nats: Option<async_nats::Client>,
    pub(crate) district: District,
    pub(crate) bell: Option<watch::Receiver<u64>>,
    pub(crate) log_metrics: Option<linli_log::Metrics>,
    pub(crate) metrics: Option<Metrics>,
}

/// A feed at work. Its tasks end with it.
pub(crate) struct Run {
    pub(crate) core: Arc<Core>,
    pub(crate) source: Arc<Source>,
    pub(crate) pages: mpsc::Sender<Request>,
    _tap: AbortOnDropHandle<()>,
    _pages: AbortOnDropHandle<()>,
}

/// What the tap fills and subscriptions empty.
pub(crate) struct Core {
    window: Mutex<Window>,
    /// Why the feed ended.
    ended: Mutex<Option<FollowError>>,
    /// Rings when a frame came or the feed ended.
    pub(crate) came: watch::Sender<()>,
    /// Rings when something was taken.
    pub(crate) taken: Notify,
    pub(crate) metrics: Option<FeedMetrics>,
}

impl Feed {
    /// The feed of `district`. Without `nats` the log is looked at.
    #[must_use]
    pub fn new(reader: LogReader, nats: Option<async_nats::Client>, district: District) -> Self {
        let source =
            Source { reader, nats, district, bell: None, log_metrics: None, metrics: None };
        Self { source: Arc::new(source), run: Arc::new(Mutex::new(Weak::new())) }
    }

    /// Wakes the feed at each change of `bell` (the last committed position) when it looks at the
    /// log. For a feed that has no subscription yet.
    #[must_use]
    pub fn with_bell(self, bell: watch::Receiver<u64>) -> Self {
        self.with(|source| source.bell = Some(bell))
    }

    /// Counts what is followed and what is taken. For a feed that has no subscription yet.
    #[must_use]
    pub fn with_metrics(self, metrics: &Metrics, log_metrics: &linli_log::Metrics) -> Self {
        self.with(|source| {
            (source.metrics, source.log_metrics) =
                (Some(metrics.clone()), Some(log_metrics.clone()));
        })
    }

    fn with(mut self, change: impl FnOnce(&mut Source)) -> Self {
        // Alone here: neither a clone nor a subscription is there yet.
        if let Some(source) = Arc::get_mut(&mut self.source) {
            change(source);
        }
        self
    }

    /// Whose frames.
    #[must_use]
    pub fn district(&self) -> &District {
        &self.source.district
    }

    /// Where the log is read.
    #[must_use]
    pub fn reader(&self) -> &LogReader {
        &self.source.reader
    }

    /// Takes frames from the one after `position` on (0: from the first), as the subscriber `name`.
    /// If `root`, the root at that position, is known, the log is held against it; else the log's
    /// own word is taken. Must be called in a Tokio runtime.
    #[must_use]
    pub fn subscribe(&self, name: &str, position: u64, root: Option<Root>) -> Subscription {
        Subscription::new(self.running(), name, position, root)
    }

    /// The feed at work: the one that is, or a new one.
    fn running(&self) -> Arc<Run> {
        let mut run = lock(&self.run);
        if let Some(running) = run.upgrade().filter(|running| running.core.ended().is_none()) {
            return running;
        }
        let started = Arc::new(Run::start(Arc::clone(&self.source)));
        *run = Arc::downgrade(&started);
        started
    }
}

impl Run {
    fn start(source: Arc<Source>) -> Self {
        let metrics = source.metrics.as_ref().map(|metrics| metrics.of(&source.district));
        let core = Arc::new(Core {
            window: Mutex::new(Window::new(HELD_BYTES_MAX)),
            ended: Mutex::new(None),
            came: watch::Sender::new(()),
            taken: Notify::new(),
            metrics,
        });
        let (pages, requests) = mpsc::channel(REQUESTS_MAX);
        let tap = tokio::spawn(tap(Arc::clone(&core), Arc::clone(&source)));
        let serving = tokio::spawn(serve_pages(requests, Arc::clone(&source)));
        Self {
            core,
            source,
            pages,
            _tap: AbortOnDropHandle::new(tap),
            _pages: AbortOnDropHandle::new(serving),
        }
    }
}

impl Core {
    /// The window, for a moment.
    pub(crate) fn window(&self) -> MutexGuard<'_, Window> {
        lock(&self.window)
    }

    pub(crate) fn ended(&self) -> Option<FollowError> {
        lock(&self.ended).clone()
    }

    pub(crate) fn end(&self, why: FollowError) {
        *lock(&self.ended) = Some(why);
        self.came.send_replace(());
    }
}

/// Whoever panicked while it held the lock left nothing half done: each change is one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
