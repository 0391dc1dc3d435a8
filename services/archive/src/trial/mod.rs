//! Trials of draft rules: what a period would have given under them.
//!
//! Every wish of the period is asked again, in its order and at its time, of a copy of the state in
//! which the draft was published at the period's begin. So caps, pools, lots and stock go on from
//! the draft's own past, as they would have, and not from what really happened: whoever would have
//! earned less may not have afforded what was bought, and is told of.

mod bench;
mod told;

use std::collections::BTreeMap;

use linli_domain::id::ResidentId;
use linli_domain::rules::{InvalidRules, RuleSet};
use linli_domain::time::Timestamp;

use crate::follow::follow;
use crate::past::{Past, replay};
use crate::{Archive, ArchiveError, Moment};

pub use told::{Change, Person, PoolTold, Refused, Side, Trial};

/// Whose age band, or any other group that people are told apart by, is which. The log knows no
/// ages, so whoever asks brings them.
pub type Bands = BTreeMap<ResidentId, String>;

/// What is to be tried.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The rules. Their version and date are set by the trial.
    pub rules: RuleSet,
    /// Contributions that end at or after this are awarded by them.
    pub from: Timestamp,
    /// The trial ends with the last record before this.
    pub until: Timestamp,
    /// Groups to tell of besides categories and grids; nobody needs to be in one.
    pub bands: Bands,
}

/// Why a draft was not tried.
#[derive(Debug, thiserror::Error)]
pub enum TrialRefused {
    /// It makes no sense.
    #[error("the draft makes no sense")]
    Invalid(#[from] InvalidRules),
    /// The period ends before it begins.
    #[error("the period ends before it begins")]
    Period,
    /// The log could not be replayed.
    #[error("the log could not be replayed")]
    Archive(#[from] ArchiveError),
}

impl Archive {
    /// Asks all wishes of a period again under a draft. Nothing is written anywhere.
    ///
    /// Takes about twice as long as a replay of the log up to the period's end.
    ///
    /// # Errors
    ///
    /// [`TrialRefused`].
    pub async fn try_rules(&self, draft: Draft) -> Result<Trial, TrialRefused> {
        if draft.from >= draft.until {
            return Err(TrialRefused::Period);
        }
        draft.rules.check()?;
        let before = Moment::Instant(Timestamp::from_microseconds(
            draft.from.microseconds().saturating_sub(1),
        ));
        let past = replay(&self.log, &self.district, Past::default(), before).await?;
        let bench = bench::Bench::new(past.state().clone(), draft)?;
        let bench = follow(&self.log, &self.district, bench).await?;
        let work = tokio::task::spawn_blocking(move || bench.finish());
        Ok(work.await.map_err(ArchiveError::from)??)
    }
}
