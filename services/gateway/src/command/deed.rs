//! What kind of command a request is.

use axum::http::StatusCode;
use sha2::{Digest as _, Sha256};

/// What kind of command a request is: part of what its key stands for, so that the same key and
/// body on another route are another command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deed {
    name: &'static str,
    pub(super) status: StatusCode,
}

impl Deed {
    /// Something new comes of it.
    pub(crate) const fn creating(name: &'static str) -> Self {
        Self { name, status: StatusCode::CREATED }
    }

    /// Something that is there changes.
    pub(crate) const fn changing(name: &'static str) -> Self {
        Self { name, status: StatusCode::OK }
    }

    /// The key of what is done to a subject once only.
    pub(super) fn key(self, subject: &str) -> String {
        format!("{}/{subject}", self.name)
    }

    /// SHA-256 of what was sent: the kind of command, what the path names, and the body.
    pub(super) fn hash(self, subject: &str, body: &[u8]) -> [u8; 32] {
        let mut sha = Sha256::new();
        for part in [self.name, subject] {
            sha.update(part);
            sha.update([0]);
        }
        sha.update(body);
        sha.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_for_deed_subject_and_body_together() {
        let (one, other) = (Deed::creating("a"), Deed::creating("ab"));
        let hashes = [
            one.hash("b", b"c"),
            one.hash("b", b"d"),
            one.hash("bc", b""),
            one.hash("", b"bc"),
            other.hash("", b"c"),
        ];
        for (at, hash) in hashes.iter().enumerate() {
            assert_eq!(hashes.iter().position(|known| known == hash), Some(at));
        }
    }
}
