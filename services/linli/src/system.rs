//! Everything in one process, for `linli dev`, the demo, tests and benches.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use linli_gateway::Rate;
use linli_gateway::key::{self, Environment, KeyKind, NewKey};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::cli::DatabaseArgs;
use crate::ground::Ground;
use crate::parts::{GatewayTerms, LedgerTerms};
use crate::seal::Seal;
use crate::{badge, migrate, serve, vault};

/// How the keys of such a place begin.
const ENVIRONMENT: &str = "dev";

/// What a whole system is told.
#[derive(Clone, Debug)]
pub struct SystemSettings {
    /// PostgreSQL: the URL of a database, whose tables are brought up to date.
    pub database_url: String,
    /// NATS, if there is one.
    pub nats_url: Option<String>,
    /// The codes of the districts, one at the least.
    pub districts: Vec<String>,
    /// Where the gateway listens; port 0 takes a free one.
    pub bind: SocketAddr,
    /// A test clock from this instant on, or the system's.
    pub test_clock: Option<jiff::Timestamp>,
    /// Write a snapshot every so many records; the ledger's default if none.
    pub snapshot_every: Option<u64>,
    /// How much each key may ask of the gateway; without a limit if none.
    pub rate: Option<Rate>,
    /// The file with the key that signs the log, made if it isn't there; nothing is signed if
    /// none.
    pub log_key: Option<PathBuf>,
    /// The file with the key of the vault, made if it isn't there; no vault is open if none.
    pub vault_key: Option<PathBuf>,
    /// The file with the key that signs badges, made if it isn't there; none are given if none.
    pub badge_key: Option<PathBuf>,
}

/// A running system.
pub struct System {
    address: SocketAddr,
    ground: Ground,
    environment: Environment,
    stop: CancellationToken,
    task: JoinHandle<anyhow::Result<()>>,
}

impl System {
    /// Brings the tables up to date, starts everything, and returns once the gateway listens.
    ///
    /// # Errors
    ///
    /// What kept it from starting.
    pub async fn start(settings: SystemSettings) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(settings.bind)
            .await
            .with_context(|| format!("listening on {}", settings.bind))?;
        Self::start_on(listener, settings).await
    }

    /// As [`start`](Self::start), on a socket that is bound already.
    ///
    /// # Errors
    ///
    /// What kept it from starting.
    pub async fn start_on(listener: TcpListener, settings: SystemSettings) -> anyhow::Result<Self> {
        let SystemSettings { database_url, nats_url, districts, .. } = settings;
        let SystemSettings { test_clock, snapshot_every, rate, log_key, vault_key, .. } = settings;
        let seal = log_key.map(|file| Seal::kept(&file, &districts)).transpose()?;
        let vault = vault_key.as_deref().map(vault::kept).transpose()?;
        let url = format!("http://{}", listener.local_addr()?);
        let badges = settings.badge_key.map(|file| badge::kept(&file, &url)).transpose()?;
        let database = DatabaseArgs { database_url };
        let grounds = Ground::lay_all(&database, &districts, nats_url.as_deref(), "all").await?;
        let ground = grounds.first().cloned().context("no district")?;
        migrate::all(&ground.commons.postgres).await?;
        let log_keys = seal.as_ref().map(Seal::public).unwrap_or_default();
        let serve_nats = nats_url.is_some();
        let terms = LedgerTerms { test_clock, snapshot_every, serve_nats, seal };
        let environment = Environment::new(ENVIRONMENT)?;
        let (address, stop) = (listener.local_addr()?, CancellationToken::new());
        let environment_of_keys = environment.clone();
        let front =
            GatewayTerms { environment: environment_of_keys, rate, log_keys, vault, badges };
        let told = stop.clone();
        let task =
            tokio::spawn(async move { serve::all(&grounds, terms, front, listener, told).await });
        Ok(Self { address, ground, environment, stop, task })
    }

    pub(crate) const fn ground(&self) -> &Ground {
        &self.ground
    }

    /// Where the gateway listens: `http://127.0.0.1:8080`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Mints a key of this kind in the first district; bound to a station or an officer if its
    /// kind is.
    ///
    /// # Errors
    ///
    /// What kept it from being minted.
    pub async fn mint(
        &self,
        kind: KeyKind,
        name: &str,
        subject: Option<u128>,
    ) -> anyhow::Result<String> {
        self.mint_in(self.ground.district.as_str(), kind, name, subject).await
    }

    /// The same in another of its districts.
    ///
    /// # Errors
    ///
    /// What kept it from being minted.
    pub async fn mint_in(
        &self,
        district: &str,
        kind: KeyKind,
        name: &str,
        subject: Option<u128>,
    ) -> anyhow::Result<String> {
        let new = NewKey { subject, ..NewKey::of(kind, name) };
        let now = crate::keys::now();
        let minted = key::mint(self.ground.pool(), district, &self.environment, new, now);
        Ok(minted.await?.text)
    }

    /// Waits until it ends by itself, which it does only by a fault.
    ///
    /// # Errors
    ///
    /// The fault.
    pub async fn ended(&mut self) -> anyhow::Result<()> {
        (&mut self.task).await.context("the system's task")?
    }

    /// Drains and stops.
    ///
    /// # Errors
    ///
    /// A fault on the way.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.stop.cancel();
        self.task.await.context("the system's task")?
    }
}
