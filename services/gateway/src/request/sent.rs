//! What a command brings: who sends it, its key, its body.

use axum::extract::{FromRequest, FromRequestParts as _, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use linli_api::header::IDEMPOTENCY_KEY;
use linli_domain::IdempotencyKey;

use crate::caller::Caller;
use crate::language::Language;
use crate::problem::{Kind, Problem};
use crate::request::{Asked, BODY_BYTES_MAX, BULK_BYTES_MAX, read};

/// One command.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) caller: Caller,
    pub(crate) key: IdempotencyKey,
    pub(crate) asked: Asked,
    pub(crate) body: Bytes,
}

/// Many commands, each with a key inside.
#[derive(Debug)]
pub(crate) struct SentMany {
    pub(crate) caller: Caller,
    pub(crate) language: Language,
    pub(crate) body: Bytes,
}

/// What changes nothing in the log and so needs no key.
#[derive(Debug)]
pub(crate) struct SentPlain {
    pub(crate) body: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, state).await?;
        let key = idempotency_key(&parts.headers)?;
        let asked = Asked::of(&parts.uri)?;
        let body = read(body, BODY_BYTES_MAX).await?;
        check_type(&parts.headers, &body)?;
        Ok(Self { caller, key, asked, body })
    }
}

impl<S: Send + Sync> FromRequest<S> for SentMany {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, state).await?;
        Asked::of(&parts.uri)?.done()?;
        let body = read(body, BULK_BYTES_MAX).await?;
        check_type(&parts.headers, &body)?;
        Ok(Self { caller, language: Language::of(&parts.headers), body })
    }
}

impl<S: Send + Sync> FromRequest<S> for SentPlain {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        Caller::from_request_parts(&mut parts, state).await?;
        Asked::of(&parts.uri)?.done()?;
        let body = read(body, BODY_BYTES_MAX).await?;
        check_type(&parts.headers, &body)?;
        Ok(Self { body })
    }
}

fn idempotency_key(headers: &HeaderMap) -> Result<IdempotencyKey, Problem> {
    let value =
        headers.get(IDEMPOTENCY_KEY).ok_or_else(|| Problem::plain(Kind::IdempotencyKeyMissing))?;
    let invalid = || Problem::plain(Kind::IdempotencyKeyInvalid);
    IdempotencyKey::new(value.to_str().map_err(|_| invalid())?).map_err(|_| invalid())
}

/// JSON where there is a body, or TOML: a form that a browser sends by itself is never taken, so
/// no page of a stranger can make one send a command.
fn check_type(headers: &HeaderMap, body: &Bytes) -> Result<(), Problem> {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = value.and_then(|value| value.split(';').next()).map(str::trim);
    match kind {
        _ if body.is_empty() => Ok(()),
        Some("application/json" | "application/toml") => Ok(()),
        Some(_) | None => Err(Problem::plain(Kind::UnsupportedMediaType)),
    }
}
