//! Simulated time: one schedule for all, and a wall clock for each process that may be wrong.

use std::collections::BTreeMap;

use linli_domain::time::Timestamp;

/// Milliseconds since the run began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub u64);

impl Moment {
    /// So many milliseconds later.
    #[must_use]
    pub fn after(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds since an earlier moment.
    #[must_use]
    pub fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// What is to happen, in the order of its moments; at one moment, in the order of planning.
#[derive(Debug)]
pub struct Schedule<E> {
    now: Moment,
    planned: BTreeMap<(Moment, u64), E>,
    count: u64,
}

impl<E> Schedule<E> {
    /// Nothing is to happen yet.
    #[must_use]
    pub fn new() -> Self {
        Self { now: Moment::default(), planned: BTreeMap::new(), count: 0 }
    }

    /// The moment that has come.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.now
    }

    /// Plans something in so many milliseconds.
    pub fn plan(&mut self, in_ms: u64, what: E) {
        self.count = self.count.saturating_add(1);
        self.planned.insert((self.now.after(in_ms), self.count), what);
    }

    /// Goes on to the next thing that happens.
    pub fn come(&mut self) -> Option<E> {
        let ((moment, _), what) = self.planned.pop_first()?;
        self.now = moment;
        Some(what)
    }
}

impl<E> Default for Schedule<E> {
    fn default() -> Self {
        Self::new()
    }
}

/// A wall clock: what it shows when the run begins, and how far it is off.
#[derive(Clone, Copy, Debug)]
pub struct WallClock {
    offset_ms: i64,
}

/// Monday 2025-03-03, 09:00 in Nanjing: when every run begins.
pub const MORNING_US: i64 = 1_740_963_600_000_000;

impl WallClock {
    /// A clock that is right.
    #[must_use]
    pub fn right() -> Self {
        Self { offset_ms: 0 }
    }

    /// What it shows.
    #[must_use]
    pub fn shows(self, now: Moment) -> Timestamp {
        let passed_ms = i64::try_from(now.0).unwrap_or(i64::MAX).saturating_add(self.offset_ms);
        Timestamp::from_microseconds(MORNING_US.saturating_add(passed_ms.saturating_mul(1_000)))
    }

    /// Sets it forward, or back.
    pub fn jump(&mut self, ms: i64) {
        self.offset_ms = self.offset_ms.saturating_add(ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_planned_comes_in_its_order() {
        let mut schedule = Schedule::new();
        schedule.plan(5, "later");
        schedule.plan(1, "first");
        schedule.plan(1, "second");
        assert_eq!(schedule.come(), Some("first"));
        schedule.plan(0, "now");
        let rest: Vec<_> = std::iter::from_fn(|| schedule.come()).collect();
        assert_eq!(rest, ["second", "now", "later"]);
        assert_eq!(schedule.now(), Moment(5));
    }
}
