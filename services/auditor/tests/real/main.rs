//! Audits of logs in a real PostgreSQL: true ones, damaged ones, forged ones.

// The core's own small world: one community, two grids, a few people, rules of every kind.
#[allow(dead_code, unreachable_pub, reason = "made for other tests too, which use more of it")]
#[path = "../../../domain/tests/core/world.rs"]
mod world;

mod history;
mod store;

mod damaged;
mod forged;
mod rows;
mod sound;
