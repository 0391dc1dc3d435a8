//! Waiting for a state, with a bound.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How often a state is looked at while waiting for it.
const PAUSE_MS: u64 = 20;

/// Looks until `look` gives something, at most `bound_s` seconds; then looks no more.
pub(crate) async fn until<T>(bound_s: u64, mut look: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now().checked_add(Duration::from_secs(bound_s))?;
    loop {
        if let Some(found) = look().await {
            return Some(found);
        }
        if Instant::now() >= end {
            return None;
        }
        sleep(Duration::from_millis(PAUSE_MS)).await;
    }
}
