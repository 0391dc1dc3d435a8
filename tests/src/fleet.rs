//! A whole system in processes of its own, on servers of its own: what can be killed.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use linli_api::{Client, Instant};
use linli_devstack::{Options, Stack};
use tempfile::TempDir;

use crate::process::free_address;
use crate::system::{accepted, caught_up, ready};
use crate::{Ask, Audit, Binary, Http, Place, Process, Wish, wait};

/// The code of its district.
const DISTRICT: &str = "fleet";

/// Ledgers, a projector and a gateway as processes, over PostgreSQL and NATS of their own.
pub struct Fleet {
    yard: Yard,
    /// PostgreSQL and NATS.
    pub stack: Stack,
    /// The writers: one that leads, and those that stand by.
    pub ledgers: Vec<Ship>,
    /// The projectors.
    pub projector: Ship,
    /// HTTP.
    pub gateway: Ship,
    /// An operator's key.
    pub operator_key: String,
    logs: TempDir,
}

/// Where its processes are started.
#[derive(Clone, Debug)]
struct Yard {
    binary: Binary,
    database_url: String,
    nats_url: String,
    test_clock: Option<String>,
}

/// A process with an address that stays when it is started again.
#[derive(Debug)]
pub struct Ship {
    part: &'static str,
    address: SocketAddr,
    log: PathBuf,
    process: Process,
}

impl Ship {
    /// `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The process.
    pub const fn process(&mut self) -> &mut Process {
        &mut self.process
    }

    /// What its readiness says: a ledger's is `leading …`, `standing by` or `starting`.
    pub async fn says(&self) -> Option<String> {
        let answer = Http::new(&self.url()).send(&Ask::get("/readyz")).await.ok()?;
        String::from_utf8(answer.body).ok()
    }

    /// Waits until its readiness begins so.
    ///
    /// # Errors
    ///
    /// If it doesn't in time.
    pub async fn until_it_says(&self, begins: &str) -> anyhow::Result<()> {
        let what = format!("the {} at {} is {begins}", self.part, self.address);
        let look = async || self.says().await.filter(|said| said.starts_with(begins));
        let said = wait::until(&what, wait::LONG, look).await;
        said.map(|_| ()).with_context(|| self.process.last_words())
    }
}

impl Fleet {
    /// Starts one ledger, one projector process and one gateway, on the clock of this machine.
    ///
    /// # Errors
    ///
    /// What kept it from starting.
    pub async fn start(binary: Binary) -> anyhow::Result<Self> {
        Self::start_at(binary, None).await
    }

    /// The same on a test clock from an instant on. A ledger that is started again begins there
    /// too, or at its last record.
    ///
    /// # Errors
    ///
    /// What kept it from starting.
    pub async fn start_at(binary: Binary, test_clock: Option<&str>) -> anyhow::Result<Self> {
        let stack = Stack::start(Options::temporary()).await?;
        let yard = Yard {
            binary,
            database_url: stack.create_database(DISTRICT).await?,
            nats_url: stack.nats_url().to_owned(),
            test_clock: test_clock.map(str::to_owned),
        };
        let logs = TempDir::new()?;
        yard.run(&["migrate"]).await?;
        let key = ["keys", "create", "--kind", "operator", "--name", "fleet", "--json"];
        let key: serde_json::Value = serde_json::from_slice(&yard.run(&key).await?)?;
        let operator_key = key["key"].as_str().context("a key")?.to_owned();
        let start =
            |part| yard.launch(part, free_address()?, logs.path().join(format!("{part}.log")));
        let (ledgers, projector, gateway) =
            (vec![start("ledger")?], start("projector")?, start("gateway")?);
        ready(&gateway.url()).await.with_context(|| gateway.process.last_words())?;
        accepted(&gateway.url(), &operator_key).await?;
        Ok(Self { yard, stack, ledgers, projector, gateway, operator_key, logs })
    }

    /// Founds a place in it. Its ledger goes by the clock of this machine.
    ///
    /// # Errors
    ///
    /// What was refused, or failed.
    pub async fn found(&self, wish: Wish) -> anyhow::Result<Place> {
        let url = self.gateway.url();
        let operator = Client::new(&url, &self.operator_key)?;
        Place::found(&operator, &url, jiff::Timestamp::now(), wish).await
    }

