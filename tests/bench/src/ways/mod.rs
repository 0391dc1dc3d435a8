//! The ways that are held against each other behind HTTP.

mod linli;
mod null;
mod running;
mod sql;

pub(crate) use linli::LinliWay;
pub(crate) use null::NullWay;
pub(crate) use running::{Running, Standings};
pub(crate) use sql::SqlWay;

use linli_tests::Person;

use crate::load::request;
use crate::load::{END_MARK, KEY_MARK, START_MARK};

/// The header that names a command.
fn keyed() -> String {
    format!("Idempotency-Key: {KEY_MARK}\r\n")
}
