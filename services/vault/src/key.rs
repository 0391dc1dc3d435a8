//! The keys that wrap people's keys. They live in a file, never in a database.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// How a line with such a key begins.
const BEGINNING: &str = "VAULT+KEY+";

/// What the name of a key is hashed with, so that it tells nothing else that a hash might.
const NAMED: &[u8] = b"linli vault wrapping key";

/// So many bytes of the hash name a key.
const NAME_BYTES: usize = 8;

/// 32 bytes that are overwritten when they go.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

/// A text that holds no such keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKey {
    /// A line is no key.
    #[error("a key of the vault is VAULT+KEY+<base 64 of 32 bytes>")]
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

/// The keys of a vault: the first wraps, all unwrap. There is more than one while one takes the
/// place of another.
pub struct WrappingKeys {
    first: WrappingKey,
    older: Vec<WrappingKey>,
}

pub(crate) struct WrappingKey {
    pub(crate) name: String,
    pub(crate) secret: Secret,
}

impl std::fmt::Debug for WrappingKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.all().map(|key| &key.name)).finish()
    }
}

impl WrappingKeys {
    /// Reads keys, one a line; blank lines and those that begin with `#` say nothing.
    ///
    /// # Errors
    ///
    /// [`InvalidKey`]
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        let lines = text.lines().map(str::trim);
        let mut keys = lines
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(WrappingKey::parse)
            .collect::<Result<Vec<_>, _>>()?
            .into_iter();
        let first = keys.next().ok_or(InvalidKey::None)?;
        Ok(Self { first, older: keys.collect() })
    }

    pub(crate) const fn first(&self) -> &WrappingKey {
        &self.first
    }

    pub(crate) fn of_name(&self, name: &str) -> Option<&WrappingKey> {
        self.all().find(|key| key.name == name)
    }

    fn all(&self) -> impl Iterator<Item = &WrappingKey> {
        std::iter::once(&self.first).chain(&self.older)
    }
}

impl WrappingKey {
    fn parse(line: &str) -> Result<Self, InvalidKey> {
        let text = line.strip_prefix(BEGINNING).ok_or(InvalidKey::Line)?;
        let bytes = Zeroizing::new(STANDARD.decode(text).map_err(|_| InvalidKey::Line)?);
        let secret: [u8; 32] = bytes.as_slice().try_into().map_err(|_| InvalidKey::Line)?;
        let hash = Sha256::new().chain_update(NAMED).chain_update(secret).finalize();
        let name = hash.iter().take(NAME_BYTES).map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { name, secret: Zeroizing::new(secret) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_wraps_and_each_is_found_by_its_name() {
        let (one, other) = (new_key(&[1; 32]), new_key(&[2; 32]));
        let keys = WrappingKeys::parse(&format!("# newer\n{}\n{}", *one, *other)).unwrap();
        let alone = WrappingKeys::parse(&other).unwrap();
        assert_eq!(*keys.first().secret, [1; 32]);
        assert_eq!(*keys.of_name(&alone.first().name).unwrap().secret, [2; 32]);
        assert!(!format!("{keys:?}").contains("AQEB"));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for (text, expected) in [
            ("", InvalidKey::None),
            ("# none", InvalidKey::None),
            ("VAULT+KEY+", InvalidKey::Line),
            ("VAULT+KEY+AAAA", InvalidKey::Line),
            ("PRIVATE+KEY+AAAA", InvalidKey::Line),
        ] {
            assert_eq!(WrappingKeys::parse(text).err(), Some(expected), "{text}");
        }
    }
}
