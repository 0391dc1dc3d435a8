//! What a read brings: its query, and the position that the answer has to have seen.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use linli_api::header::AFTER;
use linli_domain::Position;

use crate::caller::Caller;
use crate::problem::{Kind, Problem};
use crate::request::Asked;

/// A read.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) caller: Caller,
    pub(crate) asked: Asked,
    /// The answer has to have seen the records up to this one.
    pub(crate) after: Option<Position>,
}

impl<S: Sync> FromRequestParts<S> for Reading {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, state).await?;
        let mut asked = Asked::of(&parts.uri)?;
        let after = match asked.value("after")? {
            Some(after) => Some(after),
            None => header(parts)?,
        };
        Ok(Self { caller, asked, after: after.map(Position) })
    }
}

fn header(parts: &Parts) -> Result<Option<u64>, Problem> {
    let Some(value) = parts.headers.get(AFTER) else { return Ok(None) };
    let position = value.to_str().ok().and_then(|text| text.parse().ok());
    position.map(Some).ok_or_else(|| Problem::plain(Kind::InvalidQuery).with("field", AFTER))
}
