//! The read models on a real PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails panics; the helpers are tests too"
)]

mod support;

mod schema;

mod checkpoints;
mod generations;
mod rankings;
mod snapshots;
mod waiting;
