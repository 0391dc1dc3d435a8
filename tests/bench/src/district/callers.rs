//! Callers of a port in this process, on threads of their own, so that their part of the processor
//! can be told.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use linli_port::{Port, Rejected};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

use super::traffic::{Spread, Traffic};
use super::{District, accepted};
use crate::load::{Arrivals, Measured, Outcome, Pace, Seconds};
use crate::machine::{LOAD_THREADS, Meter, cores};
use crate::waits::Waits;

/// What is sent before it counts, as a part of the measured time.
const WARM_UP: f64 = 0.1;

/// What the chance of an open load is made of.
const SEED: u64 = 1;

/// What is asked of the callers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Load {
    pub(crate) callers: usize,
    pub(crate) spread: Spread,
    pub(crate) pace: Pace,
    pub(crate) seconds: f64,
}

/// What one caller has seen.
#[derive(Default)]
struct Tally {
    waits: Waits,
    late: Waits,
    answered: u64,
    turned_away: u64,
}

/// When it counts.
#[derive(Clone, Copy)]
struct Window {
    begin: Instant,
    end: Instant,
}

/// Lets callers loose on a district, through the port of whoever writes for it.
pub(crate) async fn run(
    port: &Port,
    district: &Arc<District>,
    load: Load,
    meter: &Meter,
) -> anyhow::Result<Measured> {
    run_all(&[(port.clone(), Arc::clone(district))], load, meter).await
}

/// Lets as many callers loose on each of these districts.
pub(crate) async fn run_all(
    districts: &[(Port, Arc<District>)],
    load: Load,
    meter: &Meter,
) -> anyhow::Result<Measured> {
    let threads = (cores() / 2).max(1);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .thread_name(LOAD_THREADS)
        .enable_all()
        .build()?;
    let seconds = Seconds { warm_up: load.seconds * WARM_UP, measured: load.seconds };
    let start = Instant::now();
    let begin = start + Duration::from_secs_f64(seconds.warm_up);
    let window = Window { begin, end: begin + Duration::from_secs_f64(seconds.measured) };
    let arrivals = match load.pace {
        Pace::Closed => None,
        Pace::Open { per_second } => {
            Some(Arc::new(Mutex::new(seconds.arrivals(per_second, SEED, start))))
        }
    };
    let mut calls = JoinSet::new();
    for (port, district) in districts {
        let run = district.runs.fetch_add(1, Ordering::Relaxed);
        for caller in 0..load.callers {
            let traffic = Traffic::new(district, load.spread, run, caller, load.callers);
            let call = call(port.clone(), traffic, window, arrivals.clone());
            calls.spawn_on(call, runtime.handle());
        }
    }
    tokio::time::sleep_until(window.begin.into()).await;
    let before = meter.read(None);
    tokio::time::sleep_until(window.end.into()).await;
    let shares = before.until(&meter.read(None));
    let all = tallied(calls).await;
    // Blocking is not allowed here, and nothing is left to wait for, also when a caller failed.
    runtime.shutdown_background();
    Ok(Measured { outcome: all?.outcome(load.seconds), shares })
}

/// What all callers have counted; the first error ends the others.
async fn tallied(mut calls: JoinSet<anyhow::Result<Tally>>) -> anyhow::Result<Tally> {
    let mut all = Tally::default();
    while let Some(tally) = calls.join_next().await {
        all.add(tally.context("a caller's task")??);
    }
    Ok(all)
}

/// One caller: a command when the last is answered, or when the next is due.
async fn call(
    port: Port,
    mut traffic: Traffic,
    window: Window,
    arrivals: Option<Arc<Mutex<Arrivals>>>,
) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    loop {
        let (from, measured) = match &arrivals {
            None => (Instant::now(), None),
            Some(arrivals) => {
                let Some(arrival) = arrivals.lock().await.recv().await else { break };
                if arrival.measured {
                    tally.late.push(arrival.late);
                }
                (arrival.due, Some(arrival.measured))
            }
        };
        if measured.is_none() && from >= window.end {
            break;
        }
        let envelope = traffic.next()?;
        loop {
            match port.submit_one(envelope.clone()).await {
                Err(Rejected::Overloaded { .. }) => {
                    tally.turned_away += 1;
                    tokio::task::yield_now().await;
                }
                answer => break accepted(answer)?,
            }
        }
        let answered = Instant::now();
        tally.answered += 1;
        if measured.unwrap_or(answered >= window.begin && answered < window.end) {
            tally.waits.push(answered - from);
        }
    }
    Ok(tally)
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.waits.extend(other.waits);
        self.late.extend(other.late);
        self.answered += other.answered;
        self.turned_away += other.turned_away;
    }

    fn outcome(self, seconds: f64) -> Outcome {
        Outcome {
            per_second: self.waits.count() as f64 / seconds,
            answered: self.answered,
            turned_away: self.turned_away,
            tail: self.waits.tail(),
            late_p99_us: self.late.tail().p99_us,
        }
    }
}
