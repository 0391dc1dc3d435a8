//! Who residents are: what the log must not know, sealed with a key for each person.
//!
//! A person's record is some bytes, sealed (ChaCha20-Poly1305) under a key of that person alone;
//! that key stands beside it, wrapped under one that lives in a file and in no database. Erasing a
//! person destroys both in one transaction. The log, which knows residents by ULID, isn't touched:
//! every hash, proof and receipt stays as it was.
//!
//! What is *not* here: what the bytes mean, who may look, and anything about points.

mod key;
mod schema;
mod seal;
mod store;
mod visit;

pub use key::{InvalidKey, WrappingKeys, new_key};
pub use schema::{MigrateError, migrate};
pub use store::{Kept, Opened, Vault, VaultError};
pub use visit::{Deed, Erasure, Visit, Visited, Visitor};
