//! The connection to NATS: made once, found again for ever.

use std::time::Duration;

use async_nats::{Client, ConnectError, ConnectOptions, Event};

/// Longest wait for a connection or for the answer to a request.
pub const NATS_WAIT_MAX: Duration = Duration::from_secs(2);

/// Longest pause between two attempts to reconnect.
pub const NATS_PAUSE_MAX: Duration = Duration::from_secs(2);

/// First pause between two attempts to reconnect; it doubles up to [`NATS_PAUSE_MAX`].
const PAUSE_MIN: Duration = Duration::from_millis(50);

/// How often an idle connection is tried: two that go unanswered end it.
const PING: Duration = Duration::from_secs(3);

/// Makes a connection. Answers at once, whether or not the server is there: the connection comes
/// about, and is found again, in the background.
///
/// # Errors
/// [`ConnectError`] when `url` is not an address.
pub async fn connect(url: &str, name: &str) -> Result<Client, ConnectError> {
    ConnectOptions::new()
        .name(name)
        .retry_on_initial_connect()
        .connection_timeout(NATS_WAIT_MAX)
        .request_timeout(Some(NATS_WAIT_MAX))
        .ping_interval(PING)
        .reconnect_delay_callback(pause)
        .event_callback(|event| async move { log(&event) })
        .connect(url)
        .await
}

fn pause(attempts: usize) -> Duration {
    let doublings = u32::try_from(attempts).unwrap_or(u32::MAX).min(16);
    PAUSE_MIN.saturating_mul(2_u32.saturating_pow(doublings)).min(NATS_PAUSE_MAX)
}

fn log(event: &Event) {
    match event {
        Event::Connected => tracing::info!("NATS is connected"),
        Event::Disconnected => tracing::warn!("NATS is disconnected"),
        Event::SlowConsumer(_) | Event::ServerError(_) | Event::ClientError(_) => {
            tracing::warn!(%event, "NATS has a fault");
        }
        Event::LameDuckMode | Event::Draining | Event::Closed => tracing::info!(%event, "NATS"),
    }
}
