//! The rotating code (轮换码): a chain of hashes whose end stands in the log.
//!
//! Whoever hosts an activity holds the start of the chain, which nobody can compute from its end.
//! The code of a step is so many hashes before the end, so it shows that whoever knows it was told
//! it by then: codes of earlier steps follow from it, and they are of no more use. The log needs no
//! secret to check one, and neither does an auditor.

use borsh::{BorshDeserialize, BorshSerialize};
use sha2::{Digest as _, Sha256};

/// The length of every chain, in steps: at a minute each, more than a day.
pub const STEPS_MAX: u32 = 2_048;

/// What a hash is made over besides the link, so that no link is a hash that is used elsewhere.
const PURPOSE: &[u8] = b"linli/activity-code/v1";

/// A link of a chain: a code, or the end that codes are held against.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct Link(pub [u8; 32]);

impl Link {
    /// The link after it.
    #[must_use]
    pub fn next(self) -> Self {
        let mut sha = Sha256::new();
        sha.update(PURPOSE);
        sha.update(self.0);
        Self(sha.finalize().into())
    }

    /// The link so many steps after it.
    #[must_use]
    pub fn after(self, steps: u32) -> Self {
        (0..steps).fold(self, |link, _| link.next())
    }

    /// The end of the chain that begins here.
    #[must_use]
    pub fn end(self) -> Self {
        self.after(STEPS_MAX)
    }

    /// The code of a step, from 1, in the chain that begins here.
    #[must_use]
    pub fn code(self, step: u32) -> Self {
        self.after(STEPS_MAX.saturating_sub(step))
    }

    /// Of which step is this a code, in the chain with that end? None if of none up to `latest`.
    pub(crate) fn step_before(self, end: Self, latest: u32) -> Option<u32> {
        let mut link = self;
        (1..=latest.min(STEPS_MAX)).find(|_| {
            link = link.next();
            link == end
        })
    }
}
