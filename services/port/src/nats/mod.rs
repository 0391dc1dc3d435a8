//! The carrier over NATS.
//!
//! A request is a `linli.v1.Request` on the district's subject. The reply to one command or many
//! is one `linli.v1.Reply` or several, each with as many answers as fit a message; a header tells
//! which command the first of them is for, so that no answer is taken for another's even when a
//! leader that was paused answers beside the new one. Only the leader listens, so a request that
//! nobody took is known not to be done.

mod ask;
mod serve;
mod wire;

use std::time::Duration;

pub(crate) use ask::carry;
pub use serve::{ServeError, serve_nats};

/// Longest wait for an answer: a frame takes milliseconds, a full intake half a second. A leader
/// that was killed never answers, so the sooner one asks again, the less a take-over costs.
/// After it the outcome is unknown.
pub const REQUEST_WAIT_MAX: Duration = Duration::from_millis(1_500);

/// Longest wait for a test clock: all that falls due by then is recorded first, and a year of
/// lapsing lots takes a moment.
const CLOCK_WAIT_MAX: Duration = Duration::from_secs(25);

/// The header of a reply that tells for which command, from 0, its first answer is; 0 if absent.
const FIRST_ANSWER: &str = "Linli-First-Answer";

/// Bytes of a message that are left to headers and to servers set a little lower.
const HEADROOM_BYTES: usize = 8 * 1024;

/// The longest payload to send.
fn payload_bytes_max(client: &async_nats::Client) -> usize {
    client.max_payload().saturating_sub(HEADROOM_BYTES)
}
