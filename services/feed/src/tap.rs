//! The task that follows the log, decodes each frame once, and fills the window.

use std::sync::Arc;
use std::time::Duration;

use linli_log::{Follower, Frame};

use crate::decoded::Decoded;
use crate::feed::{Core, Source};

/// The name under which the log counts what feeds follow.
const FOLLOWER: &str = "feed";

/// The pause before a log that can't be read is asked again where it ends.
pub(crate) const LOG_PAUSE: Duration = Duration::from_millis(500);

/// Follows from where the log ends now until it can't go on.
pub(crate) async fn tap(core: Arc<Core>, source: Arc<Source>) {
    let mut follower = follow_from_end(&core, &source).await;
    loop {
        room(&core).await;
        match follower.next().await {
            Ok(frame) => take(&core, &frame),
            Err(why) => return core.end(why),
        }
    }
}

async fn follow_from_end(core: &Core, source: &Source) -> Follower {
    let Source { reader, nats, district, bell, log_metrics, metrics: _ } = source;
    let mut failed = false;
    let head = loop {
        match reader.head(district).await {
            Ok(head) => break head,
            Err(error) if failed => drop(error),
            Err(error) => {
                let error: &(dyn std::error::Error + 'static) = &error;
                tracing::warn!(%district, error, "the log can't be read; it is tried on");
                failed = true;
            }
        }
        tokio::time::sleep(LOG_PAUSE).await;
    };
    let position = head.map_or(0, |head| head.last);
    core.window().begin(position);
    core.came.send_replace(());
    let mut follower = Follower::new(reader.clone(), nats.clone(), district.clone(), position);
    if let Some(head) = head {
        follower = follower.with_root(head.root);
    }
    if let Some(bell) = bell {
        follower = follower.with_bell(bell.clone());
    }
    if let Some(metrics) = log_metrics {
        follower = follower.with_metrics(metrics, FOLLOWER);
    }
    follower
}

/// Waits until the fastest subscription has taken something, if there is no room.
async fn room(core: &Core) {
    while core.window().is_to_wait() {
        core.taken.notified().await;
    }
}

fn take(core: &Core, frame: &Frame) {
    let decoded = Arc::new(Decoded::of(frame));
    let mut window = core.window();
    window.push(decoded);
    if let Some(metrics) = &core.metrics {
        metrics.position.set(i64::try_from(window.end()).unwrap_or(i64::MAX));
        metrics.held_bytes.set(i64::try_from(window.held_bytes()).unwrap_or(i64::MAX));
    }
    drop(window);
    core.came.send_replace(());
}
