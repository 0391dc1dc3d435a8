//! The rows of keys.

use deadpool_postgres::Pool;
use linli_domain::time::Timestamp;
use tokio_postgres::Row;

use crate::key::scope::Scopes;
use crate::key::{KeyId, KeyKind, Scope};
use crate::parse::Spoken as _;
use crate::receipt::{id, instant};

/// Why keys could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No connection was to be had.
    #[error("no connection to the table of keys")]
    Connection(#[from] deadpool_postgres::PoolError),
    /// A statement failed.
    #[error("the table of keys could not be read or written")]
    Statement(#[from] tokio_postgres::Error),
    /// A row holds what it can't have.
    #[error("key {id} has a {column} that it can't have")]
    Row {
        /// Which key.
        id: String,
        /// Which column.
        column: &'static str,
    },
}

/// A key without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeyRow {
    pub(crate) id: KeyId,
    pub(crate) client: u128,
    pub(crate) kind: KeyKind,
    pub(crate) name: String,
    pub(crate) subject: Option<u128>,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) secret_sha256: [u8; 32],
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) revoked_at: Option<Timestamp>,
}

impl KeyRow {
    /// As it is told.
    pub(super) fn told(&self) -> linli_api::key::Key {
        linli_api::key::Key {
            id: id(self.id),
            client: id(ulid::Ulid(self.client)),
            kind: self.kind.said(),
            name: self.name.clone(),
            subject: self.subject.map(|subject| id(ulid::Ulid(subject))),
            scopes: self.scopes.iter().map(|scope| scope.name().to_owned()).collect(),
            created_at: instant(self.created_at),
            expires_at: self.expires_at.map(instant),
            revoked_at: self.revoked_at.map(instant),
        }
    }

    pub(super) fn allowed(&self) -> Scopes {
        self.scopes.iter().copied().collect()
    }
}

/// All keys of some districts, oldest first, revoked ones too, each with the place of its district
/// among them.
pub(crate) async fn all(
    pool: &Pool,
    districts: &[String],
) -> Result<Vec<(usize, KeyRow)>, StoreError> {
    let client = pool.get().await?;
    let statement = client
        .prepare_cached(
            "SELECT id, client, kind, name, subject, scopes, secret_sha256, created_at_us, \
                 expires_at_us, revoked_at_us, array_position($1, district) \
             FROM access.api_key WHERE district = ANY($1) ORDER BY id",
        )
        .await?;
    let rows = client.query(&statement, &[&districts]).await?;
    let placed = |row: &Row| {
        let key = read(row)?;
        // Arrays of PostgreSQL begin at 1.
        let place: i32 = row.try_get(10)?;
        let place = place.checked_sub(1).and_then(|place| usize::try_from(place).ok());
        let wrong = || StoreError::Row { id: key.id.to_string(), column: "district" };
        Ok((place.ok_or_else(wrong)?, key))
    };
    rows.iter().map(placed).collect()
}

pub(super) async fn insert(pool: &Pool, district: &str, key: &KeyRow) -> Result<(), StoreError> {
    let client = pool.get().await?;
    let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.name()).collect();
    client
        .execute(
            "INSERT INTO access.api_key (district, id, client, kind, name, subject, scopes, \
                 secret_sha256, created_at_us, expires_at_us) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            &[
                &district,
                &key.id.to_string(),
                &ulid::Ulid(key.client).to_string(),
                &key.kind.name(),
                &key.name,
                &key.subject.map(|subject| ulid::Ulid(subject).to_string()),
                &scopes,
                &key.secret_sha256.as_slice(),
                &key.created_at.microseconds(),
                &key.expires_at.map(Timestamp::microseconds),
            ],
        )
        .await?;
    Ok(())
}

/// All keys of a district without their secrets, oldest first, revoked ones too.
///
/// # Errors
///
/// [`StoreError`]
pub async fn list(pool: &Pool, district: &str) -> Result<Vec<linli_api::key::Key>, StoreError> {
    let keys = all(pool, &[district.to_owned()]).await?;
    Ok(keys.iter().map(|(_, key)| key.told()).collect())
}

/// Revokes a key for good; the first time counts. Answers whether there is such a key.
///
/// # Errors
///
/// [`StoreError`]
pub async fn revoke(
    pool: &Pool,
    district: &str,
    id: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Some(id) = KeyId::parse(id) else { return Ok(false) };
    let client = pool.get().await?;
    let changed = client
        .execute(
            "UPDATE access.api_key SET revoked_at_us = coalesce(revoked_at_us, $3) \
             WHERE district = $1 AND id = $2",
            &[&district, &id.to_string(), &now.microseconds()],
        )
        .await?;
    Ok(changed == 1)
}

fn read(row: &Row) -> Result<KeyRow, StoreError> {
    let id_text: String = row.try_get(0)?;
    let wrong = |column| StoreError::Row { id: id_text.clone(), column };
    let number = |text: &str| KeyId::parse(text).map(|id| id.0);
    let client: &str = row.try_get(1)?;
    let kind: &str = row.try_get(2)?;
    let subject: Option<&str> = row.try_get(4)?;
    let scopes: Vec<&str> = row.try_get(5)?;
    let secret_sha256: &[u8] = row.try_get(6)?;
    let expires_at: Option<i64> = row.try_get(8)?;
    let revoked_at: Option<i64> = row.try_get(9)?;
    Ok(KeyRow {
        id: KeyId::parse(&id_text).ok_or_else(|| wrong("id"))?,
        client: number(client).ok_or_else(|| wrong("client"))?,
        kind: KeyKind::by_name(kind).ok_or_else(|| wrong("kind"))?,
        name: row.try_get(3)?,
        subject: subject.map(|text| number(text).ok_or_else(|| wrong("subject"))).transpose()?,
        // A scope that a newer gateway knows and this one doesn't is simply not allowed here.
        scopes: scopes.into_iter().filter_map(Scope::by_name).collect(),
        secret_sha256: secret_sha256.try_into().map_err(|_| wrong("secret_sha256"))?,
        created_at: Timestamp::from_microseconds(row.try_get(7)?),
        expires_at: expires_at.map(Timestamp::from_microseconds),
        revoked_at: revoked_at.map(Timestamp::from_microseconds),
    })
}
