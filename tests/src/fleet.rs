//! A whole system in processes of its own, on servers of its own: what can be killed.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use linli_api::Client;
use linli_devstack::{Options, Stack};
use tempfile::TempDir;

use crate::process::free_address;
use crate::system::{accepted, ready};
use crate::{Ask, Audit, Binary, Http, Place, Process, Wish, wait};

/// The code of its district.
const DISTRICT: &str = "fleet";

/// Ledgers, a projector and a gateway as processes, over PostgreSQL and NATS of their own.
pub struct Fleet {
    binary: Binary,
    /// PostgreSQL and NATS.
    pub stack: Stack,
    database_url: String,
    /// The writers: one that leads, and those that stand by.
    pub ledgers: Vec<Ship>,
    /// The projectors.
    pub projector: Ship,
    /// HTTP.
    pub gateway: Ship,
    operator: Client,
    logs: TempDir,
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
    /// Starts one ledger, one projector process and one gateway.
    ///
    /// # Errors
    ///
    /// What kept it from starting.
    pub async fn start(binary: Binary) -> anyhow::Result<Self> {
        let stack = Stack::start(Options::temporary()).await?;
        let database_url = stack.create_database(DISTRICT).await?;
        let logs = TempDir::new()?;
        let place = ["--database-url", &database_url, "--district", DISTRICT];
        done(&binary, &[&["migrate"][..], &place].concat()).await?;
        let wish = ["keys", "create", "--kind", "operator", "--name", "fleet", "--json"];
        let key = done(&binary, &[&wish[..], &place].concat()).await?;
        let key: serde_json::Value = serde_json::from_slice(&key)?;
        let key = key["key"].as_str().context("a key")?;
        let start = |part| {
            let (nats, logs) = (stack.nats_url(), logs.path().join(format!("{part}.log")));
            launch(&binary, part, free_address()?, &database_url, nats, logs)
        };
        let (ledger, projector, gateway) =
            (start("ledger")?, start("projector")?, start("gateway")?);
        ready(&gateway.url()).await.with_context(|| gateway.process.last_words())?;
        accepted(&gateway.url(), key).await?;
        let operator = Client::new(&gateway.url(), key)?;
        let ledgers = vec![ledger];
        Ok(Self { binary, stack, database_url, ledgers, projector, gateway, operator, logs })
    }

    /// Founds a place in it. Its ledger goes by the clock of this machine.
    ///
    /// # Errors
    ///
    /// What was refused, or failed.
    pub async fn found(&self, wish: Wish) -> anyhow::Result<Place> {
        Place::found(&self.operator, &self.gateway.url(), jiff::Timestamp::now(), wish).await
    }

    /// Starts one more ledger, which stands by.
    ///
    /// # Errors
    ///
    /// If it can't be started.
    pub async fn add_ledger(&mut self) -> anyhow::Result<()> {
        let log = self.logs.path().join(format!("ledger-{}.log", self.ledgers.len()));
        let (url, nats) = (&self.database_url, self.stack.nats_url());
        let ledger = launch(&self.binary, "ledger", free_address()?, url, nats, log)?;
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
        let (url, nats) = (self.database_url.clone(), self.stack.nats_url().to_owned());
        let binary = self.binary.clone();
        let ship = pick(self);
        ship.process.kill().await.with_context(|| format!("the {}", ship.part))?;
        *ship = launch(&binary, ship.part, ship.address, &url, &nats, ship.log.clone())?;
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

    /// Audits it, read models included.
    ///
    /// # Errors
    ///
    /// If the audit couldn't run.
    pub async fn audit(&self) -> anyhow::Result<Audit> {
        self.binary.audit(&self.database_url, DISTRICT).await
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

fn launch(
    binary: &Binary,
    part: &'static str,
    address: SocketAddr,
    database_url: &str,
    nats_url: &str,
    log: PathBuf,
) -> anyhow::Result<Ship> {
    let bind = address.to_string();
    let stores = ["--database-url", database_url, "--district", DISTRICT, "--nats-url", nats_url];
    let args = [&["--log", "info", "serve", part, "--bind", &bind][..], &stores].concat();
    let process = binary.spawn(&args, &log)?;
    Ok(Ship { part, address, log, process })
}

/// Runs to the end, which has to be a good one; gives what it printed.
async fn done(binary: &Binary, args: &[&str]) -> anyhow::Result<Vec<u8>> {
    let output = binary.run(args).await?;
    let said = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "linli {}: {said}", args.join(" "));
    Ok(output.stdout)
}
