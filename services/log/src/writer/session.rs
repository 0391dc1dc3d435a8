//! The writer's connection: how it is opened, kept alive, and lost.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::MissedTickBehavior;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config, NoTls};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::settings::{Settings, UnsafeSetting};
use crate::district::District;
use crate::lock::{self, Purpose};
use crate::row::RowError;

/// Longest wait for a connection: a server that does not answer in it is away.
pub const CONNECT_WAIT_MAX: Duration = Duration::from_secs(3);

/// Longest that the server works on one statement of the writer. A frame takes milliseconds; a
/// server that takes this long is stuck, and 503 is the better answer.
pub const STATEMENT_MAX: Duration = Duration::from_secs(5);

/// Longest wait for the server's answer to anything that a writer asks. Longer than
/// [`STATEMENT_MAX`], so that the server's word comes first where there is one; after it the outcome
/// of an append is unknown.
pub const ANSWER_WAIT_MAX: Duration = Duration::from_secs(8);

/// How often an idle writer gives a sign of life.
pub const PULSE: Duration = Duration::from_secs(1);

/// After how long without a sign of life the server ends the writer's session and frees the lock:
/// the lease, kept by PostgreSQL. Five pulses, so that a busy machine does not lose it.
pub const SESSION_IDLE_MAX: Duration = Duration::from_secs(5);

/// How often one who waits for the lock looks. A take-over must be quick, and a look is cheap.
pub const LOCK_LOOK: Duration = Duration::from_millis(100);

/// Longest wait for a connection to close in good order.
const CLOSE_WAIT_MAX: Duration = Duration::from_secs(1);

