//! The writer of a district's ledger: it takes commands in, decides them one after the other
//! against state in memory, commits what they led to, and only then answers.
//!
//! [`Ledger::start`] runs one district. A process may run many; they share nothing.
//!
//! | while | it does |
//! |---|---|
//! | starting | reads the newest snapshot and replays the log after it, checking every root |
//! | standing by | follows the log and waits for the lock that another process holds |
//! | leading | decides into the next frame while the last one is committed; turns deadlines into records when their time has come; runs the relay |
//! | all the while | makes snapshots, as a reader of the log |
//! | in doubt | throws its state away and starts over: there is no repair but the start |
//!
//! What is *not* here: the rules (`linli-domain`), the form of records (`linli-proto`), SQL and
//! NATS streams (`linli-log`), HTTP. Nothing is read for a query: read models are the projector's.

mod clock;
mod fault;
mod metrics;
mod settings;
mod status;

pub mod desk;
pub mod store;

mod beside;
mod image;
mod keys;
mod ledger;
mod snapshotter;
mod standby;
mod term;
mod writer;

pub use clock::Clock;
pub use fault::{Fall, Fault};
pub use image::{Image, ReplayError, RestoreError};
pub use keys::{IndexFault, Indexer, Memory, Unindexed, keys_of};
pub use ledger::Ledger;
pub use metrics::Metrics;
pub use settings::{SNAPSHOT_EVERY_RECORDS, Settings};
pub use snapshotter::{SnapshotFault, write_snapshot};
pub use status::Status;
pub use term::Term;
