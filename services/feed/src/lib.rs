//! A district's frames, followed and decoded once in a process, for all who fold them.
//!
//! Projections and boards all want the same records. A [`Feed`] follows the log once, decodes each
//! frame once, and hands it as an [`Arc`](std::sync::Arc) to every [`Subscription`], each of which
//! has a position of its own.
//!
//! | a subscription stands | its next frame comes |
//! |---|---|
//! | where the feed stands | from the feed, when there is one |
//! | in what the feed still holds ([`Window`]) | from memory |
//! | before that | from the log, in pages that those who are behind share ([`Shelf`]) |
//!
//! The feed waits for the fastest of its subscriptions and never for a slow one: what a slow one
//! has not taken in time it reads from the log again. What everybody has taken is dropped at once,
//! so an idle feed holds nothing.
//!
//! [`Window`] and [`Shelf`] are pure: they know no clock, no task and no store, so that chance can
//! be played against them. A frame that can't be decoded is handed out like any other; it says why
//! when its records are asked for, so that it stops those who would apply it and nobody else.
//!
//! What is *not* here: what a record changes, checkpoints, rows. Nothing is kept.

#![cfg_attr(
    test,
    allow(
        clippy::as_conversions,
        clippy::arithmetic_side_effects,
        reason = "tests count small numbers; the crate itself is linted without them"
    )
)]

mod decoded;

pub mod shelf;
pub mod window;

mod feed;
mod metrics;

mod pages;
mod subscription;
mod tap;

pub use decoded::{Decoded, Unreadable};
pub use feed::Feed;
pub use linli_log::FollowError;
pub use metrics::Metrics;
pub use shelf::Shelf;
pub use subscription::Subscription;
pub use window::Window;
