//! The log against a real PostgreSQL and a real NATS.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::float_arithmetic,
    reason = "a test that fails panics; the helpers are tests too"
)]

mod support;

mod schema;
mod writer;

mod keys;
mod reader;
mod snapshots;

mod follow;
mod relay;
