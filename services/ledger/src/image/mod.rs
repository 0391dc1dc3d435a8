//! What a log amounts to at a position: all that the writer needs of the past.

mod pace;
mod replay;
mod restore;
mod snapshot;
#[cfg(test)]
mod tests;

use linli_domain::{Contradiction, Origin, Position, Record, State};
use linli_log::Frame;
use linli_log::Frontier;
use linli_log::frame::FrameFault;

use crate::keys::{Filter, Mark};

use replay::ReadFrame;

pub(crate) use pace::Pace;
pub(crate) use replay::replay_to;
pub use restore::RestoreError;
pub(crate) use restore::{Restored, restore};
pub(crate) use snapshot::{FORMAT, Unwritten, write};

/// A fold of all records up to a position.
#[derive(Clone, Debug, Default)]
pub struct Image {
    /// The ledger's state.
    pub(crate) state: State,
    /// The Merkle tree's right edge.
    pub(crate) frontier: Frontier,
    /// A mark of every key used.
    pub(crate) filter: Filter,
}

/// A frame that does not follow from the log before it.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// Its place, its roots or its length are wrong.
    #[error("the frame that begins at {first} does not fit the log before it")]
    Frame {
        /// The frame's first position.
        first: u64,
        /// What is wrong.
        #[source]
        source: FrameFault,
    },
    /// A record can't be read.
    #[error("the record at {position} can't be read")]
    Record {
        /// Its position.
        position: u64,
        /// Why.
        #[source]
        source: linli_proto::Malformed,
    },
    /// A record breaks a law of the domain.
    #[error("the log contradicts itself")]
    Contradiction(#[from] Contradiction),
}

impl Image {
    /// The position of the last record.
    #[must_use]
    pub fn position(&self) -> Position {
        self.state.position()
    }

    /// Moves on over a frame of the log, checking all that it says.
    ///
    /// # Errors
    /// [`ReplayError`]; the image is then of no more use.
    pub fn replay(&mut self, frame: &Frame) -> Result<(), ReplayError> {
        self.fold(ReadFrame::of(frame, &self.frontier)?)
    }

    /// What it amounts to for the domain.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    fn mark(&mut self, record: &Record) {
        if let Origin::Command { client, key, .. } = &record.origin {
            self.filter.insert(Mark::of(*client, key));
        }
    }
}
