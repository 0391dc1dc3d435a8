//! The generator's process, from both sides.

use std::io::{BufRead as _, Write as _};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::Command;
use tokio::sync::Mutex;

use super::pace::{Arrivals, Seconds};
use super::wire::{Source, Template};
use super::{Order, Outcome, Pace, closed, open};
use crate::machine::{Meter, Shares, cores};
use crate::waits::Waits;

/// What is sent before it counts, as a part of the measured time.
const WARM_UP: f64 = 0.1;

/// What the generator says when the measured time begins and ends.
const BEGIN: &str = "begin";
const END: &str = "end";

/// Time for all connections to be opened before the first request is sent.
const CONNECT: Duration = Duration::from_millis(100);

/// How long after the measured time answers may still come in.
const DRAIN_MAX: Duration = Duration::from_secs(30);

/// Numbers for runs, so that no idempotency key is used twice.
static RUN: AtomicU64 = AtomicU64::new(0);

/// An outcome, and whose the processor was meanwhile.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Measured {
    pub(crate) outcome: Outcome,
    pub(crate) shares: Shares,
}

/// Has a generator carry out an order.
pub(crate) async fn run(order: Order, meter: &Meter) -> anyhow::Result<Measured> {
    let first_key = RUN.fetch_add(1, Ordering::Relaxed) << 40;
    let order = serde_json::to_vec(&Order { first_key, ..order })?;
    let mut child = Command::new(std::env::current_exe()?)
        .arg("load")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("starting a load generator")?;
    let pid = child.id();
    let mut stdin = child.stdin.take().context("no way to tell the load generator")?;
    stdin.write_all(&order).await?;
    drop(stdin);
    let stdout = child.stdout.take().context("no way to hear the load generator")?;
    let mut lines = BufReader::new(stdout).lines();
    let (mut begin, mut end, mut said) = (None, None, None);
    while let Some(line) = lines.next_line().await? {
        match line.as_str() {
            BEGIN => begin = Some(meter.read(pid)),
            END => end = Some(meter.read(pid)),
            _ => said = Some(line),
        }
    }
    let status = child.wait().await?;
    let (Some(begin), Some(end), Some(said), true) = (begin, end, said, status.success()) else {
        bail!("the load generator ended with {status}");
    };
    Ok(Measured { outcome: serde_json::from_str(&said)?, shares: begin.until(&end) })
}

/// What a generator works on.
pub(super) struct Plan {
    pub(super) order: Order,
    templates: Vec<Template>,
    pub(super) source: Source,
    /// When it begins to count, and when it ends.
    pub(super) begin: Instant,
    pub(super) end: Instant,
}

impl Plan {
    pub(super) fn template(&self, turn: usize) -> &Template {
        &self.templates[turn % self.templates.len()]
    }
}

/// What connections have seen.
#[derive(Default)]
pub(super) struct Tally {
    waits: Waits,
    pub(super) late: Waits,
    answered: u64,
    pub(super) turned_away: u64,
}

impl Tally {
    /// A success, and how long it took if it counts.
    pub(super) fn success(&mut self, wait: Option<Duration>) {
        self.answered += 1;
        if let Some(wait) = wait {
            self.waits.push(wait);
        }
    }

    fn add(&mut self, other: Self) {
        self.waits.extend(other.waits);
        self.late.extend(other.late);
        self.answered += other.answered;
        self.turned_away += other.turned_away;
    }
}

/// The whole of a generator: reads an order from standard input and carries it out.
pub(crate) fn generate() -> anyhow::Result<()> {
    let mut text = String::new();
    while std::io::stdin().lock().read_line(&mut text)? > 0 {}
    let order: Order = serde_json::from_str(&text).context("this isn't for people")?;
    let seconds = Seconds { warm_up: order.seconds * WARM_UP, measured: order.seconds };
    let start = Instant::now() + CONNECT;
    let begin = start + Duration::from_secs_f64(seconds.warm_up);
    let first_minute = order.first_minute;
    let plan = Arc::new(Plan {
        templates: order.requests.iter().map(|text| Template::new(text, first_minute)).collect(),
        source: Source {
            next_key: AtomicU64::new(order.first_key),
            claims_from_us: order.claims_from_us,
        },
        begin,
        end: begin + Duration::from_secs_f64(seconds.measured),
        order,
    });
    let arrivals = match plan.order.pace {
        Pace::Closed => None,
        Pace::Open { per_second } => {
            let arrivals = seconds.arrivals(per_second, plan.order.first_key | 1, start);
            Some(Arc::new(Mutex::new(arrivals)))
        }
    };
    // One thread of requests for two cores: it is the server that is to be busy.
    let threads = (cores() / 2).max(1);
    let work = |thread: usize| {
        let (plan, arrivals) = (Arc::clone(&plan), arrivals.clone());
        std::thread::spawn(move || thread_of(&plan, thread, threads, arrivals))
    };
    let working: Vec<_> = (0..threads).map(work).collect();
    tell_at(begin, BEGIN)?;
    tell_at(plan.end, END)?;
    let mut tally = Tally::default();
    for thread in working {
        tally.add(thread.join().map_err(|_| anyhow::anyhow!("a load thread panicked"))??);
    }
    println!("{}", serde_json::to_string(&outcome(tally, seconds.measured))?);
    Ok(())
}

fn outcome(tally: Tally, seconds: f64) -> Outcome {
    Outcome {
        per_second: tally.waits.count() as f64 / seconds,
        answered: tally.answered,
        turned_away: tally.turned_away,
        tail: tally.waits.tail(),
        late_p99_us: tally.late.tail().p99_us,
    }
}

/// Says something at a moment.
fn tell_at(moment: Instant, what: &str) -> anyhow::Result<()> {
    while let Some(wait) = moment.checked_duration_since(Instant::now()) {
        if wait.is_zero() {
            break;
        }
        std::thread::park_timeout(wait);
    }
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{what}")?;
    Ok(stdout.flush()?)
}

/// One thread with its part of the connections.
fn thread_of(
    plan: &Arc<Plan>,
    thread: usize,
    threads: usize,
    arrivals: Option<Arc<Mutex<Arrivals>>>,
) -> anyhow::Result<Tally> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut calls = tokio::task::JoinSet::new();
        for number in (thread..plan.order.connections).step_by(threads) {
            let (plan, arrivals) = (Arc::clone(plan), arrivals.clone());
            calls.spawn(async move {
                match arrivals {
                    None => closed::call(&plan, number).await,
                    Some(arrivals) => open::call(&plan, number, arrivals).await,
                }
            });
        }
        let mut tally = Tally::default();
        let left = plan.end.saturating_duration_since(Instant::now()) + DRAIN_MAX;
        let all = async {
            while let Some(call) = calls.join_next().await {
                tally.add(call.context("a connection's task")??);
            }
            anyhow::Ok(())
        };
        tokio::time::timeout(left, all).await.context("answers are overdue")??;
        Ok(tally)
    })
}
