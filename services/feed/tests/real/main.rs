//! A feed over a real log.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails panics; what the tests share is a test too"
)]

mod support;

mod behind;
mod sharing;
