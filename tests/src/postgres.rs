//! Connections to PostgreSQL for looking and for doing harm.

use anyhow::Context as _;
use tokio::task::JoinHandle;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, NoTls};

use crate::wait;

/// A connection. It ends when this goes.
#[derive(Debug)]
pub struct Connection {
    client: Client,
    driver: JoinHandle<()>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

impl std::ops::Deref for Connection {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// Connects. A server that was killed and still recovers is waited for, and one that hangs up since
/// it was killed just now.
///
/// # Errors
///
/// If nobody answers.
pub async fn connect(url: &str) -> anyhow::Result<Connection> {
    let connect = async || match tokio_postgres::connect(url, NoTls).await {
        Err(error) if error.code() == Some(&SqlState::CANNOT_CONNECT_NOW) => None,
        Err(error) if error.is_closed() => None,
        outcome => Some(outcome),
    };
    let outcome = wait::until("PostgreSQL takes connections", wait::LONG, connect).await?;
    let (client, connection) = outcome.context("connecting")?;
    let driver = tokio::spawn(async move {
        // Whoever asks over it is told.
        let _ = connection.await;
    });
    Ok(Connection { client, driver })
}

/// A position as the log counts.
pub(crate) fn unsigned(number: i64) -> anyhow::Result<u64> {
    u64::try_from(number).with_context(|| format!("{number} is no position"))
}
