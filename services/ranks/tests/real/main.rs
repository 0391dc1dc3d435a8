//! Ranks from memory against real rows: what memory answers is what the queries answer.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::float_arithmetic,
    reason = "a test that fails here has found something"
)]

mod agree;
mod bounds;
mod faults;
mod history;
mod house;
