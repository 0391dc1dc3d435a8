//! Whole systems as processes: two or more of `linli serve all` for one district, over PostgreSQL
//! and NATS of their own.

use std::net::SocketAddr;

use anyhow::Context as _;
use linli_api::Client;
use linli_devstack::{Options, Stack};
use tempfile::TempDir;

use crate::evidence::Stores;
use crate::process::free_address;
use crate::system::{accepted, ready};
use crate::{Audit, Binary, Place, Process, Wish};

/// The code of their district.
const DISTRICT: &str = "whole";

/// PostgreSQL and NATS, and the district's keys; systems are [started](Self::add) on it.
pub struct Grounds {
    binary: Binary,
    /// PostgreSQL and NATS.
    pub stack: Stack,
    database_url: String,
    operator_key: String,
    logs: TempDir,
    started: usize,
}

/// Everything in one process.
#[derive(Debug)]
pub struct Whole {
    address: SocketAddr,
    /// The process.
    pub process: Process,
}

impl Whole {
    /// Where its gateway listens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Grounds {
    /// Servers of their own, tables, and an operator's key.
    ///
    /// # Errors
    ///
    /// What kept it from starting.
    pub async fn lay(binary: Binary) -> anyhow::Result<Self> {
        let stack = Stack::start(Options::temporary()).await?;
        let database_url = stack.create_database(DISTRICT).await?;
        let place = ["--database-url", &database_url, "--district", DISTRICT];
        let run = async |args: &[&str]| {
            let output = binary.run(&[args, &place].concat()).await?;
            let said = String::from_utf8_lossy(&output.stderr);
            anyhow::ensure!(output.status.success(), "linli {}: {said}", args.join(" "));
            anyhow::Ok(output.stdout)
        };
        run(&["migrate"]).await?;
        let key = run(&["keys", "create", "--kind", "operator", "--name", "op", "--json"]).await?;
        let key: serde_json::Value = serde_json::from_slice(&key)?;
        let operator_key = key["key"].as_str().context("a key")?.to_owned();
        Ok(Self { binary, stack, database_url, operator_key, logs: TempDir::new()?, started: 0 })
    }

    /// Their stores.
    #[must_use]
    pub fn stores(&self) -> Stores {
        Stores {
            database_url: self.database_url.clone(),
            nats_url: self.stack.nats_url().to_owned(),
            district: DISTRICT.to_owned(),
        }
    }

    /// Starts one more system, and waits until its gateway is ready.
    ///
    /// # Errors
    ///
    /// If it can't be started.
    pub async fn add(&mut self) -> anyhow::Result<Whole> {
        let address = free_address()?;
        let bind = address.to_string();
        let nats_url = self.stack.nats_url().to_owned();
        let args = ["--log", "info", "serve", "all", "--bind", &bind, "--nats-url", &nats_url];
        let place = ["--database-url", &self.database_url, "--district", DISTRICT];
        self.started += 1;
        let log = self.logs.path().join(format!("{}.log", self.started));
        let process = self.binary.spawn(&[&args[..], &place].concat(), &log)?;
        let whole = Whole { address, process };
        ready(&whole.url()).await.with_context(|| whole.process.last_words())?;
        accepted(&whole.url(), &self.operator_key).await?;
        Ok(whole)
    }

    /// Founds a place through the gateway of one of them.
    ///
    /// # Errors
    ///
    /// What was refused, or failed.
    pub async fn found(&self, through: &Whole, wish: Wish) -> anyhow::Result<Place> {
        let operator = Client::new(&through.url(), &self.operator_key)?;
        Place::found(&operator, &through.url(), jiff::Timestamp::now(), wish).await
    }

    /// Audits the district, read models included.
    ///
    /// # Errors
    ///
    /// If the audit couldn't run.
    pub async fn audit(&self) -> anyhow::Result<Audit> {
        self.binary.audit(&self.database_url, DISTRICT).await
    }
}
