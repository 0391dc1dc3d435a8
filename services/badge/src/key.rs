//! The keys that sign badges. They live in a file, never in a database.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use zeroize::Zeroizing;

use crate::multibase::to_multibase;

/// How a line with such a key begins.
const BEGINNING: &str = "BADGE+KEY+";

/// What stands before a public Ed25519 key in a Multikey (W3C Controlled Identifiers 1.0, 2.2.2).
pub(crate) const ED25519_PUBLIC: [u8; 2] = [0xed, 0x01];

/// A text that holds no such keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKey {
    /// A line is no key.
    #[error("a key that signs badges is BADGE+KEY+<base 64 of 32 bytes>")]
    Line,
    /// No line is a key.
    #[error("there is no key")]
    None,
}

/// A new key as a line of text, of 32 bytes of chance.
#[must_use]
pub fn new_key(chance: &[u8; 32]) -> Zeroizing<String> {
    Zeroizing::new(format!("{BEGINNING}{}\n", STANDARD.encode(chance)))
}

/// A key that signs.
#[derive(Clone)]
pub struct BadgeKey(SigningKey);

impl BadgeKey {
    /// Of 32 bytes of chance.
    #[must_use]
    pub fn of(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The public half as a Multikey: `z6Mk…`.
    #[must_use]
    pub fn public(&self) -> String {
        let public = self.0.verifying_key().to_bytes();
        to_multibase(&[ED25519_PUBLIC.as_slice(), &public].concat())
    }

    pub(crate) fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(bytes).to_bytes()
    }
}

impl std::fmt::Debug for BadgeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.public())
    }
}

/// The keys of an issuer: the first signs, all are published. There is more than one while one takes
/// the place of another; what an older one signed is good as long as it stands there.
#[derive(Clone, Debug)]
pub struct BadgeKeys {
    first: BadgeKey,
    older: Vec<BadgeKey>,
}

impl BadgeKeys {
    /// Reads keys, one a line; blank lines and those that begin with `#` say nothing.
    ///
    /// # Errors
    ///
    /// [`InvalidKey`]
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        let lines = text.lines().map(str::trim);
        let mut keys = lines
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(of_line)
            .collect::<Result<Vec<_>, _>>()?
            .into_iter();
        let first = keys.next().ok_or(InvalidKey::None)?;
        Ok(Self { first, older: keys.collect() })
    }

    /// The one that signs.
    #[must_use]
    pub const fn first(&self) -> &BadgeKey {
        &self.first
    }

    /// All of them, the one that signs first.
    pub fn all(&self) -> impl Iterator<Item = &BadgeKey> {
        std::iter::once(&self.first).chain(&self.older)
    }
}

fn of_line(line: &str) -> Result<BadgeKey, InvalidKey> {
    let text = line.strip_prefix(BEGINNING).ok_or(InvalidKey::Line)?;
    let bytes = Zeroizing::new(STANDARD.decode(text).map_err(|_| InvalidKey::Line)?);
    let secret: [u8; 32] = bytes.as_slice().try_into().map_err(|_| InvalidKey::Line)?;
    Ok(BadgeKey::of(&secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_signs_and_all_are_published() {
        let (one, other) = (new_key(&[1; 32]), new_key(&[2; 32]));
        let keys = BadgeKeys::parse(&format!("# newer\n{}\n{}", *one, *other)).unwrap();
        let public: Vec<_> = keys.all().map(BadgeKey::public).collect();
        assert_eq!(public.len(), 2);
        assert_eq!(keys.first().public(), public[0]);
        assert_eq!(public[0], BadgeKey::of(&[1; 32]).public());
        assert!(public.iter().all(|key| key.starts_with("z6Mk")), "{public:?}");
        assert!(!format!("{keys:?}").contains("AQEB"), "a secret is shown to nobody");
        for (text, expected) in [
            ("", InvalidKey::None),
            ("# none", InvalidKey::None),
            ("BADGE+KEY+AAAA", InvalidKey::Line),
            ("VAULT+KEY+AAAA", InvalidKey::Line),
        ] {
            assert_eq!(BadgeKeys::parse(text).err(), Some(expected), "{text}");
        }
    }
}
