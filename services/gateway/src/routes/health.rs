//! Whether the process lives, whether it can serve, and its metrics.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use futures::StreamExt as _;
use serde::Serialize;

use crate::front::Front;
use crate::gateway::Shared;
use crate::problem::{Kind, Problem};

pub(super) fn routes() -> Router<Arc<Front>> {
    Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
}

/// Alive: it answers.
async fn healthz() -> &'static str {
    "ok\n"
}

/// What it takes to serve, and how far each part is.
#[derive(Serialize)]
struct Readiness {
    /// The keys are there, and a district is.
    ready: bool,
    /// The keys in memory are young enough to go by.
    keys: bool,
    /// In the order in which they were told to this process.
    districts: Vec<District>,
}

/// How a district stands.
#[derive(Serialize)]
struct District {
    district: String,
    /// Its log and all its read models can be read.
    ready: bool,
    /// Somebody leads, going by the last command; if not, reads go on.
    commands: bool,
    /// The last position of the log; none if it can't be read.
    log: Option<u64>,
    /// The read models and the positions that they have reached; none if they can't be read.
    read_models: Option<Vec<ReadModel>>,
}

#[derive(Serialize)]
struct ReadModel {
    name: &'static str,
    position: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: Option<String>,
}

/// Districts that are asked for at once: a probe is to leave connections to others.
const DISTRICTS_AT_ONCE: usize = 4;

/// Ready: keys, and log and read models of a district, can be read. One district that can't be read
/// is told of and doesn't take the others off the net. That the writer is there is not asked: a
/// command without one is answered "come again", and reads go on.
async fn readyz(State(front): State<Arc<Front>>) -> Response {
    let keys = front.ring.is_fresh();
    let districts = futures::stream::iter(front.districts.clone()).map(stand);
    let districts: Vec<District> = districts.buffered(DISTRICTS_AT_ONCE).collect().await;
    let ready = keys && districts.iter().any(|district| district.ready);
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Readiness { ready, keys, districts })).into_response()
}

async fn stand(gateway: Shared) -> District {
    let commands = gateway.courier.takes_commands();
    let log =
        gateway.log.head(&gateway.district).await.ok().map(|head| head.map_or(0, |head| head.last));
    let standings = gateway.reader.standings().await.ok();
    let read_models = standings.map(|standings| {
        let read_model = |standing: linli_readmodel::Standing| ReadModel {
            name: standing.generation.projection.name(),
            position: standing.position.0,
            stopped: standing.stopped,
        };
        standings.into_iter().map(read_model).collect::<Vec<_>>()
    });
    let built = read_models
        .as_ref()
        .is_some_and(|built| built.len() == linli_readmodel::Projection::ALL.len());
    let ready = log.is_some() && built;
    District { district: gateway.district.to_string(), ready, commands, log, read_models }
}

async fn metrics(State(front): State<Arc<Front>>) -> Response {
    match front.metrics.text() {
        Ok(text) => ([(CONTENT_TYPE, prometheus::TEXT_FORMAT)], text).into_response(),
        Err(error) => Problem::fault(Kind::Internal, &error).into_response(),
    }
}
