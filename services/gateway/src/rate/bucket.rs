//! A bucket of units that fills at an even pace.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::{Rate, Units};

/// What one key has left, without a lock: the generic cell rate algorithm (ITU-T I.371) keeps
/// nothing but the time at which the bucket will be full again.
#[derive(Debug, Default)]
pub(crate) struct Bucket {
    /// In nanoseconds of the time that callers hand in; what has passed means full.
    full_at: AtomicU64,
}

/// What is left after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Units that are left.
    pub(crate) left: Units,
    /// In how much time all of them are there again.
    pub(crate) full_in: Duration,
}

/// Too much was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Empty {
    /// When there is enough for this request.
    pub(crate) enough_in: Duration,
    /// What is left.
    pub(crate) taken: Taken,
}

impl Bucket {
    /// Takes so many units at a time that never goes back.
    pub(crate) fn take(&self, rate: Rate, units: Units, now: Duration) -> Result<Taken, Empty> {
        let (now, unit, window) = (nanos(now), nanos(rate.unit()).max(1), nanos(rate.window()));
        let takes = unit.saturating_mul(units.into());
        let mut full_at = self.full_at.load(Ordering::Relaxed);
        loop {
            let begins = full_at.max(now);
            let then = begins.saturating_add(takes);
            let owed = then.saturating_sub(now);
            if owed > window {
                let enough_in = Duration::from_nanos(owed.saturating_sub(window));
                let owed = begins.saturating_sub(now);
                return Err(Empty { enough_in, taken: taken(rate, owed, unit, window) });
            }
            let put = self.full_at.compare_exchange_weak(
                full_at,
                then,
                Ordering::Relaxed,
                Ordering::Relaxed,
            );
            match put {
                Ok(_) => return Ok(taken(rate, owed, unit, window)),
                Err(other) => full_at = other,
            }
        }
    }
}

fn taken(rate: Rate, owed: u64, unit: u64, window: u64) -> Taken {
    let left = window.saturating_sub(owed).checked_div(unit).unwrap_or_default();
    let left = Units::try_from(left).unwrap_or(Units::MAX).min(rate.units());
    Taken { left, full_in: Duration::from_nanos(owed) }
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(steps: &[(u64, Units, Result<Units, u64>)]) {
        let (bucket, rate) = (Bucket::default(), Rate::new(100, 10).unwrap());
        for (at, (now_ms, units, expected)) in steps.iter().enumerate() {
            let found = bucket.take(rate, *units, Duration::from_millis(*now_ms));
            let found = found.map(|taken| taken.left).map_err(|empty| empty.enough_in);
            let expected = expected.map_err(Duration::from_millis);
            assert_eq!(found, expected, "step {at}");
        }
    }

    #[test]
    fn a_bucket_empties_at_once_and_fills_evenly() {
        check(&[
            (0, 1, Ok(99)),
            (0, 99, Ok(0)),
            (0, 1, Err(100)),
            (99, 1, Err(1)),
            (100, 1, Ok(0)),
            (1_100, 5, Ok(5)),
            (1_100, 100, Err(9_500)),
            (60_000, 100, Ok(0)),
        ]);
    }

    #[test]
    fn many_at_once_take_no_more_than_there_is() {
        let (bucket, rate) = (Bucket::default(), Rate::new(1_000, 60).unwrap());
        let taken = std::thread::scope(|scope| {
            let takers: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        (0..500).filter(|_| bucket.take(rate, 1, Duration::ZERO).is_ok()).count()
                    })
                })
                .collect();
            takers.into_iter().map(|taker| taker.join().unwrap()).sum::<usize>()
        });
        assert_eq!(taken, 1_000);
    }
}
