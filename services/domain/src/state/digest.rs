//! The digest of a state: SHA-256 of its canonical bytes.

use std::io::BufWriter;

use borsh::BorshSerialize as _;
use sha2::{Digest as _, Sha256};

use crate::State;

/// SHA-256 of a state's canonical bytes. Two replays that agree on it agree on everything.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Digest(pub [u8; 32]);

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// A state is written some bytes at a time, and hashed so many at once: the hash is then faster than
/// memory.
const TOGETHER_BYTES: usize = 64 * 1024;

/// Feeds a hash as if it were a file; writing to it can't fail.
struct Hashing(Sha256);

impl borsh::io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> borsh::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> borsh::io::Result<()> {
        Ok(())
    }
}

impl State {
    /// The digest: borsh writes tables in the order of their ids, so the same log always gives
    /// the same bytes. A state with a length beyond `u32` has no digest and gives all zeroes.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut together = BufWriter::with_capacity(TOGETHER_BYTES, Hashing(Sha256::new()));
        let hashed = self.serialize(&mut together).and_then(|()| Ok(together.into_inner()?));
        match hashed {
            Ok(hashing) => Digest(hashing.0.finalize().into()),
            Err(_) => Digest([0; 32]),
        }
    }
}
