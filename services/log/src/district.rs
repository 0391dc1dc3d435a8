//! The name of a district: the one thing by which logs are told apart.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Longest name of a district, in bytes: it stands in every row, subject and stream name.
pub const DISTRICT_BYTES_MAX: usize = 32;

/// A district's name: 1 to 32 of `a-z`, `0-9` and `-`. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct District(Arc<str>);

/// Why a text is not a district's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a district's name is 1 to 32 of a-z, 0-9 and '-', not {found:?}")]
pub struct InvalidDistrict {
    /// The text that was offered, cut to 64 characters.
    pub found: String,
}

impl District {
    /// Checks a name and keeps it.
    ///
    /// # Errors
    /// [`InvalidDistrict`] when it is empty, longer than 32 bytes or has another character.
    pub fn new(name: &str) -> Result<Self, InvalidDistrict> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if name.is_empty() || name.len() > DISTRICT_BYTES_MAX || !name.bytes().all(allowed) {
            return Err(InvalidDistrict { found: name.chars().take(64).collect() });
        }
        Ok(Self(Arc::from(name)))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for District {
    type Err = InvalidDistrict;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::new(name)
    }
}

impl AsRef<str> for District {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for District {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let longest = "a".repeat(32);
        for name in ["gulou", "a", "0-9", "-", longest.as_str()] {
            assert_eq!(District::new(name).unwrap().as_str(), name);
        }
        let too_long = "a".repeat(33);
        for name in ["", "Gulou", "gu lou", "鼓楼", "a.b", "a_b", "a*", too_long.as_str()] {
            assert!(District::new(name).is_err(), "{name}");
        }
    }
}
