//! What a command brings: who sends it, its key, its body.

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts as _, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use bytes::Bytes;
use linli_api::header::IDEMPOTENCY_KEY;
use linli_domain::IdempotencyKey;
use serde::de::DeserializeOwned;

use crate::caller::Caller;
use crate::language::Language;
use crate::problem::{Kind, Problem};
use crate::request::{Asked, BODY_BYTES_MAX, BULK_BYTES_MAX, json, read, take_rest};

/// One command.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) caller: Caller,
    pub(crate) key: IdempotencyKey,
    pub(crate) asked: Asked,
    pub(crate) body: Bytes,
}

impl Sent {
    /// What the body says; nothing at all is as good as `{}`.
    pub(crate) fn said<B: DeserializeOwned>(&self) -> Result<B, Problem> {
        json(if self.body.is_empty() { b"{}" } else { self.body.as_ref() })
    }
}

/// Many commands, each with a key inside.
#[derive(Debug)]
pub(crate) struct SentMany {
    pub(crate) caller: Caller,
    pub(crate) language: Language,
    pub(crate) body: Bytes,
}

/// What changes nothing in the log and so needs no key, as long as one command may be unless told.
#[derive(Debug)]
pub(crate) struct SentPlain<const BYTES_MAX: usize = BODY_BYTES_MAX> {
    pub(crate) body: Bytes,
}

/// The same, as long as a bulk.
pub(crate) type SentLarge = SentPlain<BULK_BYTES_MAX>;

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let head = async |parts: &mut Parts| {
            let caller = Caller::from_request_parts(parts, state).await?;
            Ok((caller, idempotency_key(&parts.headers)?, Asked::of(&parts.uri)?))
        };
        let head = head(&mut parts).await;
        let ((caller, key, asked), body) = whole(head, &parts, body, BODY_BYTES_MAX).await?;
        Ok(Self { caller, key, asked, body })
    }
}

impl<S: Send + Sync> FromRequest<S> for SentMany {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let head = bare_head(&mut parts, state).await;
        let (caller, body) = whole(head, &parts, body, BULK_BYTES_MAX).await?;
        Ok(Self { caller, language: Language::of(&parts.headers), body })
    }
}

impl<S: Send + Sync, const BYTES_MAX: usize> FromRequest<S> for SentPlain<BYTES_MAX> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let head = bare_head(&mut parts, state).await;
        let (_, body) = whole(head, &parts, body, BYTES_MAX).await?;
        Ok(Self { body })
    }
}

/// A head without a key and without a query.
async fn bare_head<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<Caller, Problem> {
    let caller = Caller::from_request_parts(parts, state).await?;
    Asked::of(&parts.uri)?.done()?;
    Ok(caller)
}

/// The body behind a head; of a head that is refused, nothing is left unread.
async fn whole<H>(
    head: Result<H, Problem>,
    parts: &Parts,
    body: Body,
    bytes_max: usize,
) -> Result<(H, Bytes), Problem> {
    match head {
        Ok(head) => {
            let body = read(body, bytes_max).await?;
            check_type(&parts.headers, &body)?;
            Ok((head, body))
        }
        Err(problem) => {
            take_rest(body).await;
            Err(problem)
        }
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
