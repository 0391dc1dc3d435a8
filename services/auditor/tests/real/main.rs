//! Audits of logs in a real PostgreSQL: true ones, damaged ones, forged ones.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::wildcard_enum_match_arm,
    reason = "a test that fails here has found something"
)]

// The core's own small world: one community, two grids, a few people, rules of every kind.
#[allow(dead_code, unreachable_pub, reason = "made for other tests too, which use more of it")]
#[path = "../../../domain/tests/core/rulebook.rs"]
mod rulebook;
#[allow(dead_code, unreachable_pub, reason = "made for other tests too, which use more of it")]
#[path = "../../../domain/tests/core/world.rs"]
mod world;

mod history;
mod store;

mod books;
mod damaged;
mod forged;
mod queues;
mod rows;
mod sound;
mod stored_time;
