//! Connections to PostgreSQL and NATS, with every wait bounded.

use std::time::Duration;

use anyhow::Context as _;
use deadpool_postgres::Pool;
use linli_log::reader::pool_within;
use tokio_postgres::{Client, Config, NoTls};

use crate::cli::StoreArgs;

/// Connections that one process keeps for reading, beside the writer's own. The server allows a
/// hundred; four processes and a person at a prompt fit.
const POOL_CONNECTIONS_MAX: usize = 16;

/// A server that is there answers well within this.
const CONNECT_WAIT_MAX: Duration = Duration::from_secs(3);

pub(crate) fn postgres(stores: &StoreArgs) -> anyhow::Result<Config> {
    let mut config: Config = stores.database_url.parse().context("the address of PostgreSQL")?;
    config.connect_timeout(CONNECT_WAIT_MAX);
    if config.get_application_name().is_none() {
        config.application_name("linli");
    }
    Ok(config)
}

pub(crate) fn pool(config: &Config) -> anyhow::Result<Pool> {
    // Projectors write through it, and a rebuild compares whole tables: no bound for a statement.
    pool_within(config, POOL_CONNECTIONS_MAX, None).context("the pool of connections")
}

/// One connection, for what is done once.
pub(crate) async fn connect(config: &Config) -> anyhow::Result<Client> {
    let (client, connection) = config.connect(NoTls).await.context("connecting to PostgreSQL")?;
    // It ends with its client.
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "connection to PostgreSQL ended");
        }
    });
    Ok(client)
}

/// NATS, which may be away now and come later.
pub(crate) async fn nats(
    url: Option<&str>,
    name: &str,
) -> anyhow::Result<Option<async_nats::Client>> {
    let Some(url) = url else { return Ok(None) };
    let options = async_nats::ConnectOptions::new()
        .name(format!("linli {name}"))
        .retry_on_initial_connect()
        .connection_timeout(CONNECT_WAIT_MAX);
    options.connect(url).await.map(Some).context("the address of NATS")
}
