//! How much waits in an intake, and for how long.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How much waits, and how long the first of it has waited, without a lock and without looking
/// into the queue: at most as long as since the last request that was taken had come, or since
/// there was nothing.
#[derive(Debug)]
pub(crate) struct Age {
    base: Instant,
    commands: AtomicUsize,
    /// No earlier than this came what waits first, in microseconds after `base`.
    since: AtomicU64,
}

/// When a request came, in microseconds after an intake's beginning.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment(u64);

/// What waited when a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Before {
    pub(crate) commands: usize,
    pub(crate) longest: Duration,
}

impl Default for Age {
    fn default() -> Self {
        let (commands, since) = (AtomicUsize::new(0), AtomicU64::new(0));
        Self { base: Instant::now(), commands, since }
    }
}

impl Age {
    /// A request of so many commands comes.
    pub(crate) fn come(&self, commands: usize) -> (Moment, Before) {
        self.come_at(commands, self.base.elapsed())
    }

    fn come_at(&self, commands: usize, now: Duration) -> (Moment, Before) {
        let now = u64::try_from(now.as_micros()).unwrap_or(u64::MAX);
        let before = self.commands.fetch_add(commands, Ordering::Relaxed);
        if before == 0 {
            self.since.fetch_max(now, Ordering::Relaxed);
        }
        let waited = now.saturating_sub(self.since.load(Ordering::Relaxed));
        let longest = if before == 0 { Duration::ZERO } else { Duration::from_micros(waited) };
        (Moment(now), Before { commands: before, longest })
    }

    /// A request that had come then is taken.
    pub(crate) fn taken(&self, commands: usize, came: Moment) {
        self.since.fetch_max(came.0, Ordering::Relaxed);
        self.gone(commands);
    }

    /// So many commands wait no longer.
    pub(crate) fn gone(&self, commands: usize) {
        self.commands.fetch_sub(commands, Ordering::Relaxed);
    }

    /// How many wait.
    pub(crate) fn commands(&self) -> usize {
        self.commands.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_first_has_waited_longest() {
        let (age, ms) = (Age::default(), Duration::from_millis);
        let before = |commands, longest| Before { commands, longest: ms(longest) };
        let (first, found) = age.come_at(1, ms(1_000));
        assert_eq!(found, before(0, 0), "nothing waited, however long ago the last was");
        let (second, found) = age.come_at(2, ms(1_400));
        assert_eq!(found, before(1, 400));
        age.taken(1, first);
        assert_eq!(age.come_at(0, ms(1_500)).1, before(2, 500));
        age.taken(2, second);
        assert_eq!(age.commands(), 0);
        assert_eq!(age.come_at(1, ms(9_000)).1, before(0, 0));
        assert_eq!(age.come_at(1, ms(9_100)).1, before(1, 100));
    }
}
