//! Connections to PostgreSQL and NATS, with every wait bounded.

use std::time::Duration;

use anyhow::Context as _;
use deadpool_postgres::Pool;
use linli_log::reader::pool_within;
use tokio_postgres::{Client, Config, NoTls};

use crate::cli::DatabaseArgs;

/// Connections that a process of one district keeps, beside the writer's own. The server allows a
/// hundred; four processes and a person at a prompt fit.
const POOL_CONNECTIONS_MIN: usize = 16;

/// Connections that a process keeps, however many districts it carries: those that are idle need
/// none, and more at once than this only wait for the server's processors.
const POOL_CONNECTIONS_MAX: usize = 32;

/// Connections for what ledgers read, for one district,
const LEDGERS_CONNECTIONS_MIN: usize = 4;

/// and for any number of them: relays look after each frame, repeats now and then.
const LEDGERS_CONNECTIONS_MAX: usize = 16;

/// A server that is there answers well within this.
const CONNECT_WAIT_MAX: Duration = Duration::from_secs(3);

pub(crate) fn postgres(database: &DatabaseArgs) -> anyhow::Result<Config> {
    let mut config: Config = database.database_url.parse().context("the address of PostgreSQL")?;
    config.connect_timeout(CONNECT_WAIT_MAX);
    if config.get_application_name().is_none() {
        config.application_name("linli");
    }
    Ok(config)
}

/// Connections for the read models of so many districts.
pub(crate) fn pool(config: &Config, districts: usize) -> anyhow::Result<Pool> {
    let connections = POOL_CONNECTIONS_MIN.saturating_add(districts.saturating_sub(1));
    let connections = connections.min(POOL_CONNECTIONS_MAX);
    // Projectors write through it, and a rebuild compares whole tables: no bound for a statement.
    pool_within(config, connections, None).context("the pool of connections")
}

/// Connections for what the ledgers of so many districts read.
pub(crate) fn ledgers_pool(config: &Config, districts: usize) -> anyhow::Result<Pool> {
    let connections = LEDGERS_CONNECTIONS_MIN.saturating_add(districts.saturating_sub(1));
    let connections = connections.min(LEDGERS_CONNECTIONS_MAX);
    linli_log::reader::pool(config, connections).context("the ledgers' pool of connections")
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
