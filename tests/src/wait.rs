//! Waiting for something to come true, with a bound.

use std::time::Duration;

use anyhow::Context as _;

/// How often it is looked: often enough that no test is slow by it, seldom enough that two cores
/// have time for the system.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// Long enough for a start of everything on a busy machine.
pub const LONG: Duration = Duration::from_secs(60);

/// Looks until there is something to see, and gives it.
///
/// # Errors
///
/// If there is nothing within that time; `what` says what was awaited.
pub async fn until<T>(
    what: &str,
    within: Duration,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> anyhow::Result<T> {
    let watch = async {
        loop {
            if let Some(seen) = look().await {
                return seen;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    };
    let seen = tokio::time::timeout(within, watch).await;
    seen.with_context(|| format!("waited {} s in vain: {what}", within.as_secs()))
}
