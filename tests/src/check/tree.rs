//! C7: one chain from position 1, and the tree over it, made again.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::{Checked, unless};
use crate::evidence::{Evidence, LoggedFrame};

/// Frames follow each other without gap or overlap; both roots of each are those of an RFC 6962
/// tree over all records before it; time never goes back; every end of the log that was seen
/// during the run is one of them still.
pub(super) fn the_log_is_one_chain(evidence: &Evidence) -> Checked {
    let holds = "positions 1 to N without gap, every root is the root, nothing seen was taken back";
    let mut checked = Checked::new("C7", holds, "frames and heads");
    let (mut tree, mut recorded_at_us) = (Tree::default(), i64::MIN);
    let mut ends: BTreeMap<u64, &[u8]> = BTreeMap::new();
    for frame in &evidence.frames {
        let finding = tree.follow(frame).or(unless(frame.recorded_at_us >= recorded_at_us, || {
            format!("{}: recorded before the frame before it", frame.first)
        }));
        checked.look(finding);
        recorded_at_us = frame.recorded_at_us;
        ends.insert(frame.last, &frame.root);
    }
    for record in &evidence.records {
        let (place, said) = (record.position, record.record.position.0);
        unless(place == said, || format!("{place}: the record says to be at {said}"))
            .into_iter()
            .for_each(|finding| checked.find(finding));
    }
    for head in &evidence.heads {
        let there = ends.get(&head.position) == Some(&head.root.as_slice());
        let position = head.position;
        checked.look(unless(there, || format!("{position}: was the log's end, and is not in it")));
    }
    checked
}

/// The roots of the perfect trees that a log's tree is made of, largest first, with their sizes.
#[derive(Debug, Default)]
struct Tree {
    peaks: Vec<(u64, [u8; 32])>,
    size: u64,
}

impl Tree {
    fn follow(&mut self, frame: &LoggedFrame) -> Option<String> {
        let first = frame.first;
        if first != self.size + 1 {
            return Some(format!("a frame begins at {first} where the log ends at {}", self.size));
        }
        if frame.previous_root != self.root() {
            return Some(format!("{first}: hangs on another root"));
        }
        for record in linli_log::records(&frame.body) {
            match record {
                Ok(record) => self.push(record),
                Err(error) => return Some(format!("{first}: {error}")),
            }
        }
        if frame.last != self.size {
            return Some(format!("{first}: ends at {}, not at {}", self.size, frame.last));
        }
        unless(frame.root == self.root(), || format!("{first}: has another root"))
    }

    /// RFC 6962, section 2.1: a leaf is hashed behind a 0, a node behind a 1.
    fn push(&mut self, record: &[u8]) {
        let mut peak = (1, hash(&[&[0], record]));
        while let Some(left) = self.peaks.pop_if(|left| left.0 == peak.0) {
            peak = (peak.0 * 2, hash(&[&[1], &left.1, &peak.1]));
        }
        self.peaks.push(peak);
        self.size += 1;
    }

    fn root(&self) -> [u8; 32] {
        let mut peaks = self.peaks.iter().rev().map(|(_, peak)| *peak);
        let Some(last) = peaks.next() else { return hash(&[]) };
        peaks.fold(last, |right, left| hash(&[&[1], &left, &right]))
    }
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut sha = Sha256::new();
    parts.iter().for_each(|part| sha.update(part));
    sha.finalize().into()
}
