//! The rows of people. Each deed is one transaction, which leaves a visit behind it.

use std::sync::Arc;

use deadpool_postgres::{Client, Pool, Transaction};
use zeroize::Zeroizing;

use crate::key::{Secret, WrappingKeys};
use crate::seal::{DoesNotOpen, For, Whose, open, seal};
use crate::visit::{self, Deed, Erasure, Visit, Visited, text};

/// So many keys are wrapped anew in one transaction: a few milliseconds' work.
const ROTATED_MAX: i64 = 500;

/// Why the vault could not do it.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// No connection was to be had.
    #[error("no connection to the vault")]
    Connection(#[from] deadpool_postgres::PoolError),
    /// A statement failed.
    #[error("the vault could not be read or written")]
    Statement(#[from] tokio_postgres::Error),
    /// A person's key is wrapped under a key that the vault was not told.
    #[error("the vault was not told the key {name}")]
    KeyMissing {
        /// Its name.
        name: String,
    },
    /// What stands there was not sealed by this vault for this resident, or was changed.
    #[error("the record of {resident} does not open")]
    DoesNotOpen {
        /// The resident's ULID.
        resident: String,
    },
}

/// The vault of a district. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Vault {
    pool: Pool,
    district: String,
    keys: Arc<WrappingKeys>,
}

/// What became of a record that was to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Kept {
    /// It is kept.
    Kept,
    /// The person was erased, for good.
    Erased,
}

/// What stands in the place of a person.
#[derive(Debug, PartialEq, Eq)]
pub enum Opened {
    /// The record, opened.
    Person(Zeroizing<Vec<u8>>),
    /// Nothing was ever written.
    Nobody,
    /// It was erased.
    Erased,
}

impl Vault {
    /// The vault of this district.
    #[must_use]
    pub const fn new(pool: Pool, district: String, keys: Arc<WrappingKeys>) -> Self {
        Self { pool, district, keys }
    }

    /// Writes a person's record, in the place of an earlier one.
    ///
    /// # Errors
    ///
    /// [`VaultError`]
    pub async fn write(&self, visit: &Visit, plain: &[u8]) -> Result<Kept, VaultError> {
        let resident = text(visit.resident);
        let whose = Whose { district: &self.district, resident: &resident };
        let mut client = self.pool.get().await?;
        let transaction = self.begin(&mut client).await?;
        // Two who write for the first time at once: the second waits for the first here.
        let lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
        transaction.query_one(lock, &[&format!("vault/{}/{resident}", self.district)]).await?;
        let row = transaction
            .query_opt(
                "SELECT wrapped_by, wrapped_key FROM vault.person \
                 WHERE district = $1 AND resident = $2 FOR UPDATE",
                &[&self.district, &resident],
            )
            .await?;
        let key = match row {
            None => Zeroizing::new(rand::random::<[u8; 32]>()),
            Some(row) => match (row.try_get(0)?, row.try_get(1)?) {
                (Some(name), Some(wrapped)) => self.unwrapped(whose, name, wrapped)?,
                _ => return Ok(Kept::Erased),
            },
        };
        let faulty = |DoesNotOpen| VaultError::DoesNotOpen { resident: resident.clone() };
        let wrapping = self.keys.first();
        let wrapped = seal(&wrapping.secret, (whose, For::Key), key.as_slice(), rand::random())
            .map_err(faulty)?;
        let sealed = seal(&key, (whose, For::Person), plain, rand::random()).map_err(faulty)?;
        transaction
            .execute(
                "INSERT INTO vault.person (district, resident, wrapped_by, wrapped_key, sealed, \
                     changed_at_us) VALUES ($1, $2, $3, $4, $5, $6) \
                 ON CONFLICT (district, resident) DO UPDATE SET wrapped_by = $3, \
                     wrapped_key = $4, sealed = $5, changed_at_us = $6",
                &[&self.district, &resident, &wrapping.name, &wrapped, &sealed, &visit.at_us],
            )
            .await?;
        self.leave(&transaction, visit, Deed::Written).await?;
        transaction.commit().await?;
        Ok(Kept::Kept)
    }

