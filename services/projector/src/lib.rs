//! Projectors: they follow the log and keep the read models.
//!
//! Each projection has a task of its own that takes frames in order, folds what waits into
//! changes ([`fold`]) and writes them together with the new checkpoint in one transaction. When it
//! is behind it folds thousands of records at a time; when it has caught up, a frame is applied
//! as it comes, and what all projections have to write of it is committed as one. Two projectors at once are safe: the checkpoint is moved from where it was read,
//! or not at all.
//!
//! A projection never skips a frame. A record that it can't read or apply stops that projection,
//! with the reason in `read.projection`, in the log and in a metric, and nothing else; what it
//! served so far goes on being served. A server that is away is waited for.
//!
//! What is *not* here: tables and queries (`linli-readmodel`), where frames come from
//! (`linli-log`), any decision. Nothing here is needed to know the truth: all of it can be thrown
//! away and made again ([`rebuild`]).

mod error;
mod metrics;

pub mod fold;

mod batch;
mod convoy;
mod foothold;
mod runner;
mod track;

mod projectors;
mod rebuild;

pub use error::{Fault, FoldError};
pub use metrics::Metrics;
pub use projectors::{Projectors, Settings};
pub use rebuild::{RebuildError, Report, rebuild};
