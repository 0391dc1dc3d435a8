//! What a request brings, taken apart at the edge.

mod asked;
mod body;
mod json;
mod reading;
mod rest;
mod sent;

pub(crate) use asked::{Asked, Cursor, PathText};
pub(crate) use body::{BODY_BYTES_MAX, BULK_BYTES_MAX, read};
pub(crate) use json::{json, missing};
pub(crate) use reading::Reading;
pub(crate) use rest::take_rest;
pub(crate) use sent::{Sent, SentLarge, SentMany, SentPlain};
