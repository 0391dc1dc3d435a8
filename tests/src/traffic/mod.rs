//! Traffic that never gives up: each command is sent under one key until it is answered, and what
//! was answered goes into a journal.

mod client;
mod journal;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tokio::task::JoinHandle;

use crate::{Place, wait};
use client::Client;

pub use journal::{Entry, Journal};

/// What all clients share.
#[derive(Debug, Default)]
struct Shared {
    over: AtomicBool,
    acknowledged: AtomicU64,
    /// Answers that told nothing: no connection, come again, outcome unknown.
    in_doubt: AtomicU64,
    /// Answers that told of a command that had been done by an earlier, unanswered request.
    found_done: AtomicU64,
}

/// Clients at work.
#[derive(Debug)]
pub struct Traffic {
    shared: Arc<Shared>,
    clients: Vec<JoinHandle<anyhow::Result<Vec<Entry>>>>,
}

impl Traffic {
    /// One client for each of the crowd: it serves, has it verified, and spends.
    #[must_use]
    pub fn start(place: &Arc<Place>) -> Self {
        let shared = Arc::new(Shared::default());
        let client = |at| {
            let client = Client::new(Arc::clone(place), Arc::clone(&shared), at);
            tokio::spawn(client.work())
        };
        let clients = (0..place.crowd.len()).map(client).collect();
        Self { shared, clients }
    }

    /// How many commands were acknowledged so far.
    #[must_use]
    pub fn acknowledged(&self) -> u64 {
        self.shared.acknowledged.load(Ordering::Relaxed)
    }

    /// Waits until so many more are acknowledged.
    ///
    /// # Errors
    ///
    /// If they aren't in time.
    pub async fn flows(&self, more: u64) -> anyhow::Result<()> {
        let goal = self.acknowledged() + more;
        let stuck = || self.clients.iter().any(JoinHandle::is_finished);
        let look = async || (self.acknowledged() >= goal || stuck()).then_some(());
        wait::until(&format!("{more} more commands are acknowledged"), wait::LONG, look).await
    }

    /// Lets each client finish what it is at, and gives the journal.
    ///
    /// # Errors
    ///
    /// What a client was refused: it wishes for nothing that may be.
    pub async fn stop(self) -> anyhow::Result<Journal> {
        self.shared.over.store(true, Ordering::Relaxed);
        let mut entries = Vec::new();
        for client in self.clients {
            entries.extend(client.await??);
        }
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let (in_doubt, found_done) = (of(&self.shared.in_doubt), of(&self.shared.found_done));
        Ok(Journal { entries, in_doubt, found_done })
    }
}
