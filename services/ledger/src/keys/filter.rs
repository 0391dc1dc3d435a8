//! A mark of every key that the log holds: says for sure that a key was never used.
//!
//! A mark is 32 bits of a key's hash, in one of 256 segments by 8 other bits. Two keys share one
//! once in a hundred thousand at ten million keys; the index then tells them apart. Takes 5 to
//! 7.5 bytes a key, and each segment grows by itself, so that no step takes long.

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::{ClientId, IdempotencyKey};

const SEGMENTS: usize = 256;

const SLOT_BYTES: usize = 4;

/// Slots of a segment that holds its first key.
const SLOTS_MIN: u32 = 16;

/// Marks of all keys of a log. A pure fold of its records.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    segments: Vec<Segment>,
}

/// Marks with open addressing: a mark's place follows from its size, so that growing only spreads
/// them further. 0 is an empty slot.
#[derive(Clone, Debug, Default, BorshSerialize, BorshDeserialize)]
struct Segment {
    slots: Vec<u32>,
    taken: u32,
}

/// Some neighbouring segments, as a snapshot holds them.
#[derive(Debug, BorshSerialize, BorshDeserialize)]
pub(crate) struct Segments {
    first: u16,
    segments: Vec<Segment>,
}

/// The hash of a client's key. Part of the snapshot's form: it never changes without a new form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    segment: u8,
    value: u32,
}

impl Mark {
    /// FNV-1a over the client and the key, stirred by MurmurHash3's last step.
    pub(crate) fn of(client: ClientId, key: &IdempotencyKey) -> Self {
        const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
        const PRIME: u64 = 0x0000_0100_0000_01b3;
        let client = client.0.to_be_bytes();
        let bytes = client.iter().chain(key.as_str().as_bytes());
        let mut hash =
            bytes.fold(BASIS, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME));
        hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        hash ^= hash >> 33;
        let [segment, _, _, _, a, b, c, d] = hash.to_be_bytes();
        Self { segment, value: u32::from_be_bytes([a, b, c, d]).max(1) }
    }
}

impl Default for Filter {
    fn default() -> Self {
        Self { segments: vec![Segment::default(); SEGMENTS] }
    }
}

impl Filter {
    /// Whether the key may have been used; `false` is for sure.
    pub(crate) fn may_hold(&self, mark: Mark) -> bool {
        let segment = self.segments.get(usize::from(mark.segment));
        segment.is_some_and(|segment| segment.holds(mark.value))
    }

    /// Adds a key.
    pub(crate) fn insert(&mut self, mark: Mark) {
        if let Some(segment) = self.segments.get_mut(usize::from(mark.segment)) {
            segment.insert(mark.value);
        }
    }

    /// Cuts it into runs of segments that have `bytes_min` each, but for the last.
    pub(crate) fn cut(&self, bytes_min: usize) -> impl Iterator<Item = Segments> {
        let mut rest = self.segments.as_slice();
        std::iter::from_fn(move || {
            let first = u16::try_from(SEGMENTS.saturating_sub(rest.len())).ok()?;
            let mut bytes = 0_usize;
            let ends = |segment: &Segment| {
                bytes = bytes.saturating_add(segment.slots.len().saturating_mul(SLOT_BYTES));
                bytes >= bytes_min
            };
            let length = rest.iter().position(ends).map_or(rest.len(), |at| at.saturating_add(1));
            let (run, after) = rest.split_at_checked(length).filter(|(run, _)| !run.is_empty())?;
            rest = after;
            Some(Segments { first, segments: run.to_vec() })
        })
    }

    /// Puts back a run of segments that was cut off, where it follows the `before` segments that
    /// were; answers how many are there then.
    pub(crate) fn put(&mut self, before: usize, run: Segments) -> Option<usize> {
        let Segments { first, segments } = run;
        if usize::from(first) != before || !segments.iter().all(Segment::is_sound) {
            return None;
        }
        let after = before.checked_add(segments.len())?;
        for (place, segment) in self.segments.get_mut(before..after)?.iter_mut().zip(segments) {
            *place = segment;
        }
        Some(after)
    }

    /// Whether so many segments are all that there are.
    pub(crate) fn is_whole(&self, segments: usize) -> bool {
        self.segments.len() == segments
    }

