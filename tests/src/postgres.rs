//! Connections to PostgreSQL for looking and for doing harm.

use anyhow::Context as _;
use tokio::task::JoinHandle;
use tokio_postgres::{Client, NoTls};

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

/// Connects.
///
/// # Errors
///
/// If nobody answers.
pub async fn connect(url: &str) -> anyhow::Result<Connection> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.context("connecting")?;
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
