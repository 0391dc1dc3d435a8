//! Killed in the middle of traffic: nothing that was answered is lost, nothing is done twice, and
//! the audit holds.

#![allow(unreachable_pub, reason = "a test crate has no outside")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here has found something"
)]

mod demo;
mod fault;
mod traffic;
