//! Since when nobody has been found who leads.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

/// Since when nobody has been found who leads, over all commands of a courier.
#[derive(Debug)]
pub(super) struct Drought {
    base: Instant,
    /// Milliseconds after `base`, and one; 0 while somebody leads.
    since: AtomicU64,
}

impl Default for Drought {
    fn default() -> Self {
        Self { base: Instant::now(), since: AtomicU64::new(0) }
    }
}

impl Drought {
    /// Nobody was found. What began earlier goes on.
    pub(super) fn begin(&self) {
        let now = self.now_ms().saturating_add(1);
        // Another command may have found the same; the first counts.
        let _known = self.since.compare_exchange(0, now, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Somebody answered.
    pub(super) fn end(&self) {
        if self.since.load(Ordering::Relaxed) != 0 {
            self.since.store(0, Ordering::Relaxed);
        }
    }

    /// How long it has lasted.
    pub(super) fn lasts(&self) -> Duration {
        match self.since.load(Ordering::Relaxed) {
            0 => Duration::ZERO,
            since => Duration::from_millis(self.now_ms().saturating_add(1).saturating_sub(since)),
        }
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.base.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
