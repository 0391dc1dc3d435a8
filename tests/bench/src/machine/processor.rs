//! Who uses the processor: the server's process (ours), the load generator's, PostgreSQL's, NATS's.

use std::fs;
use std::time::Instant;

use serde::{Deserialize, Serialize};

/// Linux counts processor time in hundredths of a second for every program, whatever its own tick.
const TICKS_PER_SECOND: f64 = 100.0;

/// How many cores there are for us.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The processes that a stack is made of.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Meter {
    pub(crate) postmaster: Option<u32>,
    pub(crate) nats: Option<u32>,
}

/// Processor time used up to a moment, in seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    at: Instant,
    server: f64,
    load: f64,
    postgres: f64,
    nats: f64,
}

/// Parts of all cores that were used between two readings, in percent.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Shares {
    pub(crate) server: f64,
    pub(crate) load: f64,
    pub(crate) postgres: f64,
    pub(crate) nats: f64,
}

impl Meter {
    /// Reads all meters. `load` is the generator's process; none if it runs in ours, in threads
    /// whose name begins with [`LOAD_THREADS`].
    pub(crate) fn read(&self, load: Option<u32>) -> Reading {
        let ours = seconds("/proc/self/stat");
        let (server, load) = match load {
            Some(pid) => (ours, seconds(&format!("/proc/{pid}/stat"))),
            None => {
                let load = load_threads();
                (ours - load, load)
            }
        };
        Reading {
            at: Instant::now(),
            server,
            load,
            postgres: self.postmaster.map(postgres).unwrap_or_default(),
            nats: self.nats.map(|pid| seconds(&format!("/proc/{pid}/stat"))).unwrap_or_default(),
        }
    }
}

/// How the name of a thread of a generator in our own process begins.
pub(crate) const LOAD_THREADS: &str = "load";

impl Reading {
    /// Parts of all cores from here to a later reading.
    pub(crate) fn until(&self, later: &Self) -> Shares {
        let whole = later.at.duration_since(self.at).as_secs_f64() * cores() as f64;
        let part = |before: f64, after: f64| 100.0 * (after - before).max(0.0) / whole;
        Shares {
            server: part(self.server, later.server),
            load: part(self.load, later.load),
            postgres: part(self.postgres, later.postgres),
            nats: part(self.nats, later.nats),
        }
    }
}

/// The postmaster, all its processes, and those that it has seen end.
fn postgres(postmaster: u32) -> f64 {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let stats = entries.filter_map(|entry| fs::read_to_string(entry.path().join("stat")).ok());
    let children = stats.filter(|stat| parent(stat) == Some(postmaster));
    let children: f64 = children.map(|stat| ticks(&stat, Counted::Own)).sum();
    let stat = fs::read_to_string(format!("/proc/{postmaster}/stat")).unwrap_or_default();
    (children + ticks(&stat, Counted::WithEnded)) / TICKS_PER_SECOND
}

fn load_threads() -> f64 {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let stats = threads.filter_map(|thread| fs::read_to_string(thread.path().join("stat")).ok());
    let ours = stats.filter(|stat| {
        stat.split_once('(').is_some_and(|(_, name)| name.starts_with(LOAD_THREADS))
    });
    ours.map(|stat| ticks(&stat, Counted::Own)).sum::<f64>() / TICKS_PER_SECOND
}

/// Seconds of a core that this process has taken, all its threads together.
pub(crate) fn own_seconds() -> f64 {
    seconds("/proc/self/stat")
}

fn seconds(stat: &str) -> f64 {
    ticks(&fs::read_to_string(stat).unwrap_or_default(), Counted::Own) / TICKS_PER_SECOND
}

/// Whose time is counted.
#[derive(Clone, Copy)]
enum Counted {
    Own,
    /// And that of children that have ended.
    WithEnded,
}

/// Whose child the process of a `stat` file is.
fn parent(stat: &str) -> Option<u32> {
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// User and system time out of a `stat` file. The name in parentheses may hold anything.
fn ticks(stat: &str, counted: Counted) -> f64 {
    let after_name = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
    // utime is field 14 of the file; the state, field 3, is the first one here.
    let fields = match counted {
        Counted::Own => 2,
        Counted::WithEnded => 4,
    };
    let numbers = after_name.split_whitespace().skip(11).take(fields);
    numbers.filter_map(|number| number.parse::<f64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_past_any_name() {
        let stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 9 8 7 6 150 50 30 20 20 0 1 0 100";
        assert_eq!(ticks(stat, Counted::Own), 200.0);
        assert_eq!(ticks(stat, Counted::WithEnded), 250.0);
        assert_eq!(ticks("", Counted::Own), 0.0);
        assert_eq!(parent(stat), Some(1));
    }

    #[test]
    fn a_busy_thread_is_seen() {
        let meter = Meter { postmaster: None, nats: None };
        let before = meter.read(None);
        let work = std::thread::Builder::new().name(format!("{LOAD_THREADS}-test"));
        let busy = work.spawn(move || {
            let mut after = meter.read(None);
            while after.load - before.load < 0.02 {
                after = meter.read(None);
            }
            after
        });
        let shares = before.until(&busy.unwrap().join().unwrap());
        assert!(shares.load > 0.0, "{shares:?}");
    }
}
