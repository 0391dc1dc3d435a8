//! Checking a badge with nothing but public documents, off line.

use serde_json::Value;

use crate::issuer::{CREDENTIALS, identity_hash};
use crate::proof::{InvalidProof, verify};
use crate::status::StatusList;

/// Why a badge is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Disbelieved {
    /// It isn't a badge of Open Badges 3.0.
    #[error("it is no OpenBadgeCredential: {what}")]
    Form {
        /// What is missing or wrong.
        what: &'static str,
    },
    /// It names another issuer than the one whose document was given.
    #[error("it is of the issuer {found}")]
    Issuer {
        /// The one that it names.
        found: String,
    },
    /// Its proof does not hold.
    #[error("its proof does not hold: {0}")]
    Proof(#[from] InvalidProof),
    /// The list of what is void is another one, or its proof does not hold.
    #[error("the status list does not belong to it: {what}")]
    Status {
        /// What is wrong with it.
        what: &'static str,
    },
}

/// Is it whose it is said to be?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// It is of the id that was told.
    Told,
    /// It is of somebody else.
    Other,
    /// No id was told.
    Unasked,
}

/// What a badge says that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Its id.
    pub id: String,
    /// Who issued it.
    pub issuer: String,
    /// What was achieved.
    pub name: String,
    /// The figures.
    pub narrative: Option<String>,
    /// Since when.
    pub valid_from: String,
    /// The key that signed it.
    pub key: String,
    /// Is it void? None if no list was given.
    pub void: Option<bool>,
    /// Whose it is.
    pub holder: Holder,
}

/// Checks a badge by its issuer's document, and by the list of what is void, if there is one at hand.
///
/// # Errors
///
/// [`Disbelieved`]. A badge that is void is no error: [`Checked::void`] says so.
pub fn check(
    badge: &Value,
    issuer: &Value,
    list: Option<&Value>,
    holder: Option<&str>,
) -> Result<Checked, Disbelieved> {
    let form = |what| Disbelieved::Form { what };
    let contexts = badge.get("@context").and_then(Value::as_array).and_then(|all| all.first());
    if contexts.and_then(Value::as_str) != Some(CREDENTIALS) {
        return Err(form("its first context"));
    }
    if !is_of(badge, "OpenBadgeCredential") {
        return Err(form("its type"));
    }
    let found = text(badge, "/issuer/id").ok_or(form("its issuer"))?;
    let address = text(issuer, "/id").ok_or(form("the issuer's id"))?;
    if found != address {
        return Err(Disbelieved::Issuer { found: found.to_owned() });
    }
    let signed = verify(badge, |name| key_of(issuer, name))?;
    let subject = badge.get("credentialSubject").ok_or(form("its subject"))?;
    let void = list.map(|list| is_void(badge, issuer, list)).transpose()?;
    let said = |path| text(badge, path).map(str::to_owned);
    Ok(Checked {
        id: said("/id").ok_or(form("its id"))?,
        issuer: address.to_owned(),
        name: said("/credentialSubject/achievement/name").ok_or(form("its achievement"))?,
        narrative: text(subject, "/narrative").map(str::to_owned),
        valid_from: said("/validFrom").ok_or(form("since when it is valid"))?,
        key: signed.verification_method,
        void,
        holder: held_by(subject, holder),
    })
}

/// The Multikey of this name, if the issuer's document says that it signs what the issuer asserts.
fn key_of(issuer: &Value, name: &str) -> Option<String> {
    let asserts = issuer.get("assertionMethod")?.as_array()?;
    asserts.iter().find(|one| one.as_str() == Some(name))?;
    let methods = issuer.get("verificationMethod")?.as_array()?;
    let method = methods.iter().find(|one| text(one, "/id") == Some(name))?;
    let own = text(method, "/type") == Some("Multikey")
        && text(method, "/controller") == text(issuer, "/id");
    text(method, "/publicKeyMultibase").filter(|_| own).map(str::to_owned)
}

fn is_void(badge: &Value, issuer: &Value, list: &Value) -> Result<bool, Disbelieved> {
    let status = |what| Disbelieved::Status { what };
    if !is_of(list, "BitstringStatusListCredential") {
        return Err(status("it is none"));
    }
    if text(list, "/issuer") != text(issuer, "/id") {
        return Err(status("another issuer's"));
    }
    if text(list, "/id") != text(badge, "/credentialStatus/statusListCredential") {
        return Err(status("another list"));
    }
    let revokes = Some("revocation");
    if text(badge, "/credentialStatus/statusPurpose") != revokes
        || text(list, "/credentialSubject/statusPurpose") != revokes
    {
        return Err(status("of another purpose"));
    }
    verify(list, |name| key_of(issuer, name)).map_err(|_| status("its proof does not hold"))?;
    let bits = text(list, "/credentialSubject/encodedList").ok_or(status("it has no bits"))?;
    let bits = StatusList::decode(bits).map_err(|_| status("its bits can't be read"))?;
    let index = text(badge, "/credentialStatus/statusListIndex").and_then(|it| it.parse().ok());
    index.and_then(|index| bits.get(index)).ok_or(status("it has no such bit"))
}

fn held_by(subject: &Value, holder: Option<&str>) -> Holder {
    let Some(holder) = holder else { return Holder::Unasked };
    let identities = subject.get("identifier").and_then(Value::as_array);
    let is_it = |one: &Value| {
        let salt = text(one, "/salt").unwrap_or_default();
        text(one, "/identityHash") == Some(identity_hash(holder, salt).as_str())
    };
    if identities.is_some_and(|all| all.iter().any(is_it)) { Holder::Told } else { Holder::Other }
}

fn is_of(document: &Value, kind: &str) -> bool {
    let kinds = document.get("type").and_then(Value::as_array);
    kinds.is_some_and(|all| all.iter().any(|one| one.as_str() == Some(kind)))
}

fn text<'a>(document: &'a Value, path: &str) -> Option<&'a str> {
    document.pointer(path).and_then(Value::as_str)
}
