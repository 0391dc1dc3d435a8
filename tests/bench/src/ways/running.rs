//! All of Linli in this process, on a database that may hold a log already.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use linli::{System, SystemSettings};
use linli_gateway::key::KeyKind;
use linli_tests::{Ask, Http, wait};

use crate::ground::{Database, Ground};

/// The projectors of a whole run may have this much behind them.
const CAUGHT_UP_MAX: Duration = Duration::from_secs(1_800);

/// A running system, and an operator of it.
pub(crate) struct Running {
    system: Option<System>,
    pub(crate) http: Http,
    pub(crate) operator_key: String,
    pub(crate) database: Database,
    pub(crate) address: SocketAddr,
}

/// How far the log and each of the read models are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standings {
    pub(crate) head: u64,
    pub(crate) read_models: Vec<(String, u64)>,
}

impl Running {
    /// Starts one, and waits until it takes commands.
    pub(crate) async fn start(
        ground: &Ground,
        database: Database,
        test_clock: Option<jiff::Timestamp>,
    ) -> anyhow::Result<Self> {
        let settings = SystemSettings {
            database_url: database.url.clone(),
            nats_url: Some(ground.nats_url().to_owned()),
            districts: vec![database.name.clone()],
            bind: SocketAddr::from(([127, 0, 0, 1], 0)),
            test_clock,
            snapshot_every: None,
            rate: None,
            log_key: None,
            vault_key: None,
            badge_key: None,
        };
        let system = System::start(settings).await.context("starting Linli")?;
        let url = system.url();
        let operator_key = system.mint(KeyKind::Operator, "bench", None).await?;
        let address = url.trim_start_matches("http://").parse()?;
        let (http, system) = (Http::new(&url), Some(system));
        let running = Self { system, http, operator_key, database, address };
        let ready = Ask::get("/readyz");
        let known = Ask::get("/v1/log/head").bearer(&running.operator_key);
        wait::until("the gateway is ready", wait::LONG, async || running.answers(&ready).await)
            .await?;
        let look = async || running.answers(&known).await;
        wait::until("the gateway knows a key", wait::LONG, look).await?;
        Ok(running)
    }

    async fn answers(&self, ask: &Ask) -> Option<()> {
        self.http.send(ask).await.ok().filter(|answer| answer.status == 200).map(|_| ())
    }

    /// A key that the gateway knows.
    pub(crate) async fn mint(
        &self,
        kind: KeyKind,
        subject: Option<u128>,
    ) -> anyhow::Result<String> {
        let system = self.system.as_ref().context("it has been stopped")?;
        let key = system.mint(kind, "bench", subject).await?;
        let ask = Ask::get("/v1/areas").bearer(&key);
        let look = async || {
            let answer = self.http.send(&ask).await.ok()?;
            // Known, whether or not it may ask this.
            (answer.status != 401).then_some(())
        };
        wait::until("the gateway knows a key", wait::LONG, look).await?;
        Ok(key)
    }

    /// How far everything is now.
    pub(crate) async fn standings(&self) -> Option<Standings> {
        let told: serde_json::Value =
            self.http.send(&Ask::get("/readyz")).await.ok()?.json().ok()?;
        let told = &told["districts"][0];
        let models = told["read_models"].as_array()?.iter().filter_map(|model| {
            Some((model["name"].as_str()?.to_owned(), model["position"].as_u64()?))
        });
        Some(Standings { head: told["log"].as_u64()?, read_models: models.collect() })
    }

    /// What one of its metrics shows, all labels together; 0 if it has none of that name.
    pub(crate) async fn metric(&self, name: &str) -> anyhow::Result<f64> {
        let answer = self.http.send(&Ask::get("/metrics")).await?;
        let text = String::from_utf8_lossy(&answer.body);
        let lines = text.lines().filter(|line| {
            line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' ']))
        });
        let values = lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok());
        Ok(values.sum())
    }

    /// Waits until all read models have seen what is in the log now, and gives its end: what the
    /// projectors still have to do is not the next measurement's burden.
    pub(crate) async fn caught_up(&self) -> anyhow::Result<u64> {
        let look = async || self.standings().await;
        let head = wait::until("the log's end", wait::LONG, look).await?.head;
        let look = async || {
            let standings = self.standings().await?;
            (standings.slowest() >= head).then_some(())
        };
        wait::until("the projectors caught up", CAUGHT_UP_MAX, look).await?;
        Ok(head)
    }

    /// Where the gateway listens: `http://127.0.0.1:40123`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops it, and leaves what it kept.
    pub(crate) async fn stop(mut self) -> anyhow::Result<Database> {
        if let Some(system) = self.system.take() {
            system.stop().await?;
        }
        Ok(self.database.clone())
    }
}

impl Drop for Running {
    /// A figure that failed leaves nobody behind who would burden the next.
    fn drop(&mut self) {
        if let Some(system) = self.system.take() {
            tokio::spawn(system.stop());
        }
    }
}

impl Standings {
    /// The read model that is furthest behind; 0 while there is none.
    pub(crate) fn slowest(&self) -> u64 {
        self.read_models.iter().map(|(_, position)| *position).min().unwrap_or_default()
    }
}
