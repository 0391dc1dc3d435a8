//! How long things took: medians and tails.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Every single wait of a measurement.
#[derive(Debug, Default)]
pub(crate) struct Waits(Vec<Duration>);

/// What is told of them, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Tail {
    pub(crate) p50_us: f64,
    pub(crate) p99_us: f64,
    pub(crate) p999_us: f64,
    pub(crate) max_us: f64,
}

impl Waits {
    pub(crate) fn push(&mut self, wait: Duration) {
        self.0.push(wait);
    }

    pub(crate) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// Percentiles by the nearest rank; zeros if nothing was measured.
    pub(crate) fn tail(mut self) -> Tail {
        self.0.sort_unstable();
        let at = |part: f64| micros(nearest_rank(&self.0, part));
        Tail { p50_us: at(0.5), p99_us: at(0.99), p999_us: at(0.999), max_us: at(1.0) }
    }
}

impl Tail {
    pub(crate) fn p50_ms(&self) -> f64 {
        self.p50_us / 1_000.0
    }

    pub(crate) fn p99_ms(&self) -> f64 {
        self.p99_us / 1_000.0
    }

    pub(crate) fn p999_ms(&self) -> f64 {
        self.p999_us / 1_000.0
    }
}

fn micros(wait: Duration) -> f64 {
    wait.as_secs_f64() * 1e6
}

/// The smallest that at least this part of all don't exceed.
fn nearest_rank(sorted: &[Duration], part: f64) -> Duration {
    let rank = (part * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied().unwrap_or_default()
}

/// The round in the middle by some measure; the lower of the two middle ones.
pub(crate) fn median_by<T>(mut rounds: Vec<T>, measure: impl Fn(&T) -> f64) -> anyhow::Result<T> {
    rounds.sort_by(|one, other| measure(one).total_cmp(&measure(other)));
    let middle = rounds.len().saturating_sub(1) / 2;
    rounds.into_iter().nth(middle).ok_or_else(|| anyhow::anyhow!("no round was measured"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(millis: &[u64]) -> Tail {
        let mut waits = Waits::default();
        millis.iter().for_each(|&ms| waits.push(Duration::from_millis(ms)));
        waits.tail()
    }

    #[test]
    fn percentiles_are_waits_that_happened() {
        let all: Vec<u64> = (1..=1_000).rev().collect();
        let found = tail(&all);
        assert_eq!((found.p50_us, found.p99_us), (500_000.0, 990_000.0));
        assert_eq!((found.p999_us, found.max_us), (999_000.0, 1_000_000.0));
        let one = tail(&[7]);
        assert_eq!((one.p50_us, one.max_us), (7_000.0, 7_000.0));
        assert_eq!(tail(&[]), Tail::default());
        assert_eq!(tail(&[1, 2, 3, 100]).p99_us, 100_000.0);
    }

    #[test]
    fn the_median_is_a_round() {
        let median = |rounds: &[f64]| median_by(rounds.to_vec(), |round| *round).unwrap();
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), 2.0);
        assert_eq!(median(&[5.0]), 5.0);
        assert!(median_by(Vec::<f64>::new(), |round| *round).is_err());
    }
}
