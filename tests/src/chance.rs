//! Chance that a seed tells, so that what went wrong can be made to go wrong again.

use std::time::{SystemTime, UNIX_EPOCH};

/// The environment's word for the seed of a run.
const SEED: &str = "LINLI_TEST_SEED";

/// Numbers from a seed (xorshift64*).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Another seed each run, printed, unless `LINLI_TEST_SEED` says which.
    #[must_use]
    pub fn fresh() -> Self {
        let told = std::env::var(SEED).ok().and_then(|seed| seed.parse().ok());
        let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let seed = told.unwrap_or_else(|| u64::try_from(now() & 0xffff_ffff).unwrap_or(1));
        println!("{SEED}={seed}");
        Self::of(seed)
    }

    /// Chance of a seed.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        // A xorshift never leaves zero.
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`, which is above zero.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap_or_default() % end.max(1)
    }

    /// A number from `least` to `most`.
    pub fn between(&mut self, least: u64, most: u64) -> u64 {
        let span = usize::try_from(most.saturating_sub(least)).unwrap_or(usize::MAX);
        least + u64::try_from(self.below(span.saturating_add(1))).unwrap_or_default()
    }

    /// The same in another order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, self.below(last + 1));
        }
    }
}
