//! The load on a server: a process of its own, so that its part of the processor can be told.
//!
//! The bench starts itself again as `linli-bench load`, hands it an [`Order`] on its standard
//! input, is told when the measured time begins and ends, and gets an [`Outcome`] back.

mod closed;
mod open;
mod order;
mod pace;
mod process;
mod wire;

pub(crate) use order::{Order, Outcome, Pace};
pub(crate) use pace::{Arrivals, Seconds};
pub(crate) use process::{Measured, generate, run};
pub(crate) use wire::{END_MARK, KEY_MARK, START_MARK, request};
