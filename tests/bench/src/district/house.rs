//! A writer with nothing before it and nothing beside it, over one store or another.

use anyhow::Context as _;
use linli_ledger::store::Store;
use linli_ledger::{Clock, Fall, Image, Ledger, Metrics, Settings, Term};
use linli_port::Port;
use prometheus::Registry;
use tokio::task::JoinHandle;
use tokio_postgres::NoTls;
use tokio_util::sync::CancellationToken;

use super::stores::{FileStore, NullStore};
use crate::ground::{Database, Ground};

/// What keeps the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behind {
    Postgres,
    File,
    Nothing,
}

/// A writer that leads.
pub(crate) struct House {
    pub(crate) port: Port,
    cancel: CancellationToken,
    work: Work,
}

enum Work {
    /// All of a ledger: lock, snapshots, the index of keys.
    Ledger(Ledger, Database),
    /// The same pipeline over another store.
    Term(JoinHandle<Result<Image, Fall>>),
}

impl House {
    /// Starts one on an empty log, and waits until it leads.
    pub(crate) async fn start(ground: &Ground, behind: Behind) -> anyhow::Result<Self> {
        match behind {
            Behind::Postgres => Self::ledger(ground).await,
            Behind::File => Self::over(FileStore::create(ground.folder().join("frames"))?),
            Behind::Nothing => Self::over(NullStore),
        }
    }

    async fn ledger(ground: &Ground) -> anyhow::Result<Self> {
        let database = ground.database("ledger").await?;
        let (mut client, connection) = tokio_postgres::connect(&database.url, NoTls).await?;
        tokio::spawn(connection);
        linli_log::migrate(&mut client).await?;
        let registry = Registry::new();
        let settings = Settings::new(
            linli_log::District::new(&database.name)?,
            database.url.parse()?,
            Metrics::register(&registry)?,
            linli_log::Metrics::register(&registry)?,
        );
        let (port, intake) = Port::local();
        let cancel = CancellationToken::new();
        let ledger = Ledger::start(settings, intake, cancel.clone());
        let mut status = ledger.status();
        status.wait_for(|status| status.is_leading()).await.context("the ledger's start")?;
        Ok(Self { port, cancel, work: Work::Ledger(ledger, database) })
    }

    fn over(store: impl Store + 'static) -> anyhow::Result<Self> {
        let term = Term {
            district: linli_log::District::new("bench")?,
            clock: Clock::system(),
            metrics: Metrics::register(&Registry::new())?,
            image: Image::default(),
        };
        let (port, mut intake) = Port::local();
        let cancel = CancellationToken::new();
        let told = cancel.clone();
        let task = tokio::spawn(async move { term.lead(&store, &mut intake, &told).await });
        Ok(Self { port, cancel, work: Work::Term(task) })
    }

    /// Stops it, and throws away what it kept.
    pub(crate) async fn stop(self, ground: &Ground) -> anyhow::Result<()> {
        self.cancel.cancel();
        match self.work {
            Work::Ledger(ledger, database) => {
                ledger.stopped().await?;
                ground.forget(vec![database]).await
            }
            Work::Term(task) => {
                task.await?.map_err(|fall| anyhow::anyhow!("the term ended: {fall}"))?;
                Ok(())
            }
        }
    }
}
