//! Chance that a seed tells: the only source of it here.

/// Numbers from a seed (SplitMix64: every seed, zero too, gives a full period).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The chance of a seed.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 if that is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.number() % end.max(1)
    }

    /// A number from `least` to `most`, both included.
    pub fn between(&mut self, least: u64, most: u64) -> u64 {
        least.saturating_add(self.below(most.saturating_sub(least).saturating_add(1)))
    }

    /// True once in `times`; never if that is 0.
    pub fn once_in(&mut self, times: u64) -> bool {
        times > 0 && self.below(times) == 0
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// A place in a list of `length`; 0 if it is empty.
    pub fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(u64::try_from(length).unwrap_or(u64::MAX))).unwrap_or_default()
    }

    /// One of `all`; none if there are none.
    pub fn pick<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let place = self.place(all.len());
        all.get(place).copied()
    }

    /// One of `all`, each as often as its weight says.
    pub fn weigh<T: Copy>(&mut self, all: &[(u64, T)]) -> Option<T> {
        let mut left = self.below(all.iter().map(|(weight, _)| weight).sum());
        for (weight, one) in all {
            if left < *weight {
                return Some(*one);
            }
            left = left.saturating_sub(*weight);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_tells_the_same_and_every_choice_comes() {
        let draw = |seed| {
            let mut chance = Chance::of(seed);
            (0..200).map(|_| chance.weigh(&[(1, 'a'), (0, 'b'), (3, 'c')])).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        assert!(draw(0).contains(&Some('a')) && draw(0).contains(&Some('c')));
        assert!(!draw(0).contains(&Some('b')));
        let mut chance = Chance::of(3);
        assert!((0..100).map(|_| chance.between(2, 4)).all(|n| (2..=4).contains(&n)));
    }
}
