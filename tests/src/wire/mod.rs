//! A wire between two who talk TCP, which can be slow, deaf, cut at a byte, or lie.
//!
//! It understands as much of what is said as a fault needs: where a frame's append begins in
//! PostgreSQL's protocol, and where a message ends in that of NATS.

mod link;
mod nats;
mod plain;
mod postgres;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::Chance;
use link::{End, Link};

/// A server on this machine that doesn't answer within this is away.
const CONNECT_MAX: Duration = Duration::from_secs(3);

/// How long a wire that was cut half, or went deaf, stays so: longer than anybody may wait for it.
const HANGS_MAX: Duration = Duration::from_secs(20);

/// What is spoken over a wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech {
    /// Bytes. A cut counts from the beginning of the next connection.
    Plain,
    /// PostgreSQL's protocol. A cut counts from the beginning of the next append of a frame.
    Postgres,
    /// That of NATS.
    Nats,
}

/// In which direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From who connected to the server.
    Request,
    /// From the server.
    Reply,
}

/// What becomes of a wire that is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Both ends are told at once.
    Reset,
    /// Nothing more goes this way; the other way stays open.
    HalfClose,
    /// Nothing goes either way, and nobody is told.
    Deaf,
}

/// A cut to be made once.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// On which way.
    pub way: Way,
    /// After so many bytes.
    pub after_bytes: u64,
    /// How.
    pub how: How,
}

/// How deliveries of frames are tampered with.
#[derive(Clone, Copy, Debug)]
pub struct Disorder {
    /// Each comes once to so many times.
    pub copies_max: usize,
    /// Among so many that wait, any may come next.
    pub window: usize,
    /// What waits goes on after so long without another: nobody may wait for ever.
    pub quiet: Duration,
}

/// What happened on a wire so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bitten {
    /// Connections made.
    pub connections: u64,
    /// Cuts that were made.
    pub cuts: u64,
    /// Refusals of the server that were told as successes.
    pub lies: u64,
    /// Frames delivered once more than they were sent.
    pub copies: u64,
    /// Frames delivered before one that was sent earlier.
    pub overtaken: u64,
    /// The most deliveries that waited at once for others to overtake them.
    pub waited: u64,
}

/// A wire from a port of its own to a server.
#[derive(Debug)]
pub struct Wire {
    address: SocketAddr,
    shared: Arc<Shared>,
    _listening: JoinSet<()>,
}

#[derive(Debug)]
struct Shared {
    target: SocketAddr,
    speech: Speech,
    armed: Mutex<Option<Cut>>,
    latency_ms: AtomicU64,
    lies: AtomicBool,
    disorder: Mutex<Option<(Disorder, Chance)>>,
    bitten: Mutex<Bitten>,
    /// Bytes of the last append's request and reply.
    exchange: Mutex<(u64, u64)>,
}

impl Wire {
    /// A wire to a server, which need not be there yet.
    ///
    /// # Errors
    ///
    /// If there is no free port.
    pub async fn to(target: SocketAddr, speech: Speech) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("laying a wire")?;
        let shared = Arc::new(Shared {
            target,
            speech,
            armed: Mutex::new(None),
            latency_ms: AtomicU64::new(0),
            lies: AtomicBool::new(false),
            disorder: Mutex::new(None),
            bitten: Mutex::new(Bitten::default()),
            exchange: Mutex::new((0, 0)),
        });
        let address = listener.local_addr()?;
        let mut listening = JoinSet::new();
        listening.spawn(listen(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, _listening: listening })
    }

    /// A wire to the server of a URL, and the URL that leads over it.
    ///
    /// # Errors
    ///
    /// If the URL names no address, or there is no free port.
    pub async fn over(url: &str, speech: Speech) -> anyhow::Result<(Self, String)> {
        let after = url.rsplit_once('@').map_or(url, |(_, rest)| rest);
        let after = after.trim_start_matches("nats://");
        let host = after.split('/').next().unwrap_or_default();
        let target: SocketAddr = host.parse().with_context(|| format!("{host} is no address"))?;
        let wire = Self::to(target, speech).await?;
        let over = url.replacen(host, &wire.address().to_string(), 1);
        Ok((wire, over))
    }

    /// Where it begins.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Will make this cut at the next occasion.
    pub fn arm(&self, cut: Cut) {
        *lock(&self.shared.armed) = Some(cut);
    }

    /// Is a cut still to be made?
    #[must_use]
    pub fn is_armed(&self) -> bool {
        lock(&self.shared.armed).is_some()
    }

    /// Holds everything up for so long each way; zero for nothing.
    pub fn slow(&self, latency: Duration) {
        let ms = u64::try_from(latency.as_millis()).unwrap_or(u64::MAX);
        self.shared.latency_ms.store(ms, Ordering::Relaxed);
    }

    /// From now on a refusal that was planted on the server is told as a success.
    pub fn lie(&self, lies: bool) {
        self.shared.lies.store(lies, Ordering::Relaxed);
    }

    /// From now on deliveries are tampered with, or not.
    pub fn disorder(&self, disorder: Option<(Disorder, Chance)>) {
        *lock(&self.shared.disorder) = disorder;
    }

    /// What happened on it so far.
    #[must_use]
    pub fn bitten(&self) -> Bitten {
        *lock(&self.shared.bitten)
    }

    /// How many bytes the last append's request and its reply had.
    #[must_use]
    pub fn last_exchange(&self) -> (u64, u64) {
        *lock(&self.shared.exchange)
    }
}

impl Shared {
    fn bite(&self, bite: impl FnOnce(&mut Bitten)) {
        bite(&mut lock(&self.bitten));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    // Ends, with all connections, when the wire goes.
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        while connections.try_join_next().is_some() {}
        connections.spawn(connect(client, Arc::clone(&shared)));
    }
}

async fn connect(mut client: TcpStream, shared: Arc<Shared>) {
    let server = timeout(CONNECT_MAX, TcpStream::connect(shared.target)).await;
    let Ok(Ok(mut server)) = server else { return };
    if client.set_nodelay(true).and(server.set_nodelay(true)).is_err() {
        return;
    }
    shared.bite(|bitten| bitten.connections += 1);
    let link = Link::new(Arc::clone(&shared));
    let end = match shared.speech {
        Speech::Plain => plain::carry(&mut client, &mut server, &link).await,
        Speech::Postgres => postgres::carry(&mut client, &mut server, &link).await,
        Speech::Nats => nats::carry(&mut client, &mut server, &link).await,
    };
    if let Ok(End::Cut(cut)) = end {
        shared.bite(|bitten| bitten.cuts += 1);
        cut_off(client, server, cut).await;
    }
}

async fn cut_off(mut client: TcpStream, mut server: TcpStream, cut: Cut) {
    match cut.how {
        How::Reset => {
            // The sockets are closed below in any case.
            let _ = client.set_zero_linger().and(server.set_zero_linger());
        }
        How::HalfClose => {
            let hung = timeout(HANGS_MAX, half(&mut client, &mut server, cut.way)).await;
            drop(hung);
        }
        How::Deaf => tokio::time::sleep(HANGS_MAX).await,
    }
}

/// Closes one way and carries on with the other.
async fn half(client: &mut TcpStream, server: &mut TcpStream, way: Way) -> std::io::Result<()> {
    use tokio::io::AsyncWriteExt as _;
    let (from, to) = match way {
        Way::Request => (server, client),
        Way::Reply => (client, server),
    };
    from.shutdown().await?;
    tokio::io::copy(from, to).await.map(|_| ())
}
