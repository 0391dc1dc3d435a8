//! Ranks from memory: a resident's rank, the neighbours around one, the best, among a million, in
//! microseconds.
//!
//! A [`Ladder`] is a ranking of one area in one period, in order. It is filled from the rows of the
//! projection of rankings when it is first asked for, and moved on by the same frames from which
//! those rows are made; its answers are those of the queries of `linli-readmodel`, and a test holds
//! them against one another. [`Ranks`] keeps a district's ladders, in bounds: the residents of all
//! ladders of a process share one [`Room`], ladders that nobody asks for go, and whoever asks for
//! one that isn't there is told to ask the rows ([`Asked::InRows`]).
//!
//! | a question comes | it is answered |
//! |---|---|
//! | for a ladder that is kept | from memory, at the last record that was taken |
//! | for one that isn't | from memory once it is filled, if that is soon, else from the rows |
//! | while the district isn't known, at the start or after a fault | from the rows |
//!
//! What is *not* here: rows that anybody writes, names of people, who may ask what. Nothing is
//! kept: what is in memory is thrown away at any doubt and made again.

mod counted;

mod ladder;

mod ground;
mod room;
mod seat;

mod fault;
mod fill;
mod fold;
mod metrics;
mod ranks;
mod run;

pub use counted::Counted;
pub use ladder::{Deed, Ladder, Overflow, Step};
pub use metrics::Metrics;
pub use ranks::{Answer, Asked, Ranks, Settings, Wish};
pub use room::Room;
