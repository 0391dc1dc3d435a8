//! The guard before every route: who asks, whether they may, and how it went.

use std::sync::Arc;
use std::time::Instant;

use axum::body::HttpBody as _;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::front::{Front, Here};
use crate::gateway::now;
use crate::key::{Admitted, Ask, Malformed, Refused, Token};
use crate::language::Language;
use crate::metrics::RouteMetrics;
use crate::problem::{Kind, Problem, in_language};
use crate::rate::{Empty, Rate, Taken, whole_seconds};
use crate::request::take_rest;

/// What a route asks of those who call it.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) front: Arc<Front>,
    pub(super) ask: Ask,
    pub(super) metrics: RouteMetrics,
}

pub(super) async fn guard(
    State(guard): State<Guard>,
    mut request: Request,
    next: Next,
) -> Response {
    let (began, in_flight) = (Instant::now(), guard.metrics.begin());
    let method = request.method().clone();
    let language = Language::of(request.headers());
    if method.is_safe() && !request.body().is_end_stream() {
        // Nobody reads the body of a read.
        take_rest(std::mem::take(request.body_mut())).await;
    }
    let (rate, mut response) = match admit(&guard, request.headers()).await {
        Ok((here, Admitted { caller, rate, .. })) => {
            let extensions = request.extensions_mut();
            extensions.insert(here);
            extensions.insert(caller);
            (rate, next.run(request).await)
        }
        Err(Turned { problem, rate }) => {
            take_rest(request.into_body()).await;
            (rate, problem.into_response())
        }
    };
    guard.metrics.answered(&method, response.status(), began.elapsed());
    drop(in_flight);
    response = in_language(response, language);
    if let Some((rate, taken)) = rate {
        rate.tell(taken, &mut response);
    }
    response
}

/// What stands before a route that nobody guards: problems are told in the language asked for.
pub(super) async fn speak(request: Request, next: Next) -> Response {
    let language = Language::of(request.headers());
    in_language(next.run(request).await, language)
}

/// Whoever is not let in is told why, and what is left where it is that.
struct Turned {
    problem: Problem,
    rate: Option<(Rate, Taken)>,
}

impl From<Problem> for Turned {
    fn from(problem: Problem) -> Self {
        Self { problem, rate: None }
    }
}

async fn admit(guard: &Guard, headers: &HeaderMap) -> Result<(Here, Admitted), Turned> {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let text = header.and_then(bearer).ok_or_else(|| Problem::plain(Kind::KeyMissing))?;
    let token = Token::parse(text).map_err(|malformed| match malformed {
        Malformed::Form | Malformed::Check => Problem::plain(Kind::KeyMalformed),
    })?;
    let front = &guard.front;
    let admitted = front.ring.admit(token, guard.ask, now()).await;
    let admitted = admitted.map_err(|refused| turned(refused, guard.ask))?;
    let here = front.districts.get(admitted.district).cloned();
    // The ring knows the districts that are served, and no others.
    let here = here.ok_or_else(|| Problem::plain(Kind::KeyUnknown))?;
    Ok((Here(here), admitted))
}

fn turned(refused: Refused, ask: Ask) -> Turned {
    match refused {
        Refused::Missing | Refused::Wrong => Problem::plain(Kind::KeyUnknown).into(),
        Refused::Revoked => Problem::plain(Kind::KeyRevoked).into(),
        Refused::Expired => Problem::plain(Kind::KeyExpired).into(),
        Refused::ScopeMissing(scope) => {
            Problem::plain(Kind::ScopeMissing).with("scope", scope.name()).into()
        }
        Refused::Stale => Problem::plain(Kind::Unavailable).retry_after(1).into(),
        Refused::TooMuch(rate, Empty { enough_in, taken }) => {
            let problem = Problem::new(
                Kind::RateLimited,
                format!("每 {} 秒至多 {} 个单位。", rate.seconds(), rate.units()),
                format!("At most {} units in {} s.", rate.units(), rate.seconds()),
            );
            let problem = problem
                .with("units", rate.units())
                .with("seconds", rate.seconds())
                .with("needed", ask.units)
                .retry_after(whole_seconds(enough_in));
            Turned { problem, rate: Some((rate, taken)) }
        }
    }
}

/// The scheme's name is of either case (RFC 9110, 11.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, key) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}
