//! The load: so many keep-alive connections, each with one request at a time, for a while.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// Where the requests go, and what they say.
pub(crate) struct Target {
    /// The server.
    pub(crate) address: SocketAddr,
    /// The path of a sale.
    pub(crate) path: String,
    /// The caller's key.
    pub(crate) bearer: String,
    /// A body for each account; a request takes the next one.
    pub(crate) bodies: Vec<Bytes>,
}

/// What a run gave.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    /// Sales a second.
    pub(crate) per_second: f64,
    /// Half of them took at most this.
    pub(crate) p50: Duration,
    /// Ninety-nine of a hundred took at most this.
    pub(crate) p99: Duration,
}

/// Numbers for idempotency keys, so that none is used twice in a process.
static NEXT_KEY: AtomicU64 = AtomicU64::new(0);

/// Runs the load for so long, after a tenth of it that isn't counted.
pub(crate) async fn run(
    target: Arc<Target>,
    connections: usize,
    time: Duration,
) -> anyhow::Result<Outcome> {
    let begin = Instant::now() + time / 10;
    let end = begin + time;
    let callers: Vec<_> = (0..connections)
        .map(|number| tokio::spawn(call(Arc::clone(&target), number, begin, end)))
        .collect();
    let mut waits = Vec::new();
    for caller in callers {
        waits.extend(caller.await.context("a caller failed")??);
    }
    if waits.is_empty() {
        bail!("no request was answered in time");
    }
    waits.sort_unstable();
    let at = |part: f64| waits[((waits.len() - 1) as f64 * part) as usize];
    Ok(Outcome { per_second: waits.len() as f64 / time.as_secs_f64(), p50: at(0.5), p99: at(0.99) })
}

/// One connection: a sale after the other until the end. Gives how long each took.
async fn call(
    target: Arc<Target>,
    number: usize,
    begin: Instant,
    end: Instant,
) -> anyhow::Result<Vec<Duration>> {
    let mut sender = connect(target.address).await?;
    let mut waits = Vec::new();
    // Callers start at different accounts, so that the load is spread from the first moment.
    let mut turn = number;
    loop {
        let sent = Instant::now();
        if sent >= end {
            return Ok(waits);
        }
        let body = target.bodies[turn % target.bodies.len()].clone();
        turn += 1;
        sell(&mut sender, &target, body).await?;
        if sent >= begin {
            waits.push(sent.elapsed());
        }
    }
}

async fn connect(address: SocketAddr) -> anyhow::Result<SendRequest<Full<Bytes>>> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

async fn sell(
    sender: &mut SendRequest<Full<Bytes>>,
    target: &Target,
    body: Bytes,
) -> anyhow::Result<()> {
    let key = format!("bench-{}", NEXT_KEY.fetch_add(1, Ordering::Relaxed));
    let request = Request::builder()
        .method(Method::POST)
        .uri(&target.path)
        .header(HOST, "bench")
        .header(CONTENT_TYPE, "application/json")
        .header(AUTHORIZATION, &target.bearer)
        .header("idempotency-key", key)
        .body(Full::new(body))?;
    let answer = sender.send_request(request).await?;
    let status = answer.status();
    let body = answer.into_body().collect().await?.to_bytes();
    if !status.is_success() {
        bail!("a sale was answered {status}: {}", String::from_utf8_lossy(&body));
    }
    Ok(())
}
