//! Health, readiness and metrics of a process that serves no HTTP otherwise.

use anyhow::Context as _;
use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use futures::future::BoxFuture;
use prometheus::{Encoder as _, Registry, TextEncoder};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Whether the process is ready, and the sentence that says how it stands.
pub(crate) type Readiness = Arc<dyn Fn() -> BoxFuture<'static, (bool, String)> + Send + Sync>;

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
