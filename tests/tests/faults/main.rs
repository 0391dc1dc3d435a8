//! Killed, cut, full, stopped in the middle of traffic: nothing that was answered is lost, nothing
//! is done twice, and the audit holds. The same as `linli-tests faults`, for as long as it takes.

#![allow(unreachable_pub, reason = "a test crate has no outside")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here has found something"
)]

mod checkers;
mod demo;
mod fault;
mod planted;
mod rows;
