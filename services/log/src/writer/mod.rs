//! The one writer of a district's log.
//!
//! The lock, the appends and the look-ups share one connection: lose it and all are gone together,
//! so that a writer that was paused and woke up late appends nothing.

mod append;
mod session;
mod settings;

use tokio_postgres::types::ToSql;
use tokio_postgres::{Config, Statement};
use tokio_util::sync::CancellationToken;

use crate::district::District;
use crate::key::{self, KeyEntry};
use crate::row::{self, Head, RowError};

pub use append::{Append, AppendError, Doubt};
pub use session::{
    ANSWER_WAIT_MAX, CONNECT_WAIT_MAX, LOCK_LOOK, OpenError, PULSE, SESSION_IDLE_MAX, STATEMENT_MAX,
};
pub use settings::UnsafeSetting;

use session::Session;

/// The writer of one district. Exists only while it holds the district's lock, as far as it knows;
/// [`lost`](Self::lost) tells when it doesn't any more.
///
/// Needs a runtime that is not blocked for longer than [`SESSION_IDLE_MAX`]: a writer that gives
/// no sign of life for so long is taken for dead by the server, which gives the lock to another.
#[derive(Debug)]
pub struct LogWriter {
    district: District,
    session: Session,
    append: Statement,
    find: Statement,
    head: Option<Head>,
}

/// Why a look-up over the writer's connection failed.
#[derive(Debug, thiserror::Error)]
pub enum LookupError {
    /// The server refused the question, or the connection is gone.
    #[error("the keys could not be looked up")]
    Postgres(#[from] tokio_postgres::Error),
    /// A row is not as the schema has it.
    #[error("a key's row is malformed")]
    Row(#[from] RowError),
    /// No answer came within [`ANSWER_WAIT_MAX`]; the connection was cut.
    #[error("the keys were not looked up in time")]
    Late,
}

impl LogWriter {
    /// Checks, without the lock, that the server can be written to and keeps what it commits, and
    /// that the tables are there.
    ///
    /// # Errors
    /// As [`open`](Self::open), but never [`OpenError::Held`].
    pub async fn check(config: &Config, district: &District) -> Result<(), OpenError> {
        let session = Session::connect(config, district).await?;
        let prepare = async {
            let prepared = session.client().prepare(append::STATEMENT).await;
            prepared.map(|_| ()).map_err(OpenError::from_setup)
        };
        OpenError::in_time(prepare).await
    }

    /// Connects, checks that the server keeps what it commits, takes the district's lock and reads
    /// where the log ends.
    ///
    /// # Errors
    /// [`OpenError::Held`] when another writer has the lock; [`OpenError::Unsafe`] when the
    /// server's settings would lose a commit; [`OpenError`] for the rest.
    pub async fn open(config: &Config, district: &District) -> Result<Self, OpenError> {
        let session = Session::connect(config, district).await?;
        if session.try_lock(district).await? {
            OpenError::in_time(Self::begin(session, district)).await
        } else {
            Err(OpenError::Held)
        }
    }

    /// As [`open`](Self::open), but waits for the lock, looking every [`LOCK_LOOK`].
    ///
    /// # Errors
    /// [`OpenError::Cancelled`] when `cancel` came first, else as `open`. A connection that is lost
    /// while waiting is an error too: the caller decides when to come again.
    pub async fn open_waiting(
        config: &Config,
        district: &District,
        cancel: &CancellationToken,
    ) -> Result<Self, OpenError> {
        let wait = async {
            let session = Session::connect(config, district).await?;
            while !session.try_lock(district).await? {
                tokio::time::sleep(LOCK_LOOK).await;
            }
            OpenError::in_time(Self::begin(session, district)).await
        };
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(OpenError::Cancelled),
            opened = wait => opened,
        }
    }

    async fn begin(session: Session, district: &District) -> Result<Self, OpenError> {
        let client = session.client();
        let append = client.prepare(append::STATEMENT).await.map_err(OpenError::from_setup)?;
        let find = client.prepare(key::FIND).await.map_err(OpenError::from_setup)?;
        // After the lock: whoever had it before has committed its last or never will.
        let last = client.query_opt(row::HEAD, &[&district.as_str()]).await;
        let head = last.map_err(OpenError::Session)?.as_ref().map(row::head).transpose()?;
        Ok(Self { district: district.clone(), session, append, find, head })
    }

    /// The district.
    #[must_use]
    pub fn district(&self) -> &District {
        &self.district
    }

    /// Where the log ended when this writer took the lock; `None` when it had no frame.
    #[must_use]
    pub fn head(&self) -> Option<&Head> {
        self.head.as_ref()
    }

    /// Waits until the connection is gone, and the lock with it.
    pub async fn lost(&self) {
        self.session.lost().cancelled().await;
    }

    /// Whether the connection is gone, as far as is known.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.session.lost().is_cancelled()
    }

    /// Gives the lock back and closes the connection: for a hand-over. Appends that are under way
    /// must have been awaited.
    pub async fn close(self) {
        self.session.close(&self.district).await;
    }

    /// Looks up commands by client and key, all in one round trip, in the order asked; `None` for
    /// a key that the index does not have: it lacks the keys of frames after its
    /// [`position`](crate::KeyIndex::position).
    ///
    /// Poll the appends that are under way meanwhile: see [`Append`].
    ///
    /// # Errors
    /// [`LookupError`].
    pub async fn find_keys(
        &self,
        keys: &[([u8; 16], &str)],
    ) -> Result<Vec<Option<KeyEntry>>, LookupError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let marks = key::marks(&self.district, keys);
        let parameters: [&(dyn ToSql + Sync); 1] = [&marks];
        let asked = self.session.client().query(&self.find, &parameters);
        let Ok(rows) = tokio::time::timeout(ANSWER_WAIT_MAX, asked).await else {
            self.session.cut().cancel();
            return Err(LookupError::Late);
        };
        Ok(key::in_order(&rows?, keys)?)
    }
}
