//! A whole system in this process, on a database of its own.

use std::net::SocketAddr;

use anyhow::Context as _;
use linli::{System, SystemSettings};
use linli_api::Client;
use linli_devstack::TestDatabase;
use linli_gateway::key::KeyKind;
use linli_readmodel::Projection;

use crate::evidence::Stores;
use crate::wait;
use crate::wire::{Speech, Wire};
use crate::{Ask, Http, Place, Wish};

/// The first instant of the test clock: a Wednesday, 20:00 in Nanjing.
pub const NOW: &str = "2025-03-05T12:00:00Z";

/// What a test may want otherwise.
#[derive(Clone, Debug)]
pub struct Terms {
    /// A test clock from this instant on, or the system's clock.
    pub test_clock: Option<jiff::Timestamp>,
    /// With NATS beside PostgreSQL?
    pub nats: bool,
    /// Write a snapshot every so many records; the ledger's default if none.
    pub snapshot_every: Option<u64>,
    /// The file with the key that signs the log, made if it isn't there; unsigned if none.
    pub log_key: Option<std::path::PathBuf>,
    /// The file with the key of the vault, made if it isn't there; none is open if none.
    pub vault_key: Option<std::path::PathBuf>,
    /// The file with the key that signs badges, made if it isn't there; none are given if none.
    pub badge_key: Option<std::path::PathBuf>,
}

impl Default for Terms {
    /// A test clock at [`NOW`], without NATS.
    fn default() -> Self {
        Self {
            test_clock: NOW.parse().ok(),
            nats: false,
            snapshot_every: None,
            log_key: None,
            vault_key: None,
            badge_key: None,
        }
    }
}

/// A system with a database, a district and a port of its own.
pub struct TestSystem {
    system: System,
    settings: SystemSettings,
    operator: Client,
    wire: Option<Wire>,
    /// Last, since it is dropped with all connections to it.
    database: TestDatabase,
}

impl TestSystem {
    /// Starts one on a test clock.
    ///
    /// # Errors
    ///
    /// What kept it from starting.
    pub async fn start() -> anyhow::Result<Self> {
        Self::start_with(Terms::default()).await
    }

    /// Starts one on other terms.
    ///
    /// # Errors
    ///
    /// What kept it from starting.
    pub async fn start_with(terms: Terms) -> anyhow::Result<Self> {
        let database = TestDatabase::create().await?;
        let database_url = database.url().to_owned();
        Self::start_there(database, database_url, None, terms).await
    }

    /// The same over a wire to PostgreSQL, which can be cut, or lie.
    ///
    /// # Errors
    ///
    /// What kept it from starting.
    pub async fn start_wired(terms: Terms) -> anyhow::Result<Self> {
        let database = TestDatabase::create().await?;
        let (wire, database_url) = Wire::over(database.url(), Speech::Postgres).await?;
        Self::start_there(database, database_url, Some(wire), terms).await
    }

    async fn start_there(
        database: TestDatabase,
        database_url: String,
        wire: Option<Wire>,
        terms: Terms,
    ) -> anyhow::Result<Self> {
        let settings = SystemSettings {
            database_url,
            nats_url: terms.nats.then(|| database.nats_url().to_owned()),
            districts: vec![database.name().to_owned()],
            bind: SocketAddr::from(([127, 0, 0, 1], 0)),
            test_clock: terms.test_clock,
            snapshot_every: terms.snapshot_every,
            rate: None,
            log_key: terms.log_key,
            vault_key: terms.vault_key,
            badge_key: terms.badge_key,
        };
        Self::start_on(database, wire, settings).await
    }

    async fn start_on(
        database: TestDatabase,
        wire: Option<Wire>,
        mut settings: SystemSettings,
    ) -> anyhow::Result<Self> {
        let system = System::start(settings.clone()).await?;
        let url = system.url();
        // Where it listens stays, also when it is started again.
        settings.bind = url.trim_start_matches("http://").parse()?;
        ready(&url).await?;
        let key = system.mint(KeyKind::Operator, "test operator", None).await?;
        accepted(&url, &key).await?;
        let operator = Client::new(&url, &key)?;
        Ok(Self { system, settings, operator, wire, database })
    }

