//! PINs of operators and of residents' cards: kept here and nowhere else, hashed with Argon2id.
//!
//! A PIN has so few digits that any hash of it in the log would give it away, and the log has the
//! hash of every command's body. So it comes in a header, which no such hash covers.

mod digits;
mod store;

pub(crate) use digits::{CardPin, Pin};
pub(crate) use store::{Holder, PinError, Pins, Verdict};