    /// Starts one more ledger, which stands by.
    ///
    /// # Errors
    ///
    /// If it can't be started.
    pub async fn add_ledger(&mut self) -> anyhow::Result<()> {
        let log = self.logs.path().join(format!("ledger-{}.log", self.ledgers.len()));
        let ledger = self.yard.launch("ledger", free_address()?, log)?;
        ledger.until_it_says("standing by").await?;
        self.ledgers.push(ledger);
        Ok(())
    }

    /// Kills a process and starts it again at once.
    ///
    /// # Errors
    ///
    /// If it had ended by itself, or can't be started.
    pub async fn replace(&mut self, pick: impl Fn(&mut Self) -> &mut Ship) -> anyhow::Result<()> {
        let yard = self.yard.clone();
        let ship = pick(self);
        ship.process.kill().await.with_context(|| format!("the {}", ship.part))?;
        *ship = yard.launch(ship.part, ship.address, ship.log.clone())?;
        Ok(())
    }

    /// Everything still runs; nothing ended by itself.
    ///
    /// # Errors
    ///
    /// Which one ended, with the end of its log.
    pub fn all_run(&mut self) -> anyhow::Result<()> {
        let ships = self.ledgers.iter_mut().chain([&mut self.projector, &mut self.gateway]);
        for ship in ships {
            ship.process.still_runs().with_context(|| format!("the {}", ship.part))?;
        }
        Ok(())
    }

    /// Where the log ends.
    ///
    /// # Errors
    ///
    /// If it can't be read.
    pub async fn head(&self) -> anyhow::Result<u64> {
        let operator = Client::new(&self.gateway.url(), &self.operator_key)?;
        Ok(operator.log_head().await?.body.position)
    }

    /// When the last record was recorded.
    ///
    /// # Errors
    ///
    /// If it can't be read.
    pub async fn recorded_at(&self) -> anyhow::Result<Instant> {
        let operator = Client::new(&self.gateway.url(), &self.operator_key)?;
        let last = operator.log_head().await?.body.position;
        Ok(operator.log_record(last).await?.body.recorded_at)
    }

    /// Waits until every read model has seen the whole log.
    ///
    /// # Errors
    ///
    /// If one stopped, or doesn't get there in time.
    pub async fn caught_up(&self) -> anyhow::Result<()> {
        caught_up(&Http::new(&self.gateway.url()), self.head().await?).await
    }

    /// Audits it, read models included.
    ///
    /// # Errors
    ///
    /// If the audit couldn't run.
    pub async fn audit(&self) -> anyhow::Result<Audit> {
        self.yard.binary.audit(&self.yard.database_url, DISTRICT).await
    }

    /// Stops everything in order.
    ///
    /// # Errors
    ///
    /// Which one didn't end well.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let ships = [&mut self.gateway, &mut self.projector].into_iter().chain(&mut self.ledgers);
        for ship in ships {
            let status = ship.process.stop().await.with_context(|| format!("the {}", ship.part))?;
            let words = ship.process.last_words();
            anyhow::ensure!(status.success(), "the {} ended with {status}:\n{words}", ship.part);
        }
        Ok(self.stack.stop().await?)
    }
}

impl Yard {
    fn launch(
        &self,
        part: &'static str,
        address: SocketAddr,
        log: PathBuf,
    ) -> anyhow::Result<Ship> {
        let bind = address.to_string();
        let serve = ["--log", "info", "serve", part, "--bind", &bind, "--nats-url", &self.nats_url];
        let mut args = [&serve[..], &self.place()].concat();
        if let (Some(clock), "ledger") = (&self.test_clock, part) {
            args.extend(["--test-clock", clock]);
        }
        let process = self.binary.spawn(&args, &log)?;
        Ok(Ship { part, address, log, process })
    }

    /// Runs a command to its end, which has to be a good one; gives what it printed.
    async fn run(&self, args: &[&str]) -> anyhow::Result<Vec<u8>> {
        let output = self.binary.run(&[args, &self.place()].concat()).await?;
        let said = String::from_utf8_lossy(&output.stderr);
        anyhow::ensure!(output.status.success(), "linli {}: {said}", args.join(" "));
        Ok(output.stdout)
    }

    fn place(&self) -> [&str; 4] {
        ["--database-url", &self.database_url, "--district", DISTRICT]
    }
}
