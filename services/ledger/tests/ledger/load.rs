//! Senders that go on through faults, and what must be true afterwards.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use linli_domain::Position;
use linli_port::{Port, Rejected};
use tokio::task::JoinSet;

use crate::commands::{envelope, fund};
use crate::house::{House, pause, within};

const SENDERS: usize = 32;
const EACH: usize = 40;

/// Senders that send until every command has an answer, asking again with the same key.
pub(crate) struct Load {
    /// Where to: the newest ledger's port.
    port: Mutex<Port>,
    accepted: AtomicUsize,
}

impl Load {
    /// Begins on the current runtime.
    pub(crate) fn begin(port: &Port) -> (Arc<Self>, JoinSet<Vec<Position>>) {
        let load = Self { port: Mutex::new(port.clone()), accepted: AtomicUsize::new(0) };
        let (load, mut senders) = (Arc::new(load), JoinSet::new());
        for sender in 0..SENDERS {
            let load = Arc::clone(&load);
            senders.spawn(async move { load.send_all(sender).await });
        }
        (load, senders)
    }

    async fn send_all(&self, sender: usize) -> Vec<Position> {
        let mut positions = Vec::new();
        for n in 0..EACH {
            positions.push(self.send(&format!("{sender}-{n}")).await);
            self.accepted.fetch_add(1, Ordering::Relaxed);
        }
        positions
    }

    async fn send(&self, key: &str) -> Position {
        loop {
            let port = self.port.lock().unwrap().clone();
            match port.submit_one(envelope(key, fund(100))).await {
                Ok(accepted) => return accepted.records[0].position,
                Err(Rejected::Refused(refused)) => panic!("{refused}"),
                Err(_) => pause().await,
            }
        }
    }

    /// From now on the senders use this port.
    pub(crate) fn send_to(&self, port: &Port) {
        *self.port.lock().unwrap() = port.clone();
    }

    /// Waits until so many quarters of the load are accepted.
    pub(crate) async fn reaches(&self, quarters: usize) {
        within("the load", async {
            while self.accepted.load(Ordering::Relaxed) < SENDERS * EACH * quarters / 4 {
                pause().await;
            }
        })
        .await;
    }
}

/// Replays the log and compares it with what the senders were told.
pub(crate) async fn check_exactly_once(house: &House, acknowledged: Vec<Position>) {
    let audit = house.audit().await;
    assert_eq!(audit.records.len(), SENDERS * EACH + 1);
    assert!(audit.commands_by_key().values().all(|commands| *commands == 1));
    let mut acknowledged: Vec<u64> = acknowledged.into_iter().map(|position| position.0).collect();
    acknowledged.sort_unstable();
    assert_eq!(acknowledged, (2..=audit.state.position().0).collect::<Vec<u64>>());
}
