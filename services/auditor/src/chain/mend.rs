//! Looks for the one byte that was changed in a frame's body.
//!
//! The root in the frame attests what the body was. If a body with one byte put back has that
//! root, then that was the body: no other has it. So a single flip, by a disk or by a hand, is
//! named to the byte, and the audit can go on over what was really committed.

use bytes::Bytes;
use linli_log::merkle::{Hash, leaf_hash};
use linli_log::{Frame, Frontier, records};
use linli_proto::decode_record_strict;

use super::path::Path;
use crate::finding::{Finding, Kind};

/// Most hashes that the search may take: a second or two. It tries the likely first: the record that
/// can't be read, then single bits everywhere, then every value of every byte.
const HASHES_MAX: u64 = 10_000_000;

/// Every change of one bit.
const BITS: [u8; 8] = [1, 2, 4, 8, 16, 32, 64, 128];

/// Tag and length of a record in a body: at most so many bytes.
const HEAD_BYTES_MAX: usize = 4;

/// The byte that was changed, and the body with it put back.
#[derive(Debug)]
pub(crate) struct Mended {
    pub(crate) body: Bytes,
    /// In which record of the frame, from 0.
    record: u64,
    /// Where in the body, from 0.
    offset: usize,
    found: u8,
    committed: u8,
}

impl Mended {
    pub(crate) fn finding(&self, first: u64) -> Finding {
        let Self { offset, found, committed, .. } = self;
        let what = format!(
            "byte {offset} of the frame's body is {found:#04x}; with {committed:#04x} the frame has \
             its root, so that is what was committed, and the audit goes on with it"
        );
        Finding::at(first.saturating_add(self.record), Kind::Root, what)
    }
}

/// The byte whose change explains that the frame after `frontier` does not have its root, if one
/// byte does and it is found within [`HASHES_MAX`].
pub(crate) fn mend(frontier: &Frontier, frame: &Frame) -> Option<Mended> {
    let mut search = Search { frontier, frame, hashes_left: HASHES_MAX };
    let expected = frame.last.checked_sub(frame.first)?.checked_add(1)?;
    let cut: Result<Vec<&[u8]>, _> = frame.records().collect();
    match cut {
        Ok(cut) if u64::try_from(cut.len()) == Ok(expected) => search.contents(&cut),
        Ok(_) | Err(_) => search.heads(expected),
    }
}

struct Search<'a> {
    frontier: &'a Frontier,
    frame: &'a Frame,
    hashes_left: u64,
}

/// A byte, and what its change was: `found = committed ^ mask`.
type Change = (usize, u8);

impl Search<'_> {
    /// Puts back bytes inside records.
    fn contents(&mut self, cut: &[&[u8]]) -> Option<Mended> {
        let every: Vec<u8> = (1..=u8::MAX).collect();
        let leaves: Vec<Hash> = cut.iter().map(|record| leaf_hash(record)).collect();
        let unreadable = cut.iter().position(|record| decode_record_strict(record).is_err());
        let likely = unreadable.map(|index| (index, every.as_slice()));
        let bits = (0..cut.len()).map(|index| (index, BITS.as_slice()));
        let all = (0..cut.len()).map(|index| (index, every.as_slice()));
        for (index, masks) in likely.into_iter().chain(bits).chain(all) {
            self.spend(u64::try_from(cut.len()).unwrap_or(u64::MAX))?;
            let path = Path::new(self.frontier, &leaves, index);
            if let Some((at, mask)) = self.content(cut.get(index)?, &path, masks) {
                return self.mended(index, self.start_of(index)?.checked_add(at)?, mask);
            }
        }
        None
    }

    /// The change in one record after which the path leads to the root.
    fn content(&mut self, record: &[u8], path: &Path, masks: &[u8]) -> Option<Change> {
        let mut trial = record.to_vec();
        for at in 0..record.len() {
            for mask in masks {
                self.spend(path.hashes().saturating_add(1))?;
                flip(&mut trial, at, *mask);
                if path.root(leaf_hash(&trial)) == self.frame.root {
                    return Some((at, *mask));
                }
                flip(&mut trial, at, *mask);
            }
        }
        None
    }

    /// Puts back bytes between records: tags and lengths, as far as the body can be cut. What was
    /// changed is at or before the place where it can't.
    fn heads(&mut self, expected: u64) -> Option<Mended> {
        let mut trial = self.frame.body.to_vec();
        let mut cut = self.frame.records();
        let mut index = 0_usize;
        loop {
            let head = cut.offset();
            let record = cut.next()?;
            for at in head..head.saturating_add(HEAD_BYTES_MAX).min(trial.len()) {
                for mask in 1..=u8::MAX {
                    flip(&mut trial, at, mask);
                    if self.fits(&trial, head, index, expected) {
                        return self.mended(index, at, mask);
                    }
                    flip(&mut trial, at, mask);
                }
            }
            record.ok()?;
            index = index.saturating_add(1);
        }
    }

    /// Can the rest of the body be cut into as many records as there should be, with the root?
    fn fits(&mut self, body: &[u8], head: usize, before: usize, expected: u64) -> bool {
        let rest = records(body.get(head..).unwrap_or_default());
        let count = rest
            .map(Result::ok)
            .try_fold(before, |count, record| record.and_then(|_| count.checked_add(1)));
        if count.and_then(|count| u64::try_from(count).ok()) != Some(expected)
            || self.spend(expected).is_none()
        {
            return false;
        }
        let mut next = self.frontier.clone();
        records(body).flatten().for_each(|record| next.push(leaf_hash(record)));
        next.root() == self.frame.root
    }

    fn start_of(&self, record: usize) -> Option<usize> {
        let mut cut = self.frame.records();
        let found = cut.by_ref().nth(record)?.ok()?;
        cut.offset().checked_sub(found.len())
    }

    fn mended(&self, record: usize, offset: usize, mask: u8) -> Option<Mended> {
        let mut body = self.frame.body.to_vec();
        let found = *body.get(offset)?;
        flip(&mut body, offset, mask);
        let record = u64::try_from(record).ok()?;
        Some(Mended { body: body.into(), record, offset, found, committed: found ^ mask })
    }

    fn spend(&mut self, hashes: u64) -> Option<()> {
        self.hashes_left = self.hashes_left.checked_sub(hashes)?;
        Some(())
    }
}

fn flip(bytes: &mut [u8], at: usize, mask: u8) {
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= mask;
    }
}
