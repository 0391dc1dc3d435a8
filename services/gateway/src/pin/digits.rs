//! The digits of a PIN, and their hash.

use argon2::Argon2;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use linli_api::header::{OPERATOR_PIN, RESIDENT_PIN};
use zeroize::Zeroizing;

use crate::problem::{Kind, Problem};

/// The fewest digits: with five tries before it locks, a guess is right once in 200,000 times.
const DIGITS_MIN: usize = 6;
/// The most digits: more than anybody keeps in mind.
const DIGITS_MAX: usize = 12;

/// Random bytes that make equal PINs unlike in the table.
pub(super) type Salt = [u8; 16];
/// What is kept of a PIN.
pub(super) type Hash = [u8; 32];

/// A PIN as it was typed. It is wiped when it is let go, and never shown.
pub(crate) struct Pin(Zeroizing<String>);

impl Pin {
    /// Takes a text of 6 to 12 digits, not all of them the same.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let long = (DIGITS_MIN..=DIGITS_MAX).contains(&text.len());
        let first = text.bytes().next();
        let varied = text.bytes().any(|byte| Some(byte) != first);
        (digits && long && varied).then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// Its hash with a salt. Takes some 20 ms and 19 MiB, which is what makes guessing dear.
    pub(super) fn hash(&self, salt: &Salt) -> Result<Hash, argon2::Error> {
        let mut hash = Hash::default();
        // Argon2id with the costs that OWASP recommends.
        Argon2::default().hash_password_into(self.0.as_bytes(), salt, &mut hash)?;
        Ok(hash)
    }
}

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin")
    }
}

/// The PIN in a header.
fn said(headers: &HeaderMap, name: &str) -> Result<Pin, Problem> {
    let header = headers.get(name).ok_or_else(|| {
        Problem::new(
            Kind::PinMissing,
            format!("请在 {name} 头中提供 PIN。"),
            format!("Send the PIN in the header `{name}`."),
        )
    })?;
    let pin = header.to_str().ok().and_then(|text| Pin::new(text.trim()));
    pin.ok_or_else(|| Problem::plain(Kind::PinMalformed))
}

impl<S: Sync> FromRequestParts<S> for Pin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        said(&parts.headers, OPERATOR_PIN)
    }
}

/// The PIN of a resident's card, as the resident typed it.
#[derive(Debug)]
pub(crate) struct CardPin(pub(crate) Pin);

impl<S: Sync> FromRequestParts<S> for CardPin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        said(&parts.headers, RESIDENT_PIN).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_some_digits() {
        for (text, fits) in [
            ("493027", true),
            ("000001", true),
            ("123456789012", true),
            ("49302", false),
            ("1234567890123", false),
            ("111111", false),
            ("49302a", false),
            ("４９３０２７", false),
            ("", false),
        ] {
            assert_eq!(Pin::new(text).is_some(), fits, "{text}");
        }
    }

    #[test]
    fn a_hash_is_of_its_pin_and_salt_alone() {
        let (pin, other) = (Pin::new("493027").unwrap(), Pin::new("493028").unwrap());
        let hash = pin.hash(&[1; 16]).unwrap();
        assert_eq!(hash, pin.hash(&[1; 16]).unwrap());
        assert_ne!(hash, pin.hash(&[2; 16]).unwrap());
        assert_ne!(hash, other.hash(&[1; 16]).unwrap());
        assert!(!format!("{pin:?}").contains('4'));
    }
}
