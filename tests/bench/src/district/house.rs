//! A writer with nothing before it and nothing beside it, over one store or another.

use anyhow::Context as _;
use linli_ledger::store::Store;
use linli_ledger::{Clock, Fall, Image, Ledger, Metrics, Settings, Term};
use linli_port::Port;
use linli_tests::city;
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

/// How often a ledger writes snapshots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Snapshots {
    /// As usual.
    Usual,
    /// As soon as one is due.
    Always,
    Never,
}

/// What may be wished of a ledger.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub(crate) clock: Clock,
    pub(crate) snapshots: Snapshots,
}

/// A writer that leads.
pub(crate) struct House {
    pub(crate) port: Port,
    cancel: CancellationToken,
    work: Work,
    registry: Registry,
    /// To be thrown away with it.
    database: Option<Database>,
}

enum Work {
    /// All of a ledger: lock, snapshots, the index of keys.
    Ledger(Ledger),
    /// The same pipeline over another store.
    Term(JoinHandle<Result<Image, Fall>>),
}

/// Brings the tables of the log up to date.
pub(crate) async fn migrate(database: &Database) -> anyhow::Result<()> {
    let (mut client, connection) = tokio_postgres::connect(&database.url, NoTls).await?;
    tokio::spawn(connection);
    linli_log::migrate(&mut client).await?;
    Ok(())
}

impl Wish {
    /// A clock that a city moves on.
    pub(crate) fn of_city(snapshots: Snapshots) -> Self {
        Self { clock: Clock::test(city::start()), snapshots }
    }
}

impl House {
    /// Starts one on an empty log of its own, and waits until it leads.
    pub(crate) async fn start(ground: &Ground, behind: Behind) -> anyhow::Result<Self> {
        match behind {
            Behind::Postgres => {
                let database = ground.database("ledger").await?;
                migrate(&database).await?;
                let house = Self::in_database(&database, None).await?;
                Ok(Self { database: Some(database), ..house })
            }
            Behind::File => {
                let file = FileStore::create(ground.folder().join("frames"))?;
                Self::term(file, Clock::system())
            }
            Behind::Nothing => Self::term(NullStore, Clock::system()),
        }
    }

    /// Starts one for a city that nothing keeps.
    pub(crate) fn of_city() -> anyhow::Result<Self> {
        Self::term(NullStore, Clock::test(city::start()))
    }

    /// Starts a ledger on a database that is migrated, and waits until it leads.
    pub(crate) async fn in_database(
        database: &Database,
        wish: Option<Wish>,
    ) -> anyhow::Result<Self> {
        let registry = Registry::new();
        let mut settings = Settings::new(
            linli_log::District::new(&database.name)?,
            database.url.parse()?,
            Metrics::register(&registry)?,
            linli_log::Metrics::register(&registry)?,
        );
        if let Some(Wish { clock, snapshots }) = wish {
            settings.clock = clock;
            settings.snapshot_every_records = match snapshots {
                Snapshots::Usual => settings.snapshot_every_records,
                Snapshots::Always => 1,
                // More than any log has, and room to count on.
                Snapshots::Never => u64::MAX / 4,
            };
        }
        let (port, intake) = Port::local();
        let cancel = CancellationToken::new();
        let ledger = Ledger::start(settings, intake, cancel.clone());
        let mut status = ledger.status();
        status.wait_for(|status| status.is_leading()).await.context("the ledger's start")?;
        Ok(Self { port, cancel, work: Work::Ledger(ledger), registry, database: None })
    }

    fn term(store: impl Store + 'static, clock: Clock) -> anyhow::Result<Self> {
        let registry = Registry::new();
        let term = Term {
            district: linli_log::District::new("bench")?,
            clock,
            metrics: Metrics::register(&registry)?,
            image: Image::default(),
        };
        let (port, mut intake) = Port::local();
        let cancel = CancellationToken::new();
        let told = cancel.clone();
        let task = tokio::spawn(async move { term.lead(&store, &mut intake, &told).await });
        Ok(Self { port, cancel, work: Work::Term(task), registry, database: None })
    }

    /// What one of its gauges shows; 0 if it has none of that name.
    pub(crate) fn gauge(&self, name: &str) -> f64 {
        let families = self.registry.gather();
        let family = families.iter().find(|family| family.name() == name);
        let metric = family.and_then(|family| family.get_metric().first());
        metric.map(|metric| metric.get_gauge().get_value()).unwrap_or_default()
    }

    /// Stops it in order.
    pub(crate) async fn end(self) -> anyhow::Result<()> {
        self.cancel.cancel();
        match self.work {
            Work::Ledger(ledger) => Ok(ledger.stopped().await?),
            Work::Term(task) => {
                task.await?.map_err(|fall| anyhow::anyhow!("the term ended: {fall}"))?;
                Ok(())
            }
        }
    }

    /// Stops one that is over another store, and gives what it had in memory.
    pub(crate) async fn image(self) -> anyhow::Result<Image> {
        self.cancel.cancel();
        match self.work {
            Work::Ledger(_) => anyhow::bail!("a ledger keeps its image"),
            Work::Term(task) => {
                task.await?.map_err(|fall| anyhow::anyhow!("the term ended: {fall}"))
            }
        }
    }

    /// Takes it away, as a crash would.
    pub(crate) fn crash(self) {
        if let Work::Term(task) = self.work {
            task.abort();
        }
    }

    /// Stops it, and throws away what it kept.
    pub(crate) async fn stop(mut self, ground: &Ground) -> anyhow::Result<()> {
        let database = self.database.take();
        self.end().await?;
        ground.forget(database.into_iter().collect()).await
    }
}