    /// Opens a person's record. That somebody asked is written down before anything is told.
    ///
    /// # Errors
    ///
    /// [`VaultError`]
    pub async fn read(&self, visit: &Visit) -> Result<Opened, VaultError> {
        let resident = text(visit.resident);
        let whose = Whose { district: &self.district, resident: &resident };
        let mut client = self.pool.get().await?;
        let transaction = self.begin(&mut client).await?;
        self.leave(&transaction, visit, Deed::Read).await?;
        let row = transaction
            .query_opt(
                "SELECT wrapped_by, wrapped_key, sealed FROM vault.person \
                 WHERE district = $1 AND resident = $2",
                &[&self.district, &resident],
            )
            .await?;
        transaction.commit().await?;
        let Some(row) = row else { return Ok(Opened::Nobody) };
        let (Some(name), Some(wrapped), Some(sealed)) =
            (row.try_get(0)?, row.try_get(1)?, row.try_get::<_, Option<&[u8]>>(2)?)
        else {
            return Ok(Opened::Erased);
        };
        let key = self.unwrapped(whose, name, wrapped)?;
        let plain = open(&key, (whose, For::Person), sealed);
        plain.map(Opened::Person).map_err(|DoesNotOpen| VaultError::DoesNotOpen { resident })
    }

    /// Erases a person: the key and the record go in one transaction. The first time counts; a
    /// resident of whom nothing was kept is erased too, so that nothing is kept later.
    ///
    /// # Errors
    ///
    /// [`VaultError`]
    pub async fn erase(&self, visit: &Visit) -> Result<Erasure, VaultError> {
        let mut client = self.pool.get().await?;
        let transaction = self.begin(&mut client).await?;
        let erased = transaction
            .execute(
                "INSERT INTO vault.person AS person (district, resident, changed_at_us, \
                     erased_at_us, erased_by, erased_for) VALUES ($1, $2, $3, $3, $4, $5) \
                 ON CONFLICT (district, resident) DO UPDATE SET wrapped_by = NULL, \
                     wrapped_key = NULL, sealed = NULL, changed_at_us = $3, erased_at_us = $3, \
                     erased_by = $4, erased_for = $5 \
                 WHERE person.erased_at_us IS NULL",
                &[
                    &self.district,
                    &text(visit.resident),
                    &visit.at_us,
                    &text(visit.visitor.api_key),
                    &visit.reason,
                ],
            )
            .await?;
        if erased == 1 {
            self.leave(&transaction, visit, Deed::Erased).await?;
        }
        let row = transaction.query_one(ERASURE, &[&self.district, &text(visit.resident)]).await?;
        let erasure = visit::erasure(&row)?;
        transaction.commit().await?;
        erasure.ok_or_else(|| VaultError::DoesNotOpen { resident: text(visit.resident) })
    }

    /// When and why a person was erased, if it was.
    ///
    /// # Errors
    ///
    /// [`VaultError`]
    pub async fn erasure(&self, resident: u128) -> Result<Option<Erasure>, VaultError> {
        let mut client = self.pool.get().await?;
        let transaction = self.begin(&mut client).await?;
        let row = transaction.query_opt(ERASURE, &[&self.district, &text(resident)]).await?;
        transaction.commit().await?;
        Ok(row.as_ref().map(visit::erasure).transpose()?.flatten())
    }

