//! API keys: who may come in, and what for.
//!
//! A key is `linli_<environment>_<id>_<secret>_<check>`. Only the SHA-256 of its secret is kept.
//! All keys of the district are held in memory and read anew every second, so a revoked key stops
//! working within about a second in every gateway, and no request waits for a look-up.

mod code;
mod kind;
mod mint;
mod ring;
mod schema;
mod scope;
mod store;
mod token;

pub use kind::KeyKind;
pub use mint::{MintError, MintedKey, NewKey, mint};
pub use schema::{MigrateError, migrate};
pub use scope::Scope;
pub use store::{StoreError, list, revoke};
pub use token::{Environment, InvalidEnvironment};

pub(crate) use code::{CodeMaker, hash_of};
pub(crate) use ring::{Admitted, Ask, KeyRing, Refused};
pub(crate) use store::{KeyRow, all};
pub(crate) use token::{KeyId, Malformed, Token, hex};

#[cfg(test)]
pub(crate) use token::sample;
