//! A database for one test.

use std::time::Duration;

use crate::database;
use crate::error::Error;
use crate::random;
use crate::shared::{Shared, shared};

/// A test should not hang because its database does.
const REMOVE_MAX_S: u64 = 10;

/// An empty database in the [shared](crate::shared) PostgreSQL, dropped with this value as best effort.
///
/// ```no_run
/// # async fn example() -> Result<(), linli_devstack::Error> {
/// let database = linli_devstack::TestDatabase::create().await?;
/// let (url, stream, nats) = (database.url(), database.name(), database.nats_url());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    url: String,
    shared: &'static Shared,
}

impl TestDatabase {
    /// Makes a database that nobody else uses.
    ///
    /// # Errors
    ///
    /// As [`Stack::start`](crate::Stack::start), or [`Error::Postgres`].
    pub async fn create() -> Result<TestDatabase, Error> {
        let shared = shared().await?;
        let token = random::token()?;
        let name = format!("t{}", token.get(..15).unwrap_or(&token));
        let url = database::create(shared.postgres_url(), &name).await?;
        Ok(TestDatabase { name, url, shared })
    }

    /// The database's name: 16 of `a-z0-9`, beginning with `t`, never used twice. It serves as well as a
    /// district's name or as the beginning of a stream's or subject's.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The superuser's URL of this database.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where the shared NATS listens.
    #[must_use]
    pub fn nats_url(&self) -> &str {
        self.shared.nats_url()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // Dropping cannot wait for a future, and the runtime around us may be ending: so a thread of its
        // own, joined, because a test's process may end with its last test.
        std::thread::scope(|scope| {
            let thread = scope.spawn(|| remove(self.shared.postgres_url(), &self.name));
            if let Ok(Err(error)) = thread.join() {
                tracing::debug!(%error, database = self.name, "a test's database stays behind");
            }
        });
    }
}

fn remove(server_url: &str, name: &str) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Error::io("start a runtime"))?;
    runtime.block_on(async {
        let removal = database::remove(server_url, name);
        let bound = Duration::from_secs(REMOVE_MAX_S);
        let late =
            Error::Late { server: "PostgreSQL", what: "drop a database", bound_s: REMOVE_MAX_S };
        tokio::time::timeout(bound, removal).await.unwrap_or(Err(late))
    })
}
