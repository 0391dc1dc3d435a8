//! What the processes count, added up over all of their lives.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;

use crate::{Ask, Http};

/// How often each process is asked: often enough that little is lost when one is killed.
const EVERY: Duration = Duration::from_millis(250);

/// Longest wait for an answer.
const ANSWER_MAX: Duration = Duration::from_secs(1);

/// Counters of processes, summed over processes and labels, and over the lives of each.
#[derive(Debug)]
pub struct Counters {
    sums: Arc<Mutex<BTreeMap<String, u64>>>,
    _asking: JoinSet<()>,
}

impl Counters {
    /// Begins to count at these addresses, which stay when a process is started again.
    #[must_use]
    pub fn at(urls: Vec<String>) -> Self {
        let sums = Arc::new(Mutex::new(BTreeMap::new()));
        let mut asking = JoinSet::new();
        for url in urls {
            asking.spawn(ask(url, Arc::clone(&sums)));
        }
        Self { sums, _asking: asking }
    }

    /// The sums so far, by the metric's name and, for the ledger's commands, the result.
    #[must_use]
    pub fn sums(&self) -> BTreeMap<String, u64> {
        self.sums.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn ask(url: String, sums: Arc<Mutex<BTreeMap<String, u64>>>) {
    let (http, ask) = (Http::new(&url), Ask::get("/metrics"));
    let mut known: BTreeMap<String, u64> = BTreeMap::new();
    loop {
        tokio::time::sleep(EVERY).await;
        let Ok(Ok(answer)) = tokio::time::timeout(ANSWER_MAX, http.send(&ask)).await else {
            continue;
        };
        let found = totals(&String::from_utf8_lossy(&answer.body));
        let mut sums = sums.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, value) in &found {
            // A counter that went back belongs to a new life of the process.
            let before = known.get(name).copied().filter(|before| before <= value).unwrap_or(0);
            *sums.entry(name.clone()).or_default() += value - before;
        }
        known = found;
    }
}

/// The counters of a text in Prometheus' format, summed over their labels.
fn totals(text: &str) -> BTreeMap<String, u64> {
    let mut totals = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let Some((series, value)) = line.rsplit_once(' ') else { continue };
        let name = series.split('{').next().unwrap_or_default();
        let Ok(value) = value.parse::<u64>() else { continue };
        if name.ends_with("_total") {
            *totals.entry(name.to_owned()).or_default() += value;
        }
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_summed_over_their_labels() {
        let text = "# HELP a_total x\na_total{x=\"1\"} 2\na_total{x=\"2\"} 3\nb 7\nc_total 1\n";
        let found = totals(text);
        let found: Vec<(&str, u64)> = found.iter().map(|(name, sum)| (&**name, *sum)).collect();
        assert_eq!(found, [("a_total", 5), ("c_total", 1)]);
    }
}
