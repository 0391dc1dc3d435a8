//! What the tests of the whole system stand on: a running system with a database of its own, a
//! small place in it, processes to kill, and waits that end.
//!
//! | for | there is |
//! |---|---|
//! | everything in this process | [`TestSystem`] |
//! | processes of the `linli` binary | [`Binary`], [`Process`] |
//! | the same over servers of its own, to be killed | [`Fleet`] |
//! | several whole systems for one district | [`Grounds`], [`Whole`] |
//! | clients that don't give up, and their journal | [`Traffic`], [`traffic`] |
//! | a connection that is slow, cut at a byte, or lies | [`wire`] |
//! | what a run leaves behind, and what has to hold of it | [`evidence`], [`check`] |
//! | faults on the real thing | [`faults`] |
//! | hands in what is stored, by the hundred | [`tamper`] |
//! | areas, people, officers, counters, goods | [`Place`], founded through HTTP like any other |
//! | requests that no typed client would send | [`Http`], [`Ask`] |
//! | chance by a seed | [`Chance`] |
//! | a city of a million, for benches | [`city::grow`] |
//! | a million on a ranking, for benches | [`crowd::rank`] |
//! | something that comes true by and by | [`wait::until`] |
//!
//! What is *not* here: tests, which stand in `tests/tests/`, and anything that a service does.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "times and counts of a test; an overflow ends the test, as it should"
)]

pub mod check;
pub mod city;
pub mod crowd;
pub mod disk;
pub mod evidence;
pub mod faults;
pub mod postgres;
pub mod strace;
pub mod tamper;
pub mod traffic;
pub mod wait;
pub mod wire;

mod chance;
mod fleet;
mod http;
mod place;
mod process;
mod system;
mod whole;

pub use chance::Chance;
pub use fleet::{Crew, DISTRICT, Fleet, Rig, Ship};
pub use http::{Answer, Ask, Http, digest};
pub use place::{
    Areas, Counter, Items, Officers, People, Person, Place, Wish, mediated_rules, plain_rules,
};
pub use process::{Audit, Binary, Process, free_address, signal};
pub use system::{NOW, Terms, TestSystem};
pub use traffic::Traffic;
pub use whole::{Grounds, Whole};
