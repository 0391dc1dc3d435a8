//! The core at work: earning, spending, and random histories under the laws.

#![allow(unreachable_pub, reason = "a test crate has no outside")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test that fails here has found something"
)]

mod accepted;
mod accounted;
mod activities;
mod aid;
mod alerts;
mod attending;
mod banking;
mod booking;
mod bounds;
mod calendar;
mod calling_off;
mod coefficients;
mod conduct;
mod counters;
mod earning;
mod entered;
mod erasing;
mod estates;
mod fairness;
mod gathered;
mod grading;
mod hazards;
mod hearings;
mod histories;
mod honourly;
mod honours;
mod laws;
mod limits;
mod mediating;
mod mediation;
mod moving;
mod notice;
mod offline;
mod orderly;
mod orders;
mod pieces;
mod pseudonyms;
mod queueing;
mod queues;
mod reached;
mod referrals;
mod returning;
mod reversing;
mod rulebook;
mod services;
mod settling;
mod shopping;
mod showing;
mod slots;
mod spending;
mod steps;
mod stock;
mod sums;
mod terms;
mod time_bank;
mod vouchers;
mod weight;
mod whistles;
mod world;
