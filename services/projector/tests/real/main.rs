//! Projectors on a real PostgreSQL and NATS: records of the real core go into the log, and what
//! comes out of the read models is what the core's state says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    clippy::missing_errors_doc,
    missing_docs,
    reason = "a test that can't go on says so by failing"
)]

mod agree;
mod support;
mod world;

mod backlog;
mod deliveries;
mod faults;
mod following;
mod rebuilding;
mod story;
