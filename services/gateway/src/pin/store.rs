//! The rows of PINs, and how a try is counted.

use std::sync::Arc;

use deadpool_postgres::Pool;
use linli_domain::id::OperatorId;
use linli_domain::text::CardCode;
use linli_domain::time::Timestamp;
use tokio::sync::Semaphore;

use super::digits::{Hash, Pin, Salt};

/// So many tries, then no other is looked at for a while.
const TRIES_MAX: i32 = 5;
/// For so long: 15 minutes. With it a guesser has 480 tries a day among a million PINs.
const LOCK_US: i64 = 15 * 60 * 1_000_000;
/// So many PINs are hashed at once: each takes a core for some 20 ms and 19 MiB.
const HASHED_AT_ONCE: usize = 2;

/// Why a PIN could not be set or looked at.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PinError {
    /// No connection was to be had.
    #[error("no connection to the table of PINs")]
    Connection(#[from] deadpool_postgres::PoolError),
    /// A statement failed.
    #[error("the table of PINs could not be read or written")]
    Statement(#[from] tokio_postgres::Error),
    /// A hash could not be made or read.
    #[error("a PIN could not be hashed: {0}")]
    Hash(argon2::Error),
    /// A row holds what it can't have.
    #[error("{0:?} has a PIN of another form")]
    Row(Holder),
    /// Whatever hashed it was stopped.
    #[error("a PIN was not hashed to the end")]
    Stopped(#[from] tokio::task::JoinError),
}

/// Whose PIN it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// An operator at a counter.
    Operator(OperatorId),
    /// A resident's card.
    Card(CardCode),
}

impl Holder {
    /// The table of its kind, the column that names it there, and its name.
    fn place(self) -> (&'static str, &'static str, String) {
        match self {
            Self::Operator(operator) => ("operator_pin", "operator", operator.to_string()),
            Self::Card(card) => ("card_pin", "card", card.to_string()),
        }
    }
}

/// What is said to a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is the one that was set.
    Right,
    /// It isn't; so many more tries are looked at.
    Wrong {
        /// How many.
        left: u32,
    },
    /// None is looked at before then.
    Locked {
        /// When.
        until: Timestamp,
    },
    /// There is none yet.
    NotSet,
}

/// The PINs of a district's operators and cards.
#[derive(Clone, Debug)]
pub(crate) struct Pins {
    pool: Pool,
    district: String,
    hashing: Arc<Semaphore>,
}

impl Pins {
    pub(crate) fn new(pool: Pool, district: String) -> Self {
        Self { pool, district, hashing: Arc::new(Semaphore::new(HASHED_AT_ONCE)) }
    }

    /// Gives somebody a PIN, in the place of the one before; what was locked is open again.
    pub(crate) async fn set(
        &self,
        holder: Holder,
        pin: Pin,
        now: Timestamp,
    ) -> Result<(), PinError> {
        let anew = "DO UPDATE SET salt = excluded.salt, hash = excluded.hash, \
                    set_at_us = excluded.set_at_us, tries = 0, locked_until_us = NULL";
        self.write(holder, pin, now, anew).await?;
        Ok(())
    }

    /// Gives somebody a first PIN; false, and nothing changed, where there is one.
    pub(crate) async fn set_first(
        &self,
        holder: Holder,
        pin: Pin,
        now: Timestamp,
    ) -> Result<bool, PinError> {
        Ok(self.write(holder, pin, now, "DO NOTHING").await? == 1)
    }

    async fn write(
        &self,
        holder: Holder,
        pin: Pin,
        now: Timestamp,
        if_there: &str,
    ) -> Result<u64, PinError> {
        let salt: Salt = rand::random();
        let hash = self.hashed(pin, salt).await?;
        let client = self.pool.get().await?;
        let (table, column, name) = holder.place();
        let statement = format!(
            "INSERT INTO access.{table} (district, {column}, salt, hash, set_at_us) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (district, {column}) {if_there}"
        );
        let (salt, hash, now_us) = (salt.as_slice(), hash.as_slice(), now.microseconds());
        let written =
            client.execute(&statement, &[&self.district, &name, &salt, &hash, &now_us]).await?;
        Ok(written)
    }

