//! Connections: accepted, bounded, drained.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::gateway::Gateway;
use crate::routes;

/// The most connections at once; more wait in the kernel's queue. Each takes some 20 kB.
const CONNECTIONS_MAX: usize = 4_096;

/// How long the head of a request may take to arrive, and how long a connection may be idle:
/// whoever sends a byte now and then keeps no place.
const HEAD_WAIT_MAX: Duration = Duration::from_secs(30);

/// How long requests in flight may take to end when the gateway is told to stop: as long as the
/// longest wait for the writer.
const DRAIN_MAX: Duration = Duration::from_secs(10);

/// The pause after the machine refused a connection, most often for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

impl Gateway {
    /// Serves until told to stop, then answers what is in flight and returns.
    ///
    /// # Errors
    ///
    /// If the listener is of no use any more.
    pub async fn serve(self, listener: TcpListener, stop: CancellationToken) -> io::Result<()> {
        let router = routes::router(&self.front);
        let tasks = TaskTracker::new();
        tasks.spawn(self.front.ring.clone().keep_fresh(stop.clone()));
        let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
        loop {
            let place = tokio::select! {
                () = stop.cancelled() => break,
                place = Arc::clone(&places).acquire_owned() => place.map_err(io::Error::other)?,
            };
            let stream = tokio::select! {
                () = stop.cancelled() => break,
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => stream,
                    Err(error) => {
                        tracing::warn!(%error, "a connection could not be accepted");
                        tokio::time::sleep(ACCEPT_PAUSE).await;
                        continue;
                    }
                },
            };
            let (router, stop) = (router.clone(), stop.clone());
            tasks.spawn(async move {
                converse(stream, router, stop).await;
                drop(place);
            });
        }
        drop(listener);
        tasks.close();
        if tokio::time::timeout(DRAIN_MAX, tasks.wait()).await.is_err() {
            tracing::warn!(requests = tasks.len(), "stopped with requests in flight");
        }
        Ok(())
    }
}

/// One connection. How it ends is the other side's affair: a request that was cut off is asked
/// again with the same key.
async fn converse(stream: TcpStream, router: Router, stop: CancellationToken) {
    // An answer is one small packet; waiting to fill a larger one would only delay it.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no TCP_NODELAY");
    }
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WAIT_MAX)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.as_mut().await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}
