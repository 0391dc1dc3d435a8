//! Health, readiness and metrics of a process that serves no HTTP otherwise.

use anyhow::Context as _;
use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use futures::future::BoxFuture;
use linli_domain::text::Code;
use prometheus::{Encoder as _, Registry, TextEncoder};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Whether the process is ready, and the sentence that says how it stands.
pub(crate) type Readiness = Arc<dyn Fn() -> BoxFuture<'static, (bool, String)> + Send + Sync>;

/// How some districts stand together, from how each does. Ready if one of them is: what is wrong in
/// one doesn't take the others off the net. Where there are several, each is named.
pub(crate) fn together(all: Vec<(Code, bool, String)>) -> (bool, String) {
    let ready = all.iter().any(|(_, ready, _)| *ready);
    if let [(_, _, words)] = all.as_slice() {
        return (ready, words.clone());
    }
    let lines: Vec<String> =
        all.iter().map(|(district, _, words)| format!("{district}: {words}")).collect();
    (ready, lines.join("\n"))
}

pub(crate) async fn serve(
    listener: TcpListener,
    registry: Registry,
    readiness: Readiness,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let ready = move || {
        let readiness = Arc::clone(&readiness);
        async move {
            let (ready, words) = readiness().await;
            (if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, words)
        }
    };
    let router = Router::new()
        .route("/healthz", get(|| async { "alive" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(move || async move { metrics(&registry) }));
    let until = async move { stop.cancelled().await };
    axum::serve(listener, router)
        .with_graceful_shutdown(until)
        .await
        .context("serving health and metrics")
}

fn metrics(registry: &Registry) -> axum::response::Response {
    let encoder = TextEncoder::new();
    let mut text = Vec::new();
    match encoder.encode(&registry.gather(), &mut text) {
        Ok(()) => ([(CONTENT_TYPE, encoder.format_type().to_owned())], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_district_speaks_for_itself_and_several_are_named() {
        let of = |name: &str, ready| {
            (name.parse().unwrap(), ready, if ready { "leading" } else { "starting" }.to_owned())
        };
        for (all, expected) in [
            (vec![of("gulou", true)], (true, "leading")),
            (vec![of("gulou", false)], (false, "starting")),
            (
                vec![of("gulou", false), of("xuanwu", true)],
                (true, "gulou: starting\nxuanwu: leading"),
            ),
            (
                vec![of("gulou", false), of("xuanwu", false)],
                (false, "gulou: starting\nxuanwu: starting"),
            ),
        ] {
            assert_eq!(together(all), (expected.0, expected.1.to_owned()));
        }
    }
}
