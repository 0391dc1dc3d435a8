//! Lifting: the one place where an older form of a record becomes today's.
//!
//! What is in the log is never written anew, so every form that was ever written has to stay
//! readable. A change that only adds (a new fact, a new optional field) needs nothing here. A
//! change of meaning goes like this:
//!
//! 1. The `.proto` files keep the old field under its number, marked `deprecated`, and get the new
//!    one under a number that was never used.
//! 2. [`FORMAT`] goes up by one, and a line is added to the table below.
//! 3. [`record`] gets a step that takes a record of the format before and gives one of this, field
//!    for field; steps run one after another, so each is written once and never touched again.
//! 4. `tests/golden/records.txt` keeps the lines of the old form, which from then on are only read,
//!    and gets those of the new.
//! 5. [`decode_record_strict`](crate::decode_record_strict) compares with today's encoder; for a
//!    lifted record it has to compare the message as it was read instead.
//!
//! | format | since | what changed |
//! |---|---|---|
//! | 1 | 0.1.0 | the first |

use crate::malformed::{Flaw, Malformed};
use crate::wire;

/// The format that records are written in today.
pub const FORMAT: u32 = 1;

/// A record of any format that was ever written, in today's.
///
/// # Errors
/// [`Flaw::UnknownFormat`] if it is newer than this program, or none at all.
pub fn record(form: wire::Record) -> Result<wire::Record, Malformed> {
    match form.format {
        FORMAT => Ok(form),
        found => Err(Malformed::new("format", Flaw::UnknownFormat { found, newest: FORMAT })),
    }
}
