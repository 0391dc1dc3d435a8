//! Names of PostgreSQL advisory locks: 64 bits that are the same in every build.

use sha2::{Digest, Sha256};

/// What a lock is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    /// Bringing a schema up to date.
    Migrate,
    /// Being the one writer of a district.
    Write,
    /// Making a district's next snapshot.
    Snapshot,
}

/// The lock's number: the first 8 bytes of SHA-256 over `linli-log/<purpose>/<name>`.
pub(crate) fn key(purpose: Purpose, name: &str) -> i64 {
    let purpose = match purpose {
        Purpose::Migrate => "migrate",
        Purpose::Write => "write",
        Purpose::Snapshot => "snapshot",
    };
    let hash: [u8; 32] = Sha256::digest(format!("linli-log/{purpose}/{name}")).into();
    hash.first_chunk().map_or(0, |bytes| i64::from_be_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_never_change() {
        // Two builds with different keys would both write: these numbers are for good.
        assert_eq!(key(Purpose::Write, "gulou"), -8_559_243_079_841_644_110);
        assert_ne!(key(Purpose::Write, "gulou"), key(Purpose::Write, "gulou2"));
        assert_ne!(key(Purpose::Write, "log"), key(Purpose::Migrate, "log"));
    }
}
