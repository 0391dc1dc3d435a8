//! The ledger on a real PostgreSQL and a real NATS.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    reason = "helpers of tests end a test as a test does"
)]

mod commands;
mod house;
mod load;

mod away;
mod deadlines;
mod faults;
mod frames;
mod in_order;
mod index;
mod leadership;
mod over_nats;
mod snapshots;
mod standby;
mod twice_is_once;
mod word;
