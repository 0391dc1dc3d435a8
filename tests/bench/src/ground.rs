//! What all figures of a run stand on: one PostgreSQL and one NATS of their own, and the terms.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context as _;
use linli_devstack::Stack;
use serde::{Deserialize, Serialize};
use tokio_postgres::NoTls;

use crate::machine::{Machine, Meter, fdatasync};
use crate::terms::{Terms, TermsArgs};
use crate::waits::Tail;

/// The stack and the terms of a run.
pub(crate) struct Ground {
    pub(crate) terms: Terms,
    pub(crate) machine: Machine,
    pub(crate) meter: Meter,
    stack: Stack,
    /// Beside PostgreSQL's data, on the same disk.
    folder: PathBuf,
    databases: AtomicU64,
}

impl Ground {
    /// Starts the servers and describes the machine, while nothing else is going on.
    pub(crate) async fn lay(args: &TermsArgs) -> anyhow::Result<Self> {
        eprintln!("starting PostgreSQL and NATS");
        let mut stack = Stack::start(args.stack()).await?;
        let folder = stack.data_dir().join("bench");
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("creating {}", folder.display()))?;
        let machine = Machine::describe(&stack, &folder).await?;
        eprintln!("{}", machine.text());
        let meter = Meter { postmaster: stack.postgres_pid(), nats: stack.nats_pid() };
        let databases = AtomicU64::new(0);
        Ok(Self { terms: args.terms(), machine, meter, stack, folder, databases })
    }

    /// Makes a database that nobody else uses. Its name serves as a district's as well.
    pub(crate) async fn database(&self, about: &str) -> anyhow::Result<Database> {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        // A kept data folder may hold those of an earlier run.
        let name = format!("bench{about}{number}p{}", std::process::id());
        let url = self.stack.create_database(&name).await?;
        Ok(Database { name, url })
    }

    pub(crate) fn nats_url(&self) -> &str {
        self.stack.nats_url()
    }

    /// A folder on the disk that is measured.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What a flush takes now.
    pub(crate) async fn flush(&self) -> anyhow::Result<Tail> {
        fdatasync(&self.folder).await
    }

    /// Has PostgreSQL write out what it holds, so that no measurement pays for the one before it.
    pub(crate) async fn calm(&self) -> anyhow::Result<()> {
        let (client, connection) =
            tokio_postgres::connect(self.stack.postgres_url(), NoTls).await?;
        tokio::spawn(connection);
        client.batch_execute("CHECKPOINT").await.context("a checkpoint")
    }

    /// Throws databases away that are of no more use, with whoever is still connected.
    pub(crate) async fn forget(&self, databases: Vec<Database>) -> anyhow::Result<()> {
        let (client, connection) =
            tokio_postgres::connect(self.stack.postgres_url(), NoTls).await?;
        tokio::spawn(connection);
        for database in databases {
            let drop = format!("DROP DATABASE \"{}\" WITH (FORCE)", database.name);
            client.batch_execute(&drop).await?;
        }
        Ok(())
    }

    pub(crate) async fn stop(self) -> anyhow::Result<()> {
        let _ = std::fs::remove_dir_all(&self.folder);
        Ok(self.stack.stop().await?)
    }
}

/// A database of the run's PostgreSQL.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Database {
    /// A district's code.
    pub(crate) name: String,
    pub(crate) url: String,
}
