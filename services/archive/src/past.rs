//! The state at a moment, replayed.

use linli_domain::time::Timestamp;
use linli_domain::{Position, Record, State};
use linli_log::{District, Frame, LogReader};

use crate::ArchiveError;
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

    fn take(&mut self, record: &Record) -> Result<(), ArchiveError> {
        self.state.replay(record)?;
        self.scores.take(&self.state, record);
        Ok(())
    }
}

/// Moves on to a moment, or to where the log ends.
pub(crate) async fn replay(
    log: &LogReader,
    district: &District,
    mut past: Past,
    moment: Moment,
) -> Result<Past, ArchiveError> {
    loop {
        let page = log.frames_after(district, past.position().0).await?;
        if page.is_empty() {
            return Ok(past);
        }
        // On a thread of its own: the runtime's are for whoever must answer.
        let work = tokio::task::spawn_blocking(move || {
            let arrived = over(&page, past.position(), |record| {
                if !moment.holds(record) {
                    return Ok(false);
                }
                past.take(record).map(|()| true)
            })?;
            Ok::<_, ArchiveError>((past, arrived))
        });
        let (moved, arrived) = work.await??;
        past = moved;
        if arrived {
            return Ok(past);
        }
    }
}

/// Hands the records of a page that come after a position to `take`, until that says to stop.
/// Answers whether it did.
pub(crate) fn over(
    page: &[Frame],
    after: Position,
    mut take: impl FnMut(&Record) -> Result<bool, ArchiveError>,
) -> Result<bool, ArchiveError> {
    for frame in page {
        for (position, bytes) in (frame.first..).zip(frame.records()) {
            if position <= after.0 {
                continue;
            }
            let unread = |source| ArchiveError::Record { position, source };
            let bytes = bytes.map_err(|fault| unread(Box::new(fault)))?;
            let record =
                linli_proto::decode_record(bytes).map_err(|fault| unread(Box::new(fault)))?;
            if !take(&record)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
