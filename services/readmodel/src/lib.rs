//! The read models: what queries are answered from, kept in PostgreSQL beside the log and made
//! from it alone.
//!
//! One folder a projection, the same files in each: `rows` (what stands in its tables), `write`
//! (what a batch of records changes, in one statement a table), `read` (the queries, as methods
//! of [`Reader`]). A table is told once, in `rows`; its `CREATE TABLE`, its upsert, its queries'
//! columns and its digest all come from there.
//!
//! Each projection has a checkpoint, the position up to which its rows are true, that is written
//! in the transaction of the rows ([`checkpoint`]), and generations that are filled beside one
//! another and switched at once ([`generation`]). [`Snapshot`] reads all of them at one instant,
//! in the order of their keys, for an auditor.
//!
//! What is *not* here: how a record becomes a change (`linli-projector`), any decision, any
//! notion of who may read what (`linli-gateway`), wire forms. A read model is never the truth:
//! whatever stands in it can be thrown away and made again.

mod cell;
mod table;

pub mod checkpoint;
pub mod generation;
pub mod projection;
pub mod schema;

pub mod directory;

pub mod contributions;

pub mod balances;

pub mod rankings;

pub mod catalogue;

pub mod redemptions;

pub mod orders;

mod page;
mod reader;
mod snapshot;
mod write;

mod error;

pub use cell::{Cell, Uuid};
pub use error::{ReadError, RowError, WriteError, is_transient};
pub use generation::Generation;
pub use page::{PAGE_ROWS_MAX, Page};
pub use projection::Projection;
pub use reader::{GENERATION_KNOWN_MS, Reader, Standing, WaitError};
pub use schema::{MigrateError, migrate};
pub use snapshot::{Digest, RowsDigest, Snapshot};
pub use table::{Array, Column, Definition, Index, Mode, Table};
pub use write::{Changes, Writer};
