//! A simulation of what Linli promises: the core, the writer's desk, a follower's place and the
//! feed's window, driven in one loop from one seed, against models of PostgreSQL, JetStream,
//! networks and clocks that do the worst they may.
//!
//! | for | there is |
//! |---|---|
//! | one seed, many seeds | [`run`], [`swarm`] |
//! | chance, time, notes | [`chance`], [`time`], [`trace`] |
//! | the place, and those who ask | [`town`], [`client`] |
//! | PostgreSQL, JetStream | [`log`], [`stream`] |
//! | those who act on the real types | [`ledger`], [`projector`] |
//! | what must hold, and by which reference | [`check`], [`model`] |
//! | rare paths, planted mistakes | [`sometimes`], [`plant`] |
//!
//! What is *not* here: the asynchronous shells round what is driven, SQL, HTTP, real servers. See
//! `docs/simulation.md`.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "figures of a simulation; an overflow ends the run, as it should"
)]

pub mod chance;
pub mod check;
pub mod client;
pub mod ledger;
pub mod log;
pub mod model;
pub mod plant;
pub mod projector;
pub mod run;
pub mod sometimes;
pub mod stream;
pub mod swarm;
pub mod time;
pub mod town;
pub mod trace;
