//! The codes of vouchers: made of the secret of the key that issues one, and of the voucher's id.
//!
//! So the answer to a repeat has the same code though nothing keeps it, whoever issued a voucher can
//! show its code again, and nobody else can make it. The log has the SHA-256 of the voucher's id and
//! the code: with 80 bits of its own, a code isn't found by trying.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use linli_domain::id::VoucherId;
use linli_domain::voucher::CodeHash;
use sha2::{Digest as _, Sha256};

use crate::crockford::{self, encode_spaced};
use crate::problem::{Kind, Problem};

/// Bytes of a code: 80 bits.
const CODE_BYTES: usize = 10;

/// What the codes of one key's vouchers are made of.
#[derive(Clone, Copy)]
pub(crate) struct CodeMaker([u8; 32]);

impl CodeMaker {
    fn of(secret: &str) -> Self {
        let mut hashing = Sha256::new();
        hashing.update(b"linli voucher codes 1\n");
        hashing.update(secret.as_bytes());
        Self(hashing.finalize().into())
    }

    /// The code of a voucher: sixteen digits in groups of four.
    pub(crate) fn code(self, voucher: VoucherId) -> String {
        let mut hashing = Sha256::new();
        hashing.update(self.0);
        hashing.update(voucher.number().to_be_bytes());
        let bytes: [u8; 32] = hashing.finalize().into();
        encode_spaced(bytes.get(..CODE_BYTES).unwrap_or_default())
    }

    /// The code, if the voucher with this hash was issued by this key.
    pub(crate) fn own(self, voucher: VoucherId, hash: CodeHash) -> Option<String> {
        Some(self.code(voucher)).filter(|code| hash_of(voucher, code) == hash)
    }
}

/// The hash of a code as somebody typed it.
pub(crate) fn hash_of(voucher: VoucherId, typed: &str) -> CodeHash {
    let mut hashing = Sha256::new();
    hashing.update(voucher.number().to_be_bytes());
    for digit in crockford::typed(typed) {
        hashing.update(digit.encode_utf8(&mut [0; 4]).as_bytes());
    }
    CodeHash(hashing.finalize().into())
}

impl<S: Sync> FromRequestParts<S> for CodeMaker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        // The guard has let the key in, so it has its parts.
        let secret = header.and_then(|header| header.trim().split('_').nth(3));
        secret.map(Self::of).ok_or_else(|| Problem::plain(Kind::KeyMalformed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_keys_and_the_vouchers_own() {
        let (ours, theirs) = (CodeMaker::of("07"), CodeMaker::of("08"));
        let (one, other) = (VoucherId::from_number(1), VoucherId::from_number(2));
        let code = ours.code(one);
        assert_eq!(code.len(), 19, "{code}");
        assert!(code.split('-').all(|group| group.len() == 4), "{code}");
        assert_ne!(code, ours.code(other));
        assert_ne!(code, theirs.code(one));
        let hash = hash_of(one, &code);
        assert_eq!(ours.own(one, hash), Some(code.clone()));
        assert_eq!(theirs.own(one, hash), None);
        assert_ne!(hash_of(other, &code), hash);
    }

    #[test]
    fn what_is_easily_mistyped_is_the_same_code() {
        let voucher = VoucherId::from_number(7);
        let said = hash_of(voucher, "0O1I-L2AB");
        for typed in ["0011-12AB", " oo1i l2ab ", "00111 2AB"] {
            assert_eq!(hash_of(voucher, typed), said, "{typed}");
        }
        assert_ne!(hash_of(voucher, "0011-12AC"), said);
    }
}
