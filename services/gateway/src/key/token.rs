//! The text of a key: `linli_<environment>_<id>_<secret>_<check>`.
//!
//! The check is a CRC-32 of all before it. It is no secret: it tells a typing mistake from a wrong
//! key without a look-up, and lets a scanner of repositories know a leaked key when it sees one.

use sha2::{Digest as _, Sha256};

/// Random bytes of a secret: 256 bits, which no one guesses and nothing needs to stretch.
const SECRET_BYTES: usize = 32;

/// Where a key is used, so that a demo's key is never taken for a real one: 1 to 8 of `a-z`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment(Box<str>);

/// A text that names no environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an environment is 1 to 8 letters from a to z")]
pub struct InvalidEnvironment;

impl Environment {
    /// Takes the text if it fits.
    ///
    /// # Errors
    ///
    /// Anything but 1 to 8 of `a-z`.
    pub fn new(text: &str) -> Result<Self, InvalidEnvironment> {
        let fits =
            (1..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase());
        if fits { Ok(Self(text.into())) } else { Err(InvalidEnvironment) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The id of a key: a ULID.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct KeyId(pub(crate) u128);

impl KeyId {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        ulid::Ulid::from_string(text).ok().map(|ulid| Self(ulid.0))
    }
}

impl std::fmt::Display for KeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        ulid::Ulid(self.0).fmt(f)
    }
}

impl std::fmt::Debug for KeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// Why a text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Malformed {
    /// Not of the form of a key at all.
    Form,
    /// Of the form, but the check is not that of the rest: mistyped or cut off.
    Check,
}

/// A key as it was sent: the id, and the hash of the secret, which is all that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) id: KeyId,
    pub(crate) secret_sha256: [u8; 32],
}

impl Token {
    /// Reads the text behind `Bearer`.
    pub(crate) fn parse(text: &str) -> Result<Self, Malformed> {
        let (signed, check) = text.rsplit_once('_').ok_or(Malformed::Form)?;
        let mut parts = signed.split('_');
        let (Some("linli"), Some(_environment), Some(id), Some(secret), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Malformed::Form);
        };
        if !checks(signed, check) {
            return Err(Malformed::Check);
        }
        Ok(Self { id: KeyId::parse(id).ok_or(Malformed::Form)?, secret_sha256: hash(secret) })
    }
}

/// A new key's text and the hash to keep.
pub(super) fn write(
    environment: &Environment,
    id: KeyId,
    random: [u8; SECRET_BYTES],
) -> (String, [u8; 32]) {
    let secret = hex(&random);
    let signed = format!("linli_{}_{id}_{secret}", environment.as_str());
    let check = check_of(&signed);
    (format!("{signed}_{check}"), hash(&secret))
}

/// A key whose secret anybody can guess, for tests.
#[cfg(test)]
pub(crate) fn sample(environment: &Environment, id: KeyId) -> (String, [u8; 32]) {
    write(environment, id, [7; SECRET_BYTES])
}

fn check_of(signed: &str) -> String {
    hex(&crc32(signed).to_be_bytes())
}

/// As `check_of(signed) == check`, which every request asks, without a text of its own.
fn checks(signed: &str, check: &str) -> bool {
    let lower = check.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    check.len() == 8 && lower && u32::from_str_radix(check, 16) == Ok(crc32(signed))
}

fn crc32(signed: &str) -> u32 {
    crc32fast::hash(signed.as_bytes())
}

fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len().saturating_mul(2)), |mut text, byte| {
        // Writing to a String can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "linli_demo_0000000000000000000000002A_\
                       0707070707070707070707070707070707070707070707070707070707070707_";

    #[test]
    fn a_key_reads_back_and_a_mistyped_one_is_told() {
        let environment = Environment::new("demo").unwrap();
        let (text, hash) = write(&environment, KeyId(74), [7; 32]);
        assert!(text.starts_with(KEY), "{text}");
        assert_eq!(Token::parse(&text), Ok(Token { id: KeyId(74), secret_sha256: hash }));
        for place in 6..text.len() {
            let mut typo = text.clone().into_bytes();
            typo[place] = if typo[place] == b'x' { b'y' } else { b'x' };
            let typo = String::from_utf8(typo).unwrap();
            assert!(Token::parse(&typo).is_err(), "{typo}");
        }
        for (text, expected) in [
            ("", Malformed::Form),
            ("secret", Malformed::Form),
            ("linli_demo_1_2", Malformed::Form),
            ("other_demo_1_2_3", Malformed::Form),
            ("linli_demo_1_2_3_4", Malformed::Form),
            ("linli_demo_1_2_3", Malformed::Check),
        ] {
            assert_eq!(Token::parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn environments() {
        for (text, fits) in
            [("live", true), ("", false), ("Live", false), ("a_b", false), ("abcdefghi", false)]
        {
            assert_eq!(Environment::new(text).is_ok(), fits, "{text}");
        }
    }
}
