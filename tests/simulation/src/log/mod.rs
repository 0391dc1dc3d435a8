//! A model of PostgreSQL, as far as a log needs it: sessions and the lock, frames that are
//! committed or not, the index of keys, snapshots, a projection's rows with their checkpoint.
//!
//! It keeps what the schema keeps: a frame follows the last one by position and root or is refused.
//! It does to its clients what a server does: it dies, it is full, it forgets to answer, and it goes
//! on with a statement whose sender is gone.

mod append;
mod index;
mod session;
mod snapshot;
mod table;

use linli_log::{Frame, Root};

pub use append::{Execution, Fate, Refused};
pub use index::{Index, Moved};
pub use session::{SessionId, Term};
pub use snapshot::{Snapshot, Spoil};
pub use table::{Advance, Table};

use append::Executing;
use session::Sessions;
use snapshot::Snapshots;

use crate::plant::Plant;
use crate::town::Town;

/// The server.
#[derive(Debug)]
pub struct Log {
    plant: Option<Plant>,
    is_up: bool,
    is_full: bool,
    frames: Vec<Frame>,
    sessions: Sessions,
    executing: Vec<Executing>,
    executions: u64,
    /// The index of keys.
    pub index: Index,
    snapshots: Snapshots,
    /// The projection's rows and checkpoint.
    pub table: Table,
}

impl Log {
    /// A server with a log that holds the founding, all of it indexed.
    #[must_use]
    pub fn new(town: &Town, plant: Option<Plant>) -> Self {
        Self {
            plant,
            is_up: true,
            is_full: false,
            frames: vec![town.frame.clone()],
            sessions: Sessions::default(),
            executing: Vec::new(),
            executions: 0,
            index: Index::of(town),
            snapshots: Snapshots::default(),
            table: Table::default(),
        }
    }

    /// Whether it answers.
    #[must_use]
    pub fn is_up(&self) -> bool {
        self.is_up
    }

    /// Sets whether its disk is full.
    pub fn set_full(&mut self, is_full: bool) {
        self.is_full = is_full;
    }

    /// Position and root at its end.
    #[must_use]
    pub fn head(&self) -> (u64, Root) {
        match self.frames.last() {
            Some(frame) => (frame.last, frame.root),
            None => (0, linli_log::merkle::EMPTY_ROOT),
        }
    }

    /// The frames after a position, at most so many.
    pub fn frames_after(&self, position: u64, most: usize) -> impl Iterator<Item = &Frame> {
        let from = self.frames.partition_point(|frame| frame.last <= position);
        let rest = self.frames.get(from..).unwrap_or_default();
        rest.iter().take(most)
    }

    /// The root at a position at which a frame ends.
    #[must_use]
    pub fn root_at(&self, position: u64) -> Option<Root> {
        let place = self.frames.binary_search_by_key(&position, |frame| frame.last).ok()?;
        self.frames.get(place).map(|frame| frame.root)
    }

    /// The server is back after it died.
    pub fn start(&mut self) {
        self.is_up = true;
    }
}
