//! Minting keys.

use deadpool_postgres::Pool;
use linli_domain::time::Timestamp;

use crate::key::store::{KeyRow, StoreError, insert};
use crate::key::token::{self, Environment};
use crate::key::{KeyId, KeyKind, Scope};

/// The longest name of a key, in characters.
const NAME_CHARACTERS_MAX: usize = 80;

/// A key to mint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKey {
    /// Whose hand it is for.
    pub kind: KeyKind,
    /// What people call it; never a person's name.
    pub name: String,
    /// The number of the station or officer that it is bound to, if its kind is bound to one.
    pub subject: Option<u128>,
    /// Fewer scopes than the kind's own; all of them if none.
    pub scopes: Option<Vec<Scope>>,
    /// The owner whose idempotency keys it shares; a new owner if none.
    pub client: Option<u128>,
    /// When it stops working.
    pub expires_at: Option<Timestamp>,
}

impl NewKey {
    /// A key of this kind and name with all of the kind's scopes, bound to nothing.
    #[must_use]
    pub fn of(kind: KeyKind, name: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
            subject: None,
            scopes: None,
            client: None,
            expires_at: None,
        }
    }

    /// Bound to this station or officer.
    #[must_use]
    pub fn bound_to(self, subject: u128) -> Self {
        Self { subject: Some(subject), ..self }
    }
}

/// A new key. The secret text is nowhere else.
#[derive(Clone)]
pub struct MintedKey {
    /// What goes behind `Authorization: Bearer`.
    pub text: String,
    /// Its owner's number.
    pub client: u128,
    row: KeyRow,
}

impl MintedKey {
    /// Its id, by which it is revoked.
    #[must_use]
    pub fn id(&self) -> String {
        self.row.id.to_string()
    }

    /// The key without its secret.
    #[must_use]
    pub fn key(&self) -> linli_api::key::Key {
        self.row.told()
    }
}

impl std::fmt::Debug for MintedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MintedKey").field("id", &self.row.id).finish_non_exhaustive()
    }
}

/// Why no key was minted.
#[derive(Debug, thiserror::Error)]
pub enum MintError {
    /// The name is empty, too long or has control characters.
    #[error("a key's name is 1 to 80 characters")]
    Name,
    /// A key of this kind speaks for a station or an officer, and none is named.
    #[error("a {} key is bound to a station or an officer", .0.name())]
    SubjectNeeded(KeyKind),
    /// A key of this kind speaks for nobody.
    #[error("a {} key is bound to nothing", .0.name())]
    SubjectUnwanted(KeyKind),
    /// More than a key of this kind may do.
    #[error("a {} key may not have the scope {}", .kind.name(), .scope.name())]
    ScopeBeyondKind {
        /// The kind.
        kind: KeyKind,
        /// The scope.
        scope: Scope,
    },
    /// It could not be stored.
    #[error("the key could not be stored")]
    Store(#[from] StoreError),
}

/// Mints a key and stores what it takes to know it again. For the very first key, and for
/// `POST /v1/keys`.
///
/// # Errors
///
/// [`MintError`]
pub async fn mint(
    pool: &Pool,
    district: &str,
    environment: &Environment,
    new: NewKey,
    now: Timestamp,
) -> Result<MintedKey, MintError> {
    let scopes = check(&new)?;
    let id = KeyId(ulid::Ulid::generate().0);
    let (text, secret_sha256) = token::write(environment, id, rand::random());
    let row = KeyRow {
        id,
        client: new.client.unwrap_or(id.0),
        kind: new.kind,
        name: new.name,
        subject: new.subject,
        scopes,
        secret_sha256,
        created_at: now,
        expires_at: new.expires_at,
        revoked_at: None,
    };
    insert(pool, district, &row).await?;
    Ok(MintedKey { text, client: row.client, row })
}

fn check(new: &NewKey) -> Result<Vec<Scope>, MintError> {
    let fits = (1..=NAME_CHARACTERS_MAX).contains(&new.name.chars().count());
    if !fits || new.name.chars().any(char::is_control) {
        return Err(MintError::Name);
    }
    match (new.kind.is_bound(), new.subject) {
        (true, None) => return Err(MintError::SubjectNeeded(new.kind)),
        (false, Some(_)) => return Err(MintError::SubjectUnwanted(new.kind)),
        (true, Some(_)) | (false, None) => {}
    }
    let Some(wanted) = &new.scopes else { return Ok(new.kind.scopes().to_vec()) };
    match wanted.iter().find(|scope| !new.kind.scopes().contains(scope)) {
        Some(beyond) => Err(MintError::ScopeBeyondKind { kind: new.kind, scope: *beyond }),
        None => Ok(wanted.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_never_more_than_its_kind() {
        let partner = NewKey::of(KeyKind::Partner, "app");
        assert_eq!(check(&partner).unwrap(), KeyKind::Partner.scopes());
        let less = NewKey { scopes: Some(vec![Scope::CatalogueRead]), ..partner.clone() };
        assert_eq!(check(&less).unwrap(), [Scope::CatalogueRead]);
        let more = NewKey { scopes: Some(vec![Scope::KeysWrite]), ..partner.clone() };
        assert!(matches!(check(&more), Err(MintError::ScopeBeyondKind { .. })));
        assert!(matches!(check(&partner.clone().bound_to(1)), Err(MintError::SubjectUnwanted(_))));
        assert!(matches!(
            check(&NewKey::of(KeyKind::Station, "s")),
            Err(MintError::SubjectNeeded(_))
        ));
        for name in ["", "a\nb", &"长".repeat(81)] {
            assert!(matches!(check(&NewKey::of(KeyKind::Auditor, name)), Err(MintError::Name)));
        }
    }
}