    /// Is it the right one? A try is counted before it is looked at, so that as many at once as
    /// anybody likes are no more than so many in a row.
    pub(crate) async fn check(
        &self,
        holder: Holder,
        pin: Pin,
        now: Timestamp,
    ) -> Result<Verdict, PinError> {
        let Some((salt, hash, tries)) = self.count(holder, now).await? else {
            return self.not_looked_at(holder).await;
        };
        // An ordinary comparison is enough: how far a wrong PIN's hash agrees tells nothing of the
        // right one.
        if self.hashed(pin, salt).await? == hash {
            self.forget_tries(holder, &hash).await?;
            return Ok(Verdict::Right);
        }
        if tries >= TRIES_MAX {
            return Ok(Verdict::Locked { until: locked_from(now) });
        }
        let left = TRIES_MAX.saturating_sub(tries);
        Ok(Verdict::Wrong { left: u32::try_from(left).unwrap_or_default() })
    }

    /// Counts a try, and locks with the last one; none if it isn't to be looked at.
    async fn count(
        &self,
        holder: Holder,
        now: Timestamp,
    ) -> Result<Option<(Salt, Hash, i32)>, PinError> {
        let client = self.pool.get().await?;
        let (table, column, name) = holder.place();
        let statement = client
            .prepare_cached(&format!(
                "UPDATE access.{table} SET \
                     tries = CASE WHEN locked_until_us IS NULL THEN tries + 1 ELSE 1 END, \
                     locked_until_us = \
                         CASE WHEN locked_until_us IS NULL AND tries + 1 >= $4 THEN $5::bigint END \
                 WHERE district = $1 AND {column} = $2 \
                     AND (locked_until_us IS NULL OR locked_until_us <= $3) \
                 RETURNING salt, hash, tries",
            ))
            .await?;
        let (now_us, until_us) = (now.microseconds(), locked_from(now).microseconds());
        let row = client
            .query_opt(&statement, &[&self.district, &name, &now_us, &TRIES_MAX, &until_us])
            .await?;
        let Some(row) = row else { return Ok(None) };
        let (salt, hash): (&[u8], &[u8]) = (row.try_get(0)?, row.try_get(1)?);
        let kept = salt.try_into().ok().zip(hash.try_into().ok());
        let (salt, hash) = kept.ok_or(PinError::Row(holder))?;
        Ok(Some((salt, hash, row.try_get(2)?)))
    }

    async fn not_looked_at(&self, holder: Holder) -> Result<Verdict, PinError> {
        let client = self.pool.get().await?;
        let (table, column, name) = holder.place();
        let statement = format!(
            "SELECT locked_until_us FROM access.{table} WHERE district = $1 AND {column} = $2"
        );
        let row = client.query_opt(&statement, &[&self.district, &name]).await?;
        let Some(row) = row else { return Ok(Verdict::NotSet) };
        let until: Option<i64> = row.try_get(0)?;
        // Set anew between the two statements: the next try is looked at.
        let until = Timestamp::from_microseconds(until.unwrap_or_default());
        Ok(Verdict::Locked { until })
    }

    /// The right one was said: unless another PIN was set meanwhile, nobody has tried.
    async fn forget_tries(&self, holder: Holder, hash: &Hash) -> Result<(), PinError> {
        let client = self.pool.get().await?;
        let (table, column, name) = holder.place();
        let statement = format!(
            "UPDATE access.{table} SET tries = 0, locked_until_us = NULL \
             WHERE district = $1 AND {column} = $2 AND hash = $3"
        );
        client.execute(&statement, &[&self.district, &name, &hash.as_slice()]).await?;
        Ok(())
    }

    /// Hashes away from the threads that serve requests, a few at a time.
    async fn hashed(&self, pin: Pin, salt: Salt) -> Result<Hash, PinError> {
        // The semaphore is never closed.
        let _turn = self.hashing.acquire().await.ok();
        tokio::task::spawn_blocking(move || pin.hash(&salt)).await?.map_err(PinError::Hash)
    }
}

fn locked_from(now: Timestamp) -> Timestamp {
    Timestamp::from_microseconds(now.microseconds().saturating_add(LOCK_US))
}
