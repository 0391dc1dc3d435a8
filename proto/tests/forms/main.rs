//! Every form of every record, command and refusal: held against bytes that never change, or sent
//! there and back.
//!
//! `tests/golden/records.txt` holds the real bytes of each form of a record, a line each. Lines are
//! only ever added: `UPDATE_GOLDEN=1` appends those of new samples, and nothing rewrites one.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "likewise")]

mod activities;
mod awards;
mod commands;
mod conduct;
mod counters;
mod estates;
mod events;
mod fairness;
mod golden;
mod goods;
mod honours;
mod mediation;
mod notices;
mod orders;
mod places;
mod pseudonyms;
mod queues;
mod refusals;
mod rules;
mod services;
mod spending;
mod strict;
mod table;
mod time_bank;
mod values;
