//! The append-only log: frames in PostgreSQL, the Merkle tree over their records, the relay to
//! JetStream, and those who read and follow.
//!
//! PostgreSQL holds the truth. A record exists when its frame is committed there; the JetStream
//! stream is a copy that can be thrown away and is then made again.
//!
//! It is *not* a ledger: it knows bytes and positions, not what they mean. It decides nothing,
//! signs nothing, and depends neither on the domain nor on the forms of the records.

#![cfg_attr(
    test,
    allow(
        clippy::as_conversions,
        clippy::arithmetic_side_effects,
        reason = "tests count small numbers; the crate itself is linted without them"
    )
)]

mod lock;
mod row;

pub mod checkpoint;
pub mod district;
pub mod follow;
pub mod frame;
pub mod fresh;
pub mod key;
pub mod merkle;
pub mod metrics;
pub mod nats;
pub mod reader;
pub mod relay;
pub mod schema;
pub mod snapshot;
pub mod stream;
pub mod tiles;
pub mod writer;

pub use district::{District, InvalidDistrict};
pub use follow::{FollowError, Follower};
pub use frame::{BodyBuilder, FRAME_BYTES_MAX, Frame, MalformedBody, RECORD_BYTES_MAX, records};
pub use fresh::Fresh;
pub use key::{KeyEntry, KeyIndex};
pub use merkle::{Frontier, Root};
pub use metrics::Metrics;
pub use reader::{LogReader, ReadError};
pub use relay::Relay;
pub use row::{Head, RowError};
pub use schema::{MigrateError, migrate};
pub use tiles::{Sealed, TileError, Tiles};
pub use writer::{Append, AppendError, LogWriter, OpenError};