    /// Stops everything and starts it again on the same database, under the same address.
    ///
    /// # Errors
    ///
    /// What kept it from stopping or starting.
    pub async fn restart(self) -> anyhow::Result<Self> {
        self.system.stop().await.context("stopping the system")?;
        Self::start_on(self.database, self.wire, self.settings).await
    }

    /// Stops everything and leaves the database as it is.
    ///
    /// # Errors
    ///
    /// A fault on the way.
    pub async fn shut(self) -> anyhow::Result<TestDatabase> {
        self.system.stop().await?;
        Ok(self.database)
    }

    /// Stops everything.
    ///
    /// # Errors
    ///
    /// A fault on the way.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.system.stop().await
    }

    /// Founds a small place in it.
    ///
    /// # Errors
    ///
    /// What was refused, or failed.
    pub async fn found(&self, wish: Wish) -> anyhow::Result<Place> {
        let now = self.settings.test_clock.unwrap_or_else(jiff::Timestamp::now);
        Place::found(&self.operator, &self.url(), now, wish).await
    }

    /// Mints a key of a kind that is bound to nobody.
    ///
    /// # Errors
    ///
    /// What kept it from being minted.
    pub async fn mint(&self, kind: KeyKind, name: &str) -> anyhow::Result<String> {
        self.system.mint(kind, name, None).await
    }

    /// Where the gateway listens: `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> String {
        self.system.url()
    }

    /// The database.
    #[must_use]
    pub fn database_url(&self) -> &str {
        &self.settings.database_url
    }

    /// The wire to PostgreSQL, if there is one.
    #[must_use]
    pub const fn wire(&self) -> Option<&Wire> {
        self.wire.as_ref()
    }

    /// Its stores, without any wire; `None` without NATS.
    #[must_use]
    pub fn stores(&self) -> Option<Stores> {
        Some(Stores {
            database_url: self.database.url().to_owned(),
            nats_url: self.settings.nats_url.clone()?,
            district: self.district().to_owned(),
        })
    }

    /// The code of the district.
    #[must_use]
    pub fn district(&self) -> &str {
        self.settings.districts.first().map_or("", String::as_str)
    }

    /// An operator.
    #[must_use]
    pub const fn operator(&self) -> &Client {
        &self.operator
    }
}

/// Waits until the server at this address is ready.
pub(crate) async fn ready(url: &str) -> anyhow::Result<()> {
    let http = Http::new(url);
    let ask = Ask::get("/readyz");
    let look = async || http.send(&ask).await.ok().filter(|answer| answer.status == 200);
    wait::until("the gateway is ready", wait::LONG, look).await.map(|_| ())
}

/// Waits until the server knows a key that was made beside it: it reads the keys every second.
pub(crate) async fn accepted(url: &str, key: &str) -> anyhow::Result<()> {
    let http = Http::new(url);
    let ask = Ask::get("/v1/log/head").bearer(key);
    let look = async || http.send(&ask).await.ok().filter(|answer| answer.status == 200);
    wait::until("the gateway knows the key", wait::LONG, look).await.map(|_| ())
}

/// Waits until every read model of a district has seen all records up to a position.
pub(crate) async fn caught_up(http: &Http, district: &str, position: u64) -> anyhow::Result<()> {
    let ask = Ask::get("/readyz");
    let look = async || {
        let models: serde_json::Value = http.send(&ask).await.ok()?.json().ok()?;
        let mut districts = models["districts"].as_array()?.iter();
        let models =
            districts.find(|one| one["district"] == district)?["read_models"].as_array()?;
        let there = |model: &serde_json::Value| model["position"].as_u64() >= Some(position);
        let stopped = |model: &serde_json::Value| model["stopped"].is_string();
        let all = models.len() == Projection::ALL.len() && models.iter().all(there);
        (all || models.iter().any(stopped)).then(|| models.clone())
    };
    let models = wait::until("all read models caught up", wait::LONG, look).await?;
    let stopped = models.iter().any(|model| model["stopped"].is_string());
    anyhow::ensure!(!stopped, "a read model stopped: {models:?}");
    Ok(())
}
