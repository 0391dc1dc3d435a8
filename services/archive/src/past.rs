//! The state at a moment, replayed.

use linli_domain::time::Timestamp;
use linli_domain::{Position, Record, State};
use linli_log::{District, LogReader};

use crate::ArchiveError;
use crate::follow::{Follow, follow};
use crate::scores::Scores;

/// A moment of the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// After the record at this position; 0 is before the first.
    Position(Position),
    /// After the last record that was recorded at or before this instant.
    Instant(Timestamp),
}

impl Moment {
    /// Is a record part of what was then?
    fn holds(self, record: &Record) -> bool {
        match self {
            Self::Position(last) => record.position <= last,
            Self::Instant(at) => record.recorded_at <= at,
        }
    }
}

/// What all records up to a moment amount to.
#[derive(Clone, Debug, Default)]
pub struct Past {
    state: State,
    scores: Scores,
}

impl Past {
    /// The state of the ledger.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The position of the last record.
    #[must_use]
    pub const fn position(&self) -> Position {
        self.state.position()
    }

    pub(crate) const fn scores(&self) -> &Scores {
        &self.scores
    }

    /// Can a replay to this moment start here?
    pub(crate) fn is_before(&self, moment: Moment) -> bool {
        match moment {
            Moment::Position(last) => self.position() <= last,
            // More records may have come at the very same instant; they are read again from here.
            Moment::Instant(at) => self.state.recorded_at() <= at,
        }
    }
}

/// A past on its way to a moment.
struct Towards {
    past: Past,
    moment: Moment,
}

impl Follow for Towards {
    fn position(&self) -> Position {
        self.past.position()
    }

    fn take(&mut self, record: &Record) -> Result<bool, ArchiveError> {
        if !self.moment.holds(record) {
            return Ok(false);
        }
        let Past { state, scores } = &mut self.past;
        state.replay(record)?;
        scores.take(state, record);
        Ok(true)
    }
}

/// Moves on to a moment, or to where the log ends.
pub(crate) async fn replay(
    log: &LogReader,
    district: &District,
    past: Past,
    moment: Moment,
) -> Result<Past, ArchiveError> {
    Ok(follow(log, district, Towards { past, moment }).await?.past)
}
