//! The pure core of Linli: what a community records, what it rewards, and what its points buy.
//!
//! [`State::decide`] says what a command leads to or why it is refused; [`State::record`] turns a
//! decided event into a record and moves the state on; [`State::replay`] does the same with a
//! record that was decided earlier and contradicts whatever does not follow. Nothing here knows
//! async, files, networks, clocks, randomness or floating point: the time, the ids and the facts
//! are handed in, so the same log gives the same state on every machine and in every year.
//!
//! What is *not* here: wire and SQL types (`linli-proto`, `linli-readmodel`), the words of a
//! refusal (`linli-gateway`), names and telephone numbers of people (never in the log). `borsh`
//! derives on state give it the canonical bytes that the digest hashes and a snapshot keeps.

pub mod calendar;
pub mod id;
pub mod quantity;
pub mod text;
pub mod time;

pub mod allowance;
pub mod area;
pub mod estate;
pub mod household;
pub mod officer;
pub mod operator;
pub mod resident;
pub mod station;
pub mod supplier;
pub mod team;

pub mod activity;
pub mod alert;

pub mod pool;
pub mod posting;
pub mod wallet;

pub mod time_bank;

pub mod award;
pub mod conduct;
pub mod contribution;
pub mod inspection;
pub mod notice;
pub mod rules;

pub mod item;
pub mod queue;
pub mod redemption;
pub mod statement;
pub mod voucher;

pub mod aid;
pub mod hazard;
pub mod honour;
pub mod mediation;
pub mod order;
pub mod whistle;

pub mod booking;
pub mod resource;

mod command;
mod deadline;
mod event;
mod noun;
mod record;
mod refusal;
mod registry;
mod state;

pub use command::{Command, Decision};
pub use deadline::Deadline;
pub use event::Event;
pub use noun::Noun;
pub use record::{BodyHash, ClientId, IdempotencyKey, Origin, Position, Record, Stamp};
pub use refusal::Refusal;
pub use registry::Registry;
pub use state::{
    Assembly, Contradiction, Digest, Law, Piece, Redemption, State, Sunk, Unassembled, Weight,
};
