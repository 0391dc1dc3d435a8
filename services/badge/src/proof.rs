//! Data Integrity proofs of the cryptosuite `eddsa-jcs-2022` (W3C Data Integrity EdDSA Cryptosuites
//! 1.0, section 3.3): a document is hashed as canonical JSON, and so are the proof's own terms.

use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::canonical::{NotCanonical, canonical};
use crate::key::{BadgeKey, ED25519_PUBLIC};
use crate::multibase::{from_multibase, to_multibase};

const SUITE: &str = "eddsa-jcs-2022";

/// Why a proof is not believed, or could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProof {
    /// The document isn't an object, or has no proof of this suite.
    #[error("it has no proof of the cryptosuite {SUITE} for assertions")]
    Missing,
    /// The document, or the proof, has no canonical form.
    #[error("it has no canonical form")]
    Canonical(#[from] NotCanonical),
    /// The contexts of document and proof don't agree.
    #[error("the proof is of other contexts")]
    Contexts,
    /// The key is no Ed25519 key.
    #[error("the key is no Multikey of Ed25519")]
    Key,
    /// The signature isn't one of this key over this document.
    #[error("it was not signed with this key, or was changed since")]
    Signature,
}

/// What was signed, and by which key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The address of the key, as the proof names it.
    pub verification_method: String,
    /// When it was signed, as the proof says.
    pub created: Option<String>,
}

/// A document with a proof that this key has signed it.
///
/// # Errors
///
/// [`InvalidProof::Missing`] for what is no object, [`InvalidProof::Canonical`].
pub fn secure(
    document: &Value,
    key: &BadgeKey,
    verification_method: &str,
    created: &str,
) -> Result<Value, InvalidProof> {
    let mut fields = document.as_object().ok_or(InvalidProof::Missing)?.clone();
    fields.remove("proof");
    let mut proof = Map::new();
    if let Some(context) = fields.get("@context") {
        proof.insert("@context".to_owned(), context.clone());
    }
    for (name, value) in [
        ("type", "DataIntegrityProof"),
        ("cryptosuite", SUITE),
        ("created", created),
        ("verificationMethod", verification_method),
        ("proofPurpose", "assertionMethod"),
    ] {
        proof.insert(name.to_owned(), json!(value));
    }
    let signature = key.sign(&hashed(&fields, &proof)?);
    proof.insert("proofValue".to_owned(), json!(to_multibase(&signature)));
    fields.insert("proof".to_owned(), Value::Object(proof));
    Ok(Value::Object(fields))
}

/// Whom a document's proof names, if the key of that name has signed it; `key_of` finds the Multikey
/// of a name.
///
/// # Errors
///
/// [`InvalidProof`]; [`InvalidProof::Key`] also for a name that has none.
pub fn verify(
    document: &Value,
    key_of: impl FnOnce(&str) -> Option<String>,
) -> Result<Signed, InvalidProof> {
    let mut fields = document.as_object().ok_or(InvalidProof::Missing)?.clone();
    let Some(Value::Object(mut proof)) = fields.remove("proof") else {
        return Err(InvalidProof::Missing);
    };
    let is = |name: &str, wanted: &str| proof.get(name).and_then(Value::as_str) == Some(wanted);
    let wanted = is("type", "DataIntegrityProof")
        && is("cryptosuite", SUITE)
        && is("proofPurpose", "assertionMethod");
    let method = proof.get("verificationMethod").and_then(Value::as_str).map(str::to_owned);
    let (true, Some(verification_method)) = (wanted, method) else {
        return Err(InvalidProof::Missing);
    };
    let Some(Value::String(value)) = proof.remove("proofValue") else {
        return Err(InvalidProof::Missing);
    };
    if let Some(context) = proof.get("@context") {
        if !begins_with(fields.get("@context"), context) {
            return Err(InvalidProof::Contexts);
        }
        fields.insert("@context".to_owned(), context.clone());
    }
    let key = key_of(&verification_method).ok_or(InvalidProof::Key)?;
    let key = public(&key)?;
    let bytes = from_multibase(&value).map_err(|_| InvalidProof::Signature)?;
    let signature = Signature::from_slice(&bytes).map_err(|_| InvalidProof::Signature)?;
    let hashed = hashed(&fields, &proof)?;
    key.verify_strict(&hashed, &signature).map_err(|_| InvalidProof::Signature)?;
    let created = proof.get("created").and_then(Value::as_str).map(str::to_owned);
    Ok(Signed { verification_method, created })
}

/// The Ed25519 key of a Multikey.
fn public(multikey: &str) -> Result<VerifyingKey, InvalidProof> {
    let bytes = from_multibase(multikey).map_err(|_| InvalidProof::Key)?;
    let bytes = bytes.strip_prefix(&ED25519_PUBLIC).ok_or(InvalidProof::Key)?;
    let bytes: &[u8; 32] = bytes.try_into().map_err(|_| InvalidProof::Key)?;
    VerifyingKey::from_bytes(bytes).map_err(|_| InvalidProof::Key)
}

/// Does the document begin with the contexts of its proof? (Section 3.3.2, step 4.)
fn begins_with(document: Option<&Value>, proof: &Value) -> bool {
    let Some(document) = document else { return false };
    match (document, proof) {
        (Value::Array(all), Value::Array(first)) => all.starts_with(first),
        (document, proof) => document == proof,
    }
}

/// The hash of the proof's terms, then that of the document.
fn hashed(
    document: &Map<String, Value>,
    proof: &Map<String, Value>,
) -> Result<Vec<u8>, NotCanonical> {
    let hash =
        |fields: &Map<String, Value>| canonical(&Value::Object(fields.clone())).map(Sha256::digest);
    Ok([hash(proof)?, hash(document)?].concat())
}