/// Why a writer could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The server can't be reached, or refuses the login.
    #[error("the log's server can't be reached")]
    Connect(#[source] tokio_postgres::Error),
    /// The server would lose commits.
    #[error(transparent)]
    Unsafe(#[from] UnsafeSetting),
    /// The server is a read-only standby.
    #[error("the server is a standby: it can't be written to")]
    Standby,
    /// Another writer has the district's lock.
    #[error("another writer has the district's lock")]
    Held,
    /// The waiting was called off.
    #[error("the wait for the lock was called off")]
    Cancelled,
    /// The tables are not there: migrate first.
    #[error("the log's tables are not there: migrate first")]
    NotMigrated(#[source] tokio_postgres::Error),
    /// The server refused a step, or the connection was lost.
    #[error("the writer's session could not be set up")]
    Session(#[source] tokio_postgres::Error),
    /// The server did not answer a step within [`ANSWER_WAIT_MAX`].
    #[error("the server did not answer in time while the writer's session was set up")]
    Late,
    /// A row is not as the schema has it.
    #[error("the log's last frame is malformed")]
    Row(#[from] RowError),
}

impl OpenError {
    /// Bounds a step of the setup.
    pub(super) async fn in_time<T>(step: impl Future<Output = Result<T, Self>>) -> Result<T, Self> {
        tokio::time::timeout(ANSWER_WAIT_MAX, step).await.unwrap_or(Err(Self::Late))
    }

    /// An error of a step that needs the role and the tables.
    pub(super) fn from_setup(error: tokio_postgres::Error) -> Self {
        let missing =
            [SqlState::UNDEFINED_TABLE, SqlState::INVALID_SCHEMA_NAME, SqlState::UNDEFINED_OBJECT];
        match error.code() {
            // SET ROLE to a role that does not exist is an invalid value of a parameter.
            Some(code) if missing.contains(code) || *code == SqlState::INVALID_PARAMETER_VALUE => {
                Self::NotMigrated(error)
            }
            _ => Self::Session(error),
        }
    }
}

/// A connection with the writer's settings and role. Dropping it cuts the connection.
#[derive(Debug)]
pub(super) struct Session {
    client: Arc<Client>,
    /// Cancelled to cut the connection at once.
    cut: CancellationToken,
    /// Cancelled when the connection is gone.
    lost: CancellationToken,
    driver: AbortOnDropHandle<()>,
    pulse: AbortOnDropHandle<()>,
}

impl Session {
    /// Connects, checks the server, and puts on the writer's settings and role.
    pub(super) async fn connect(config: &Config, district: &District) -> Result<Self, OpenError> {
        let mut config = config.clone();
        config
            .connect_timeout(CONNECT_WAIT_MAX)
            .keepalives(true)
            .keepalives_idle(SESSION_IDLE_MAX)
            .tcp_user_timeout(SESSION_IDLE_MAX)
            .application_name(format!("linli writer {district}"));
        let (client, connection) = config.connect(NoTls).await.map_err(OpenError::Connect)?;
        let client = Arc::new(client);
        let (cut, lost) = (CancellationToken::new(), CancellationToken::new());
        let gone = lost.clone().drop_guard();
        let stop = cut.clone();
        let driver = AbortOnDropHandle::new(tokio::spawn(async move {
            let _gone = gone;
            tokio::select! {
                () = stop.cancelled() => tracing::warn!("the writer's connection was cut"),
                outcome = connection => if let Err(error) = outcome {
                    tracing::warn!(%error, "the writer's connection was lost");
                },
            }
        }));
        let set_up = async {
            let settings = Settings::read(&client).await.map_err(OpenError::Session)?;
            settings.check()?;
            let setup = setup_sql(settings.synchronous_commit());
            client.batch_execute(&setup).await.map_err(OpenError::from_setup)
        };
        OpenError::in_time(set_up).await?;
        let pulse = AbortOnDropHandle::new(tokio::spawn(pulse(Arc::clone(&client))));
        Ok(Self { client, cut, lost, driver, pulse })
    }

    pub(super) fn client(&self) -> &Arc<Client> {
        &self.client
    }

    pub(super) fn cut(&self) -> &CancellationToken {
        &self.cut
    }

    pub(super) fn lost(&self) -> &CancellationToken {
        &self.lost
    }

    /// Takes the district's lock if it is free.
    pub(super) async fn try_lock(&self, district: &District) -> Result<bool, OpenError> {
        let key = lock::key(Purpose::Write, district.as_str());
        let look = async {
            let row = self.client.query_one("SELECT pg_try_advisory_lock($1)", &[&key]).await;
            row.and_then(|row| row.try_get(0)).map_err(OpenError::Session)
        };
        OpenError::in_time(look).await
    }

    /// Gives the lock back and closes in good order; cuts the connection where that takes long.
    pub(super) async fn close(self, district: &District) {
        let Self { client, driver, pulse, .. } = self;
        drop(pulse);
        let key = lock::key(Purpose::Write, district.as_str());
        let farewell = async {
            if let Err(error) = client.execute("SELECT pg_advisory_unlock($1)", &[&key]).await {
                tracing::debug!(%error, "the lock was not given back; it ends with the connection");
            }
            drop(client);
            driver.await
        };
        if tokio::time::timeout(CLOSE_WAIT_MAX, farewell).await.is_err() {
            tracing::warn!("the writer's connection did not close in time and was cut");
        }
    }
}

/// The writer's settings: durable commits, bounded statements, and a lease that ends by itself
/// when this process stands still or its machine is cut off.
fn setup_sql(synchronous_commit: &str) -> String {
    let idle_ms = SESSION_IDLE_MAX.as_millis();
    let idle_s = SESSION_IDLE_MAX.as_secs();
    let statement_ms = STATEMENT_MAX.as_millis();
    format!(
        "SET synchronous_commit = {synchronous_commit}; \
         SET statement_timeout = {statement_ms}; \
         SET idle_session_timeout = {idle_ms}; \
         SET idle_in_transaction_session_timeout = {idle_ms}; \
         SET tcp_user_timeout = {idle_ms}; \
         SET tcp_keepalives_idle = {idle_s}; \
         SET tcp_keepalives_interval = 1; \
         SET tcp_keepalives_count = 3; \
         SET client_connection_check_interval = 1000; \
         SET ROLE linli_writer"
    )
}

/// Gives a sign of life every [`PULSE`], until the connection is gone.
async fn pulse(client: Arc<Client>) {
    let mut tick = tokio::time::interval(PULSE);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if client.batch_execute("").await.is_err() {
            return;
        }
    }
}
