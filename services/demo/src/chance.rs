//! Chance from a seed: SplitMix64, the same on every machine and in every year, without a crate
//! whose algorithm could change.

use ulid::Ulid;

/// A stream of chance.
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The stream of this name under this seed. Streams of other names don't touch it, so that
    /// one more draw in one place moves nothing elsewhere.
    pub(crate) fn named(seed: u64, name: &str) -> Self {
        // FNV-1a.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut chance = Self(seed ^ hash);
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From zero to one below `bound`; zero for a bound of zero.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        let product = u128::from(self.next()).wrapping_mul(u128::from(bound));
        u64::try_from(product >> 64).unwrap_or_default()
    }

    /// From `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = most.saturating_sub(least).saturating_add(1);
        let step = self.below(u64::try_from(span).unwrap_or_default());
        least.saturating_add(i64::try_from(step).unwrap_or_default())
    }

    /// True so many times in a thousand.
    pub(crate) fn hit(&mut self, per_mille: u64) -> bool {
        self.below(1_000) < per_mille
    }

    /// One of them, each as likely.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.index(from.len()))
    }

    /// Puts them in any order.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.index(at.saturating_add(1)));
        }
    }

    /// An id minted at `at_ms` milliseconds since 1970.
    pub(crate) fn id(&mut self, at_ms: u64) -> Ulid {
        let random = (u128::from(self.next()) << 64) | u128::from(self.next());
        Ulid::from_parts(at_ms, random)
    }

    fn index(&mut self, len: usize) -> usize {
        let bound = u64::try_from(len).unwrap_or(u64::MAX);
        usize::try_from(self.below(bound)).unwrap_or_default()
    }
}

/// A wheel of fortune whose sectors are as wide as their weights.
#[derive(Clone, Debug)]
pub(crate) struct Wheel {
    ends: Vec<u64>,
}

impl Wheel {
    pub(crate) fn new(weights: impl IntoIterator<Item = u64>) -> Self {
        let mut end = 0_u64;
        let ends = weights.into_iter().map(|weight| {
            end = end.saturating_add(weight);
            end
        });
        Self { ends: ends.collect() }
    }

    /// The number of the sector it stops at; none if all weigh nothing.
    pub(crate) fn spin(&self, chance: &mut Chance) -> Option<usize> {
        let total = self.ends.last().copied().filter(|total| *total > 0)?;
        let at = chance.below(total);
        Some(self.ends.partition_point(|end| *end <= at))
    }
}

/// Parts of `total` in proportion to the weights, summing to it exactly: the largest remainders
/// are rounded up.
pub(crate) fn apportion(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: &u64| u128::from(total).saturating_mul(u128::from(*weight));
    let whole = |weight| u64::try_from(exact(weight).checked_div(sum).unwrap_or_default());
    let mut parts: Vec<u64> = weights.iter().map(|w| whole(w).unwrap_or_default()).collect();
    let mut remainders: Vec<(u128, usize)> = weights
        .iter()
        .enumerate()
        .map(|(at, weight)| (exact(weight).checked_rem(sum).unwrap_or_default(), at))
        .collect();
    remainders.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    let given: u64 = parts.iter().sum();
    let missing = usize::try_from(total.saturating_sub(given)).unwrap_or_default();
    for (_, at) in remainders.into_iter().take(missing) {
        if let Some(part) = parts.get_mut(at) {
            *part = part.saturating_add(1);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_the_published_one() {
        // SplitMix64 from seed 1234567, as in the reference implementation's test vectors.
        let mut chance = Chance(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| chance.next()).collect();
        assert_eq!(first, [6457827717110365317, 3203168211198807973, 9817491932198370423]);
    }

    #[test]
    fn parts_sum_to_the_whole() {
        for (total, weights, parts) in [
            (10, &[1, 1, 1][..], &[4, 3, 3][..]),
            (7, &[0, 5, 2], &[0, 5, 2]),
            (1, &[1, 2, 1], &[0, 1, 0]),
            (5, &[0, 0], &[0, 0]),
        ] {
            assert_eq!(apportion(total, weights), parts, "{total} over {weights:?}");
        }
    }

    #[test]
    fn a_wheel_stops_only_where_there_is_weight() {
        let wheel = Wheel::new([0, 3, 0, 1]);
        let mut chance = Chance::named(7, "wheel");
        let stops: Vec<_> = (0..400).filter_map(|_| wheel.spin(&mut chance)).collect();
        assert!(stops.iter().all(|stop| matches!(stop, 1 | 3)), "{stops:?}");
        assert!(stops.iter().filter(|stop| **stop == 1).count() > 250);
        assert_eq!(Wheel::new([0, 0]).spin(&mut chance), None);
    }
}