    /// Who came to a person's record, newest first: those before a visit of this number.
    ///
    /// # Errors
    ///
    /// [`VaultError`]
    pub async fn visits(
        &self,
        resident: u128,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Visited>, VaultError> {
        let mut client = self.pool.get().await?;
        let transaction = self.begin(&mut client).await?;
        let before = before.unwrap_or(i64::MAX);
        let rows = transaction
            .query(
                "SELECT number, at_us, deed, api_key, subject, reason FROM vault.visit \
                 WHERE district = $1 AND resident = $2 AND number < $3 \
                 ORDER BY number DESC LIMIT $4",
                &[&self.district, &text(resident), &before, &i64::from(limit)],
            )
            .await?;
        transaction.commit().await?;
        let read = rows.iter().map(visit::visited).collect::<Result<Vec<_>, _>>()?;
        Ok(read.into_iter().flatten().collect())
    }

    /// Wraps every key that is under an older one under the first, and tells how many. Once it is
    /// done the older ones open nothing here any more, and what is destroyed of them opens no
    /// backup either.
    ///
    /// # Errors
    ///
    /// [`VaultError`]; keys that are wrapped already stay so.
    pub async fn rotate(&self) -> Result<u64, VaultError> {
        let mut rotated = 0_u64;
        loop {
            let some = self.rotate_some().await?;
            if some == 0 {
                return Ok(rotated);
            }
            rotated = rotated.saturating_add(some);
        }
    }

    async fn rotate_some(&self) -> Result<u64, VaultError> {
        let first = self.keys.first();
        let mut client = self.pool.get().await?;
        let transaction = self.begin(&mut client).await?;
        let rows = transaction
            .query(
                "SELECT resident, wrapped_by, wrapped_key FROM vault.person \
                 WHERE district = $1 AND wrapped_by <> $2 ORDER BY resident LIMIT $3 FOR UPDATE",
                &[&self.district, &first.name, &ROTATED_MAX],
            )
            .await?;
        let (mut residents, mut wrapped) = (Vec::new(), Vec::new());
        for row in &rows {
            let resident: String = row.try_get(0)?;
            let whose = Whose { district: &self.district, resident: &resident };
            let key = self.unwrapped(whose, row.try_get(1)?, row.try_get(2)?)?;
            let anew = seal(&first.secret, (whose, For::Key), key.as_slice(), rand::random());
            let faulty = |DoesNotOpen| VaultError::DoesNotOpen { resident: resident.clone() };
            wrapped.push(anew.map_err(faulty)?);
            residents.push(resident);
        }
        let changed = transaction
            .execute(
                "UPDATE vault.person SET wrapped_by = $2, wrapped_key = anew.wrapped \
                 FROM unnest($3::text[], $4::bytea[]) AS anew (resident, wrapped) \
                 WHERE district = $1 AND person.resident = anew.resident",
                &[&self.district, &first.name, &residents, &wrapped],
            )
            .await?;
        transaction.commit().await?;
        Ok(changed)
    }

    /// A transaction that sees this district alone, whoever the connection belongs to.
    async fn begin<'c>(&self, client: &'c mut Client) -> Result<Transaction<'c>, VaultError> {
        let transaction = client.transaction().await?;
        transaction.batch_execute("SET LOCAL ROLE linli_vault").await?;
        let district = "SELECT set_config('linli.district', $1, true)";
        transaction.query_one(district, &[&self.district]).await?;
        Ok(transaction)
    }

    async fn leave(
        &self,
        transaction: &Transaction<'_>,
        visit: &Visit,
        deed: Deed,
    ) -> Result<(), VaultError> {
        transaction
            .execute(
                "INSERT INTO vault.visit (district, resident, at_us, deed, api_key, subject, \
                     reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                &[
                    &self.district,
                    &text(visit.resident),
                    &visit.at_us,
                    &deed.name(),
                    &text(visit.visitor.api_key),
                    &visit.visitor.subject.map(text),
                    &visit.reason,
                ],
            )
            .await?;
        Ok(())
    }

    fn unwrapped(
        &self,
        whose: Whose<'_>,
        name: &str,
        wrapped: &[u8],
    ) -> Result<Secret, VaultError> {
        let wrapping = self.keys.of_name(name);
        let wrapping = wrapping.ok_or_else(|| VaultError::KeyMissing { name: name.to_owned() })?;
        let faulty = || VaultError::DoesNotOpen { resident: whose.resident.to_owned() };
        let key =
            open(&wrapping.secret, (whose, For::Key), wrapped).map_err(|DoesNotOpen| faulty())?;
        key.as_slice().try_into().map(Zeroizing::new).map_err(|_| faulty())
    }
}

const ERASURE: &str = "SELECT erased_at_us, erased_by, erased_for FROM vault.person \
     WHERE district = $1 AND resident = $2";
