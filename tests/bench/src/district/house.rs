//! A ledger on a database of its own, with nothing beside it: the writer alone.

use anyhow::Context as _;
use linli_ledger::{Ledger, Metrics, Settings};
use linli_port::Port;
use prometheus::Registry;
use tokio_postgres::NoTls;
use tokio_util::sync::CancellationToken;

use crate::ground::{Database, Ground};

/// A ledger that leads.
pub(crate) struct House {
    pub(crate) port: Port,
    database: Database,
    ledger: Ledger,
    cancel: CancellationToken,
}

impl House {
    /// Starts one on an empty log, and waits until it leads.
    pub(crate) async fn start(ground: &Ground) -> anyhow::Result<Self> {
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
        Ok(Self { port, database, ledger, cancel })
    }

    pub(crate) async fn stop(self) -> anyhow::Result<Database> {
        self.cancel.cancel();
        self.ledger.stopped().await?;
        Ok(self.database)
    }
}
