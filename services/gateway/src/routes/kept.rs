//! Answers that take a look at much and that anybody may ask for: they are given again for a while.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::problem::Problem;

/// How long an answer is given again.
pub(super) const KEPT: Duration = Duration::from_secs(10);

/// So many answers are kept at once: of quarters two years, where most ask for the last one.
const KEPT_MAX: usize = 8;

/// The newest answers by what they are about, and when each was made. Whoever asks meanwhile waits for it.
#[derive(Debug)]
pub(crate) struct Kept<About, Told>(Mutex<BTreeMap<About, (Instant, Told)>>);

impl<About, Told> Default for Kept<About, Told> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<About: Copy + Ord, Told: Clone> Kept<About, Told> {
    /// The answer about this, made now unless one is young enough.
    pub(super) async fn told(
        &self,
        about: About,
        make: impl Future<Output = Result<Told, Problem>>,
    ) -> Result<Told, Problem> {
        let mut kept = self.0.lock().await;
        if let Some((_, told)) = kept.get(&about).filter(|(made, _)| made.elapsed() < KEPT) {
            return Ok(told.clone());
        }
        let told = make.await?;
        kept.insert(about, (Instant::now(), told.clone()));
        while kept.len() > KEPT_MAX {
            kept.pop_first();
        }
        Ok(told)
    }
}
