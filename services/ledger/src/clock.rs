//! The clock that the writer stamps records by, handed in from outside.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use linli_domain::time::Timestamp;
use tokio::time::Instant;

/// Tells the time. Cheap to clone; clones of a test clock are moved together.
///
/// A clock may stand still or jump; the writer never stamps a record earlier than the one before.
#[derive(Clone, Debug)]
pub struct Clock(Kind);

#[derive(Clone, Debug)]
enum Kind {
    System,
    Test(Arc<Mutex<Moved>>),
}

/// What a test clock was last moved to, and when that was.
#[derive(Debug)]
struct Moved {
    to: Timestamp,
    at: Instant,
}

impl Moved {
    fn now(&self) -> Timestamp {
        later(self.to, self.at.elapsed())
    }
}

/// The time that a test clock shows is later than the one it is to be moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Passed(pub(crate) Timestamp);

impl Clock {
    /// The system's clock, which nobody moves.
    #[must_use]
    pub fn system() -> Self {
        Self(Kind::System)
    }

    /// A clock that begins at `start`, ticks on with real time, and is moved forward on command.
    #[must_use]
    pub fn test(start: Timestamp) -> Self {
        Self(Kind::Test(Arc::new(Mutex::new(Moved { to: start, at: Instant::now() }))))
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Kind::System => {
                let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
                later(Timestamp::default(), since.unwrap_or_default())
            }
            Kind::Test(moved) => moved.lock().unwrap_or_else(PoisonError::into_inner).now(),
        }
    }

    /// Moves a test clock to `to` and answers what it shows; `None` for the system's clock.
    pub(crate) fn move_to(&self, to: Timestamp) -> Option<Result<Timestamp, Passed>> {
        let Kind::Test(moved) = &self.0 else { return None };
        let mut moved = moved.lock().unwrap_or_else(PoisonError::into_inner);
        let now = moved.now();
        if to < now {
            return Some(Err(Passed(now)));
        }
        *moved = Moved { to, at: Instant::now() };
        Some(Ok(to))
    }

    /// Moves a test clock forward to the time of the last record, where it is behind: a log that
    /// was written by a clock that had been moved is gone on with from there.
    pub(crate) fn catch_up(&self, recorded_at: Timestamp) {
        let _shown = self.move_to(recorded_at);
    }
}

fn later(time: Timestamp, by: Duration) -> Timestamp {
    let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
    Timestamp::from_microseconds(time.microseconds().saturating_add(by))
}

/// How long it is from `now` until `then`; zero if it has come.
pub(crate) fn until(now: Timestamp, then: Timestamp) -> Duration {
    let wait = then.microseconds().saturating_sub(now.microseconds());
    Duration::from_micros(u64::try_from(wait).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(microseconds: i64) -> Timestamp {
        Timestamp::from_microseconds(microseconds)
    }

    #[tokio::test(start_paused = true)]
    async fn a_test_clock_ticks_on_and_never_goes_back() {
        let clock = Clock::test(at(1_000_000));
        tokio::time::advance(Duration::from_millis(250)).await;
        assert_eq!(clock.now(), at(1_250_000));
        assert_eq!(clock.move_to(at(9_000_000)), Some(Ok(at(9_000_000))));
        assert_eq!(clock.move_to(at(2_000_000)), Some(Err(Passed(at(9_000_000)))));
        clock.catch_up(at(3_000_000));
        tokio::time::advance(Duration::from_millis(1)).await;
        assert_eq!(clock.now(), at(9_001_000));
    }

    #[test]
    fn the_system_clock_is_moved_by_nobody() {
        assert_eq!(Clock::system().move_to(at(1)), None);
        assert!(Clock::system().now() > at(1_700_000_000_000_000));
    }
}
