//! Connections, made in one way for all who share them.

use std::time::Duration;

use deadpool_postgres::{BuildError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use tokio_postgres::{Config, NoTls};

/// Longest that the server works on one question of a reader.
pub const READ_STATEMENT_MAX: Duration = Duration::from_secs(5);

/// Longest wait for a connection, free or new: a reader that waits longer is better told.
const CONNECTION_WAIT_MAX: Duration = Duration::from_secs(3);

/// The pool could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the pool of connections could not be made")]
pub struct PoolConfigError(#[from] BuildError);

/// A pool of at most `connections_max` connections whose every wait is bounded: 3 s for a
/// connection, [`READ_STATEMENT_MAX`] for a statement. Connects when first asked.
///
/// # Errors
/// [`PoolConfigError`]; not when the server is away, which the first question tells.
pub fn pool(config: &Config, connections_max: usize) -> Result<Pool, PoolConfigError> {
    pool_within(config, connections_max, Some(READ_STATEMENT_MAX))
}

/// The same with another bound for a statement; with none for those who also write in bulk, make
/// tables or compare whole ones, which takes as long as there are rows.
///
/// # Errors
/// As [`pool`].
pub fn pool_within(
    config: &Config,
    connections_max: usize,
    statement_max: Option<Duration>,
) -> Result<Pool, PoolConfigError> {
    let mut config = config.clone();
    if let Some(statement_max) = statement_max {
        let statement = format!("-c statement_timeout={}", statement_max.as_millis());
        let options = match config.get_options() {
            Some(options) => format!("{options} {statement}"),
            None => statement,
        };
        config.options(options);
    }
    config
        .connect_timeout(CONNECTION_WAIT_MAX)
        .keepalives(true)
        .tcp_user_timeout(READ_STATEMENT_MAX);
    let manager = Manager::from_config(
        config,
        NoTls,
        ManagerConfig { recycling_method: RecyclingMethod::Fast },
    );
    Ok(Pool::builder(manager)
        .max_size(connections_max)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(CONNECTION_WAIT_MAX))
        .create_timeout(Some(CONNECTION_WAIT_MAX))
        .recycle_timeout(Some(CONNECTION_WAIT_MAX))
        .build()?)
}
