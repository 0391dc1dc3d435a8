//! The guard before every route: who asks, whether they may, and how it went.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::caller::Caller;
use crate::gateway::{Shared, now};
use crate::key::{Malformed, Refused, Scope, Token};
use crate::language::Language;
use crate::problem::{Kind, Problem, in_language};

/// What a route asks of those who call it.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) gateway: Shared,
    pub(super) scope: Scope,
    pub(super) route: &'static str,
}

pub(super) async fn guard(
    State(guard): State<Guard>,
    mut request: Request,
    next: Next,
) -> Response {
    let metrics = &guard.gateway.metrics;
    let (began, in_flight) = (Instant::now(), metrics.begin());
    let method = request.method().clone();
    let language = Language::of(request.headers());
    let response = match admit(&guard, request.headers()).await {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    };
    metrics.answered(method.as_str(), guard.route, response.status(), began.elapsed());
    drop(in_flight);
    in_language(response, language)
}

async fn admit(guard: &Guard, headers: &HeaderMap) -> Result<Caller, Problem> {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let text = header.and_then(bearer).ok_or_else(|| Problem::plain(Kind::KeyMissing))?;
    let token = Token::parse(text).map_err(|malformed| match malformed {
        Malformed::Form | Malformed::Check => Problem::plain(Kind::KeyMalformed),
    })?;
    guard.gateway.ring.admit(token, guard.scope, now()).await.map_err(|refused| match refused {
        Refused::Missing | Refused::Wrong => Problem::plain(Kind::KeyUnknown),
        Refused::Revoked => Problem::plain(Kind::KeyRevoked),
        Refused::Expired => Problem::plain(Kind::KeyExpired),
        Refused::ScopeMissing(scope) => {
            Problem::plain(Kind::ScopeMissing).with("scope", scope.name())
        }
        Refused::Stale => Problem::plain(Kind::Unavailable).retry_after(1),
    })
}

/// The scheme's name is of either case (RFC 9110, 11.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, key) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}
