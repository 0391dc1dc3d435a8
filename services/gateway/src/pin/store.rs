//! The rows of PINs, and how a try is counted.

use std::sync::Arc;

use deadpool_postgres::Pool;
use linli_domain::id::OperatorId;
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
    #[error("operator {0} has a PIN of another form")]
    Row(OperatorId),
    /// Whatever hashed it was stopped.
    #[error("a PIN was not hashed to the end")]
    Stopped(#[from] tokio::task::JoinError),
}

/// What is said to a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is the operator's.
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
    /// The operator has none yet.
    NotSet,
}

/// The PINs of a district's operators.
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

    /// Gives an operator a PIN, in the place of the one before; what was locked is open again.
    pub(crate) async fn set(
        &self,
        operator: OperatorId,
        pin: Pin,
        now: Timestamp,
    ) -> Result<(), PinError> {
        let salt: Salt = rand::random();
        let hash = self.hashed(pin, salt).await?;
        let client = self.pool.get().await?;
        client
            .execute(
                "INSERT INTO access.operator_pin AS kept (district, operator, salt, hash, set_at_us) \
                 VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (district, operator) DO UPDATE SET salt = excluded.salt, \
                     hash = excluded.hash, set_at_us = excluded.set_at_us, tries = 0, locked_until_us = NULL",
                &[
                    &self.district,
                    &operator.to_string(),
                    &salt.as_slice(),
                    &hash.as_slice(),
                    &now.microseconds(),
                ],
            )
            .await?;
        Ok(())
    }

    /// Is it the operator's? A try is counted before it is looked at, so that as many at once as
    /// anybody likes are no more than so many in a row.
    pub(crate) async fn check(
        &self,
        operator: OperatorId,
        pin: Pin,
        now: Timestamp,
    ) -> Result<Verdict, PinError> {
        let Some((salt, hash, tries)) = self.count(operator, now).await? else {
            return self.not_looked_at(operator).await;
        };
        // An ordinary comparison is enough: how far a wrong PIN's hash agrees tells nothing of the
        // right one.
        if self.hashed(pin, salt).await? == hash {
            self.forget_tries(operator, &hash).await?;
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
        operator: OperatorId,
        now: Timestamp,
    ) -> Result<Option<(Salt, Hash, i32)>, PinError> {
        let client = self.pool.get().await?;
        let statement = client
            .prepare_cached(
                "UPDATE access.operator_pin SET \
                     tries = CASE WHEN locked_until_us IS NULL THEN tries + 1 ELSE 1 END, \
                     locked_until_us = \
                         CASE WHEN locked_until_us IS NULL AND tries + 1 >= $4 THEN $5::bigint END \
                 WHERE district = $1 AND operator = $2 \
                     AND (locked_until_us IS NULL OR locked_until_us <= $3) \
                 RETURNING salt, hash, tries",
            )
            .await?;
        let (now_us, until_us) = (now.microseconds(), locked_from(now).microseconds());
        let name = operator.to_string();
        let row = client
            .query_opt(&statement, &[&self.district, &name, &now_us, &TRIES_MAX, &until_us])
            .await?;
        let Some(row) = row else { return Ok(None) };
        let (salt, hash): (&[u8], &[u8]) = (row.try_get(0)?, row.try_get(1)?);
        let kept = salt.try_into().ok().zip(hash.try_into().ok());
        let (salt, hash) = kept.ok_or(PinError::Row(operator))?;
        Ok(Some((salt, hash, row.try_get(2)?)))
    }

    async fn not_looked_at(&self, operator: OperatorId) -> Result<Verdict, PinError> {
        let client = self.pool.get().await?;
        let row = client
            .query_opt(
                "SELECT locked_until_us FROM access.operator_pin \
                 WHERE district = $1 AND operator = $2",
                &[&self.district, &operator.to_string()],
            )
            .await?;
        let Some(row) = row else { return Ok(Verdict::NotSet) };
        let until: Option<i64> = row.try_get(0)?;
        // Set anew between the two statements: the next try is looked at.
        let until = Timestamp::from_microseconds(until.unwrap_or_default());
        Ok(Verdict::Locked { until })
    }

    /// The right one was said: unless another PIN was set meanwhile, nobody has tried.
    async fn forget_tries(&self, operator: OperatorId, hash: &Hash) -> Result<(), PinError> {
        let client = self.pool.get().await?;
        client
            .execute(
                "UPDATE access.operator_pin SET tries = 0, locked_until_us = NULL \
                 WHERE district = $1 AND operator = $2 AND hash = $3",
                &[&self.district, &operator.to_string(), &hash.as_slice()],
            )
            .await?;
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
