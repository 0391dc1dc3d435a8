//! The past of a district.
//!
//! [`Archive::at`] gives the state at any position or instant, replayed from the log itself, with
//! every law checked on the way; [`Archive::trail`] follows one thing through its causes, back to
//! the service that earned it and forward to what it bought; [`Archive::about`] is all that the log
//! holds about one person; [`Archive::try_rules`] asks all wishes
//! of a period again under a draft rule set, in a copy of the state, and tells who gains and who
//! loses.
//!
//! What is *not* here: a judgement whether the log is true (`linli-auditor`), the words for people
//! (`linli-gateway`), and anything that writes. A trial's records never leave its memory.

mod about;
mod follow;
mod past;
mod scores;
mod trail;
mod trial;

use std::sync::Arc;

use linli_domain::{Contradiction, Position};
use linli_log::{District, LogReader};
use linli_readmodel::{ReadError, Reader};
use tokio::sync::Mutex;

pub use about::About;
pub use past::{Moment, Past};
pub use scores::Rank;
pub use trail::{Role, Step, Subject, Trail};
pub use trial::{Bands, Change, Draft, Person, PoolTold, Refused, Side, Trial, TrialRefused};

/// How many states are kept at hand. Each is as large as the writer's.
const KEPT_MAX: usize = 3;

/// A district's past. Cheap to clone; what one caller had replayed serves the next.
#[derive(Clone, Debug)]
pub struct Archive {
    log: LogReader,
    district: District,
    reader: Reader,
    kept: Arc<Mutex<Vec<Arc<Past>>>>,
}

/// Why the past could not be told.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The log doesn't reach as far as was asked.
    #[error("the log ends at {head}")]
    Beyond {
        /// Where it ends.
        head: Position,
    },
    /// The log could not be read.
    #[error("the log could not be read")]
    Log(#[from] linli_log::ReadError),
    /// A frame or a record can't be read.
    #[error("the record at {position} can't be read")]
    Record {
        /// Which one.
        position: u64,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The log breaks a law. An audit tells more.
    #[error("the log contradicts itself")]
    Contradiction(#[from] Contradiction),
    /// The read models, which say where in the log things stand, could not be asked.
    #[error("the read models could not be asked")]
    Rows(#[from] ReadError),
    /// The replay's thread was taken away, or panicked.
    #[error("the replay was interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
}

impl Archive {
    /// The archive of a district. `reader` shows its read models.
    #[must_use]
    pub fn new(log: LogReader, district: District, reader: Reader) -> Self {
        Self { log, district, reader, kept: Arc::default() }
    }

    /// What all records up to a moment amount to.
    ///
    /// One replay goes on at a time, from the nearest state before it that is at hand; whoever asks
    /// for the same moment meanwhile waits for it.
    ///
    /// # Errors
    ///
    /// [`ArchiveError`]; [`ArchiveError::Beyond`] if the position has not been written yet.
    pub async fn at(&self, moment: Moment) -> Result<Arc<Past>, ArchiveError> {
        let mut kept = self.kept.lock().await;
        let before = kept.iter().filter(|past| past.is_before(moment));
        let past = match before.max_by_key(|past| past.position()) {
            // At hand as it is: a state is large, and copied to be moved on alone.
            Some(past) if moment == Moment::Position(past.position()) => Arc::clone(past),
            nearest => {
                let start = nearest.map_or_else(Past::default, |past| Past::clone(past));
                Arc::new(past::replay(&self.log, &self.district, start, moment).await?)
            }
        };
        if let Moment::Position(wanted) = moment
            && past.position() < wanted
        {
            return Err(ArchiveError::Beyond { head: past.position() });
        }
        kept.retain(|known| known.position() != past.position());
        if kept.len() >= KEPT_MAX {
            kept.remove(0);
        }
        kept.push(Arc::clone(&past));
        Ok(past)
    }
}
