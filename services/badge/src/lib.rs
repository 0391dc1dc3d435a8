//! Open Badges 3.0: stars, medals and certificates as verifiable credentials that a stranger checks.
//!
//! A badge is an `OpenBadgeCredential` (1EdTech Open Badges 3.0 on the W3C Verifiable Credentials Data
//! Model 2.0), signed with Ed25519 by a Data Integrity proof of the cryptosuite `eddsa-jcs-2022`. Who
//! holds it stands in it as a salted hash alone. Who issued it, its public keys, what was achieved and
//! which badges are void are documents that everybody may fetch.
//!
//! | what | who makes it | who checks it |
//! |---|---|---|
//! | a badge | [`Issuer::badge`] | [`check()`] |
//! | the issuer with its keys | [`Issuer::profile`] | [`check()`] takes it as the root of trust |
//! | which badges are void | [`Issuer::status_list`] | [`check()`], if it is given one |
//!
//! What is *not* here: who has achieved what, HTTP, files, the clock, JSON-LD processing. Documents are
//! canonicalized as JSON (RFC 8785), so nothing has to be fetched to check a proof.

mod canonical;
mod key;
mod multibase;
mod proof;

mod issuer;
mod status;

mod check;

pub use canonical::{NotCanonical, canonical};
pub use check::{Checked, Disbelieved, Holder, check};
pub use issuer::{Achievement, AchievementKind, Badge, Issuer, identity_hash};
pub use key::{BadgeKey, BadgeKeys, InvalidKey, new_key};
pub use multibase::{InvalidMultibase, from_multibase, to_multibase};
pub use proof::{InvalidProof, Signed, secure, verify};
pub use status::{MalformedList, STATUS_LIST_BITS, StatusList};
