//! By what a command is found in the index: 16 bytes that follow from its key.

use std::error::Error;
use std::fmt;

use bytes::BytesMut;
use sha2::{Digest as _, Sha256};
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, accepts, to_sql_checked};

/// The mark of a client's key in a log: the first 16 bytes of SHA-256(log ‖ 0 ‖ client ‖ key), where the log is named
/// by its district in the index.
///
/// Two keys that somebody looks for have one mark after some 2^64 tries, and then it is two keys of
/// that same sender that stand for one command; to hit a key of somebody else takes 2^128.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(pub [u8; 16]);

impl Mark {
    /// The mark of a key.
    #[must_use]
    pub fn of(log: &str, client: &[u8; 16], key: &str) -> Self {
        let hash = Sha256::new()
            // A log's name has no zero byte, and a client's id has its length.
            .chain_update(log)
            .chain_update([0])
            .chain_update(client)
            .chain_update(key);
        let hash: [u8; 32] = hash.finalize().into();
        let [first, _] = hash.as_chunks::<16>().0 else { return Self([0; 16]) };
        Self(*first)
    }
}

/// As a `uuid`, which is 16 bytes to PostgreSQL, compared as they are.
impl ToSql for Mark {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }

    accepts!(UUID);

    to_sql_checked!();
}

impl FromSql<'_> for Mark {
    fn from_sql(_: &Type, raw: &[u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(raw.try_into()?))
    }

    accepts!(UUID);
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_tells_district_client_and_key_apart_and_never_changes() {
        let mark = |district: &str, client: u8, key: &str| Mark::of(district, &[client; 16], key);
        let marks = [
            mark("gulou", 7, "a"),
            mark("gulou", 7, "b"),
            mark("gulou", 8, "a"),
            mark("gulo", 7, "a"),
        ];
        for (at, one) in marks.iter().enumerate() {
            assert!(marks[..at].iter().all(|other| other != one), "{marks:?}");
        }
        // They are in the database: migration 4 makes the same ones.
        assert_eq!(marks[0].to_string(), "5c74a51d978132275838f489574674f3");
    }
}
