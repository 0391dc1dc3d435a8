//! Traffic that never gives up: each command is sent under one key until it is answered, and what
//! was sent and answered goes into a journal.

mod client;
mod hand;
mod journal;
mod operation;
mod told;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;
use tokio::task::JoinHandle;

use crate::{Http, Place, wait};
use client::Client;
use journal::Wanted;

pub use hand::{Hand, Sending};
pub use journal::{Journal, read};
pub use operation::{Attempt, Kind, Operation, Outcome, Returned};
pub use told::{Entry, Repeat, Told};

/// With this begins every idempotency key of traffic.
pub const KEYS: &str = "traffic-";

/// Acknowledged commands that are kept with all their bytes, some 2 KB each: more than are asked
/// again, and few enough for a run of hours.
const ENTRIES_MAX: usize = 8_192;

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// So many clients for each of the crowd, each of which does one thing after the other: with
    /// two, an account is used by two at once.
    pub hands: usize,
    /// Is the wallet looked at after each round?
    pub reads: bool,
}

/// What all clients share.
#[derive(Debug)]
struct Shared {
    journal: Journal,
    over: AtomicBool,
    acknowledged: AtomicU64,
    /// The last position of any of them.
    newest: AtomicU64,
    /// Answered reads.
    read: AtomicU64,
    /// Answers that told nothing: no connection, come again, outcome unknown.
    in_doubt: AtomicU64,
    /// Of these, reads that were told to come again.
    late_reads: AtomicU64,
    /// Answers that told of a command that had been done by an earlier, unanswered request.
    found_done: AtomicU64,
    entries: Mutex<Kept>,
}

/// An even sample of the acknowledged commands: every `step`th.
#[derive(Debug)]
struct Kept {
    entries: Vec<Entry>,
    step: usize,
    passed: usize,
}

impl Shared {
    fn keep(&self, entry: Entry) {
        let mut kept = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        kept.passed += 1;
        if !kept.passed.is_multiple_of(kept.step) {
            return;
        }
        kept.entries.push(entry);
        if kept.entries.len() > ENTRIES_MAX {
            let mut at = 0;
            kept.entries.retain(|_| {
                at += 1;
                at % 2 == 0
            });
            kept.step *= 2;
        }
    }
}

/// Clients at work.
#[derive(Debug)]
pub struct Traffic {
    shared: Arc<Shared>,
    clients: Vec<JoinHandle<anyhow::Result<()>>>,
    /// Of a journal that nobody asked to keep.
    _folder: Option<TempDir>,
}

impl Traffic {
    /// One client for each of the crowd: it serves, has it verified, and spends.
    ///
    /// # Errors
    ///
    /// If there is no place for the journal.
    pub fn start(place: &Arc<Place>) -> anyhow::Result<Self> {
        let folder = TempDir::new()?;
        let mut traffic = Self::idle(&folder.path().join("journal"))?;
        traffic.add(place, Load { hands: 1, reads: false });
        Ok(Self { _folder: Some(folder), ..traffic })
    }

    /// A journal in this new file, and no clients yet.
    ///
    /// # Errors
    ///
    /// If there is a file of that name, or it can't be made.
    pub fn idle(journal: &Path) -> anyhow::Result<Self> {
        let shared = Arc::new(Shared {
            journal: Journal::create(journal)?,
            over: AtomicBool::new(false),
            acknowledged: AtomicU64::new(0),
            newest: AtomicU64::new(0),
            read: AtomicU64::new(0),
            in_doubt: AtomicU64::new(0),
            late_reads: AtomicU64::new(0),
            found_done: AtomicU64::new(0),
            entries: Mutex::new(Kept { entries: Vec::new(), step: 1, passed: 0 }),
        });
        Ok(Self { shared, clients: Vec::new(), _folder: None })
    }

    /// Adds clients for each of the crowd.
    pub fn add(&mut self, place: &Arc<Place>, load: Load) {
        let all = place.crowd.len() * load.hands;
        for at in 0..all {
            let hand = self.hand(&place.http, at);
            let client = Client::new(Arc::clone(place), hand, at, load);
            self.clients.push(tokio::spawn(client.work()));
        }
    }

    /// A hand of one's own, whose operations go into the same journal.
    #[must_use]
    pub fn hand(&self, http: &Http, client: usize) -> Hand {
        let client = u32::try_from(client).unwrap_or(u32::MAX);
        Hand { shared: Arc::clone(&self.shared), http: http.clone(), client }
    }

    /// The journal.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.shared.journal
    }

    /// How many commands were acknowledged so far.
    #[must_use]
    pub fn acknowledged(&self) -> u64 {
        self.shared.acknowledged.load(Ordering::Relaxed)
    }

    /// The last position that anybody was told of so far.
    #[must_use]
    pub fn newest(&self) -> u64 {
        self.shared.newest.load(Ordering::Relaxed)
    }

    /// How many reads were answered so far.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.shared.read.load(Ordering::Relaxed)
    }

    /// How many answers told nothing so far.
    #[must_use]
    pub fn in_doubt(&self) -> u64 {
        self.shared.in_doubt.load(Ordering::Relaxed)
    }

    /// How many of these were to reads.
    #[must_use]
    pub fn late_reads(&self) -> u64 {
        self.shared.late_reads.load(Ordering::Relaxed)
    }

    /// How many commands so far had been done by a request that was never answered.
    #[must_use]
    pub fn found_done(&self) -> u64 {
        self.shared.found_done.load(Ordering::Relaxed)
    }

    /// Waits until so many more are acknowledged, or a client has ended.
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

    /// Lets each client finish what it is at, and gives what they were told.
    ///
    /// # Errors
    ///
    /// What a client was refused: it wishes for nothing that may be.
    pub async fn stop(self) -> anyhow::Result<Told> {
        let told = self.halt().await?;
        match told.gave_up.first() {
            Some(why) => anyhow::bail!("{why}"),
            None => Ok(told),
        }
    }

    /// The same, whatever clients were refused: that stands in what they were told.
    ///
    /// # Errors
    ///
    /// If the journal can't be read back.
    pub async fn halt(mut self) -> anyhow::Result<Told> {
        self.shared.over.store(true, Ordering::Relaxed);
        let mut gave_up = Vec::new();
        for client in self.clients.drain(..) {
            if let Err(error) = client.await? {
                gave_up.push(format!("{error:#}"));
            }
        }
        self.told(gave_up)
    }

    /// Takes the clients away from what they are at, for a system that will not answer any more,
    /// and gives what they were told.
    ///
    /// # Errors
    ///
    /// If the journal can't be read back.
    pub async fn abandon(mut self) -> anyhow::Result<Told> {
        for client in self.clients.drain(..) {
            client.abort();
            // It ended by itself, or was taken away: what it was told is in the journal.
            drop(client.await);
        }
        self.told(Vec::new())
    }

    fn told(self, gave_up: Vec<String>) -> anyhow::Result<Told> {
        let journal = self.shared.journal.path().to_owned();
        let mut kept = self.shared.entries.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Told {
            operations: read(&journal)?,
            gave_up,
            journal,
            entries: std::mem::take(&mut kept.entries),
            in_doubt: self.shared.in_doubt.load(Ordering::Relaxed),
            found_done: self.shared.found_done.load(Ordering::Relaxed),
        })
    }
}
