//! The carrier over NATS.
//!
//! A request is a `linli.v1.Request` on the district's subject. The reply to one command or many
//! is one `linli.v1.Reply` or several: each brings the answers that come next, as many as fit a
//! message, until all have come. Only the leader listens, so a request that nobody took is known
//! not to be done.

mod ask;
mod serve;
mod wire;

use std::time::Duration;

pub(crate) use ask::carry;
pub use serve::{ServeError, serve_nats};

/// Longest wait for an answer: a frame takes milliseconds, a take-over by another leader some
/// seconds. After it the outcome is unknown.
pub const REQUEST_WAIT_MAX: Duration = Duration::from_secs(5);

/// Bytes of a message that are left to headers and to servers set a little lower.
const HEADROOM_BYTES: usize = 8 * 1024;

/// The longest payload to send.
fn payload_bytes_max(client: &async_nats::Client) -> usize {
    client.max_payload().saturating_sub(HEADROOM_BYTES)
}
