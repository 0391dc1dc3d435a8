//! The schedule of an open load.

use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tokio::sync::mpsc;

/// So many a second for so long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seconds {
    pub(crate) warm_up: f64,
    pub(crate) measured: f64,
}

/// Moments at which requests are due, as many a second on average, each by chance and apart from
/// all others, as people come: a Poisson process. Evenly spaced ones would flatter the tail.
#[derive(Debug)]
pub(crate) struct Schedule {
    chance: StdRng,
    gap_mean: f64,
    /// Since the beginning.
    next: f64,
    end: f64,
}

impl Schedule {
    pub(crate) fn new(per_second: f64, length: f64, seed: u64) -> Self {
        let chance = StdRng::seed_from_u64(seed);
        Self { chance, gap_mean: 1.0 / per_second, next: 0.0, end: length }
    }
}

impl Iterator for Schedule {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        let unit: f64 = self.chance.random();
        // Of a number in [0, 1), one is taken, lest its logarithm be infinite.
        self.next -= (1.0 - unit).ln() * self.gap_mean;
        (self.next < self.end).then(|| Duration::from_secs_f64(self.next))
    }
}

/// A request that is due.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival {
    pub(crate) due: Instant,
    /// Does it count?
    pub(crate) measured: bool,
    /// By how much it was handed out later than due.
    pub(crate) late: Duration,
}

/// The requests of an open load, each handed out when it is due.
pub(crate) type Arrivals = mpsc::Receiver<Arrival>;

/// Requests that may wait for a free connection before the load is given up: the server is then
/// seconds behind, and the figure means nothing.
const WAITING_MAX: usize = 1 << 16;

impl Seconds {
    /// Starts the clockwork, a thread of its own: a runtime's timers tick in milliseconds, and a
    /// thread that parks wakes within some tens of microseconds.
    pub(crate) fn arrivals(self, per_second: f64, seed: u64, begin: Instant) -> Arrivals {
        let (sender, receiver) = mpsc::channel(WAITING_MAX);
        let schedule = Schedule::new(per_second, self.warm_up + self.measured, seed);
        let warm = Duration::from_secs_f64(self.warm_up);
        let clockwork = move || {
            for offset in schedule {
                let due = begin + offset;
                while let Some(wait) = due.checked_duration_since(Instant::now()) {
                    if wait.is_zero() {
                        break;
                    }
                    std::thread::park_timeout(wait);
                }
                let arrival = Arrival { due, measured: offset >= warm, late: due.elapsed() };
                if sender.try_send(arrival).is_err() {
                    return;
                }
            }
        };
        // It ends with its schedule, or with its receiver.
        let thread = std::thread::Builder::new().name("load-clockwork".to_owned());
        if let Err(error) = thread.spawn(clockwork) {
            eprintln!("the clockwork can't start: {error}");
        }
        receiver
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_are_due_as_were_asked_for_and_by_chance() {
        let due: Vec<Duration> = Schedule::new(5_000.0, 10.0, 7).collect();
        assert!((49_000..51_000).contains(&due.len()), "{}", due.len());
        assert!(due.is_sorted() && due.last().unwrap().as_secs_f64() < 10.0);
        // Of a Poisson process's gaps, e^-1 are longer than the mean.
        let gaps = due.windows(2).map(|pair| (pair[1] - pair[0]).as_secs_f64());
        let long = gaps.filter(|gap| *gap > 1.0 / 5_000.0).count() as f64 / due.len() as f64;
        assert!((0.35..0.39).contains(&long), "{long}");
        assert_eq!(due, Schedule::new(5_000.0, 10.0, 7).collect::<Vec<_>>());
        assert_ne!(due, Schedule::new(5_000.0, 10.0, 8).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_due_is_handed_out_and_never_early() {
        let seconds = Seconds { warm_up: 0.01, measured: 0.04 };
        let begin = Instant::now();
        let mut arrivals = seconds.arrivals(2_000.0, 1, begin);
        let mut got = Vec::new();
        while let Some(arrival) = arrivals.blocking_recv() {
            assert!(Instant::now() >= arrival.due);
            assert_eq!(arrival.measured, arrival.due - begin >= Duration::from_millis(10));
            got.push(arrival);
        }
        assert_eq!(got.len(), Schedule::new(2_000.0, 0.05, 1).count());
    }
}
