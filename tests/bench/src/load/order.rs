//! What a generator is told, and what it gives back.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use crate::waits::Tail;

/// A load.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) address: SocketAddr,
    /// Whole requests with [marks](super::wire) in them; connections take them in turn.
    pub(crate) requests: Vec<String>,
    /// Keep-alive connections; each has one request at a time under way.
    pub(crate) connections: usize,
    pub(crate) pace: Pace,
    /// How long is measured. A tenth of it, which isn't, comes before.
    pub(crate) seconds: f64,
    /// The first number for idempotency keys; a run uses fewer than 2^40.
    pub(crate) first_key: u64,
    /// The first instant of the claims made, in microseconds since 1970; each use of a request
    /// takes the next minute.
    pub(crate) claims_from_us: i64,
    /// The first minute that is free.
    pub(crate) first_minute: i64,
}

/// When requests are sent.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum Pace {
    /// The next one when the answer is there: as fast as it goes.
    Closed,
    /// So many a second, whether or not earlier ones are answered. A wait counts from the moment
    /// when the request was due, not from when a connection was free to send it.
    Open { per_second: f64 },
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Outcome {
    /// Answers of success a second.
    pub(crate) per_second: f64,
    /// How many they were, those before the measured time included.
    pub(crate) answered: u64,
    /// Answers of 429 and 503: come again.
    pub(crate) turned_away: u64,
    /// How long the successes took.
    pub(crate) tail: Tail,
    /// By how much an open load's requests were handed out later than due: the generator's own
    /// part of their waits.
    pub(crate) late_p99_us: f64,
}