    #[cfg(test)]
    fn slots(&self) -> usize {
        self.segments.iter().map(|segment| segment.slots.len()).sum()
    }
}

impl Segment {
    fn size(&self) -> u32 {
        u32::try_from(self.slots.len()).unwrap_or(u32::MAX)
    }

    /// The slots from the mark's place on, around the end.
    fn walk(&self, value: u32) -> impl Iterator<Item = (usize, u32)> {
        let place = u64::from(value).saturating_mul(u64::from(self.size())) >> 32;
        let place = usize::try_from(place).unwrap_or_default();
        let slots = || self.slots.iter().copied().enumerate();
        slots().skip(place).chain(slots().take(place))
    }

    fn holds(&self, value: u32) -> bool {
        self.walk(value).take_while(|(_, slot)| *slot != 0).any(|(_, slot)| slot == value)
    }

    fn insert(&mut self, value: u32) {
        // At most four of five slots are taken.
        if u64::from(self.taken).saturating_mul(5) >= u64::from(self.size()).saturating_mul(4) {
            self.grow();
        }
        let found = self.walk(value).find(|(_, slot)| *slot == 0 || *slot == value);
        let Some((place, 0)) = found else { return };
        if let Some(slot) = self.slots.get_mut(place) {
            *slot = value;
            self.taken = self.taken.saturating_add(1);
        }
    }

    fn grow(&mut self) {
        let size = self.size().saturating_add(self.size() / 2).max(SLOTS_MIN);
        let slots = vec![0; usize::try_from(size).unwrap_or_default()];
        let before = std::mem::replace(self, Self { slots, taken: 0 });
        before.slots.into_iter().filter(|slot| *slot != 0).for_each(|value| self.insert(value));
    }

    fn is_sound(&self) -> bool {
        let taken = self.slots.iter().filter(|slot| **slot != 0).count();
        usize::try_from(self.taken) == Ok(taken)
            && (self.slots.is_empty() || taken < self.slots.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(n: u32) -> Mark {
        Mark::of(ClientId(u128::from(n % 7)), &IdempotencyKey::new(&format!("key-{n}")).unwrap())
    }

    #[test]
    fn a_used_key_is_never_missed_and_a_new_one_hardly_ever_suspected() {
        let mut filter = Filter::default();
        let used = 300_000_u32;
        for n in 0..used {
            filter.insert(mark(n));
        }
        assert!((0..used).all(|n| filter.may_hold(mark(n))));
        let suspected = (used..2 * used).filter(|n| filter.may_hold(mark(*n))).count();
        assert!(suspected < 10, "{suspected} of {used} new keys are suspected");
        assert!(filter.segments.iter().all(Segment::is_sound));
        let slots = filter.slots();
        assert!(slots < 600_000, "{slots} slots of 4 bytes for {used} keys");
    }

    #[test]
    fn what_was_cut_is_put_together_again_in_order_alone() {
        let mut filter = Filter::default();
        for n in 0..10_000 {
            filter.insert(mark(n));
        }
        let cut = || filter.cut(3_000).collect::<Vec<_>>();
        assert!(cut().len() > 10);
        let (mut again, mut segments) = (Filter::default(), 0);
        for run in cut() {
            segments = again.put(segments, run).unwrap();
        }
        assert!(again.is_whole(segments));
        assert!((0..10_000).all(|n| again.may_hold(mark(n))));
        // Neither a gap, nor a run twice.
        let [first, _, third] = cut().into_iter().take(3).collect::<Vec<_>>().try_into().unwrap();
        let mut other = Filter::default();
        let after = other.put(0, first).unwrap();
        assert_eq!(other.put(after, third), None);
        assert_eq!(other.put(after, cut().remove(0)), None);
        assert!(!other.is_whole(after));
    }

    #[test]
    fn marks_never_change() {
        // They are in snapshots: another hash is another form of snapshot.
        let key = IdempotencyKey::new("01JD8Z5WJ4C5Q0VY7Q9M6S0N3K").unwrap();
        let Mark { segment, value } = Mark::of(ClientId(1), &key);
        assert_eq!((segment, value), (168, 1_560_644_488));
    }
}
