//! The newest frames that a writer in this process committed, for those in it who read them next.
//!
//! The relay, the feed, the notary and whoever else stands at the end of the log each ask for every
//! frame a moment after it was committed. Where the writer is in the same process they get it from
//! here, the bytes that the server has acknowledged, and the server is asked by nobody.
//!
//! It holds what is committed, never what is under way; a term that ends takes it away, so that
//! what another writer does is read from the log. A reader who stands further back reads the log.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::district::District;
use crate::frame::Frame;

/// Most bytes of bodies that are held for a district, past the newest frame: some ten of the
/// longest frames, a tenth of a second of the fastest writer.
const HELD_BYTES_MAX: usize = 8 * 1024 * 1024;

/// How long whoever reads along with a writer rests after a few frames: what is committed meanwhile
/// is taken together, with one wake-up of everybody behind for several frames. A frame after a pause
/// is taken at once; nobody who waits for an answer waits for this; and what is read from read models
/// is gathered for longer.
const REST: Duration = Duration::from_millis(5);

/// So many at once are no longer a few: there is more where they came from. (A page of long frames is
/// full with fewer; what a rest costs is little beside reading that.)
const FEW_FRAMES: usize = 64;

/// Rests after so many frames, if they are few.
pub(crate) async fn rest_after(frames: usize) {
    if frames < FEW_FRAMES {
        tokio::time::sleep(REST).await;
    }
}

/// The newest frames of each district that is written in this process. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Fresh(Arc<Mutex<HashMap<District, Arc<Shelf>>>>);

/// The newest frames of one district.
#[derive(Debug, Default)]
struct Shelf {
    held: Mutex<Held>,
    end: watch::Sender<Option<u64>>,
}

/// Frames that follow one another up to `end`; none and no end where nobody here writes.
#[derive(Debug, Default)]
struct Held {
    frames: VecDeque<Frame>,
    bytes: usize,
    end: Option<u64>,
    /// Counts terms: one that is over, but not gone yet, touches nothing of the next.
    term: u64,
}

/// The writer's side, for one term: what it commits is put here. Dropping it ends the term.
#[derive(Debug)]
pub struct Fill {
    shelf: Arc<Shelf>,
    term: u64,
}

impl Fresh {
    /// Begins a term of the writer of `district`, whose log ends at `position`.
    #[must_use]
    pub fn begin(&self, district: &District, position: u64) -> Fill {
        let shelf = self.shelf(district);
        let term = lock(&shelf.held).begin(position);
        shelf.end.send_replace(Some(position));
        Fill { shelf, term }
    }

    /// Where the log of `district` ends, as long as it is written here; rings at each change.
    pub(crate) fn end(&self, district: &District) -> watch::Receiver<Option<u64>> {
        self.shelf(district).end.subscribe()
    }

    /// The frames after `position`, as many as fit; none if they aren't here.
    pub(crate) fn after(
        &self,
        district: &District,
        position: u64,
        frames_max: usize,
        bytes_max: usize,
    ) -> Option<Vec<Frame>> {
        lock(&self.shelf(district).held).after(position, frames_max, bytes_max)
    }

    fn shelf(&self, district: &District) -> Arc<Shelf> {
        let mut shelves = lock(&self.0);
        if let Some(shelf) = shelves.get(district) {
            return Arc::clone(shelf);
        }
        Arc::clone(shelves.entry(district.clone()).or_default())
    }
}

impl Fill {
    /// Adds a frame that is committed.
    pub fn push(&self, frame: Frame) {
        let last = frame.last;
        let mut held = lock(&self.shelf.held);
        if held.term == self.term {
            held.push(frame);
            drop(held);
            self.shelf.end.send_replace(Some(last));
        }
    }
}

impl Drop for Fill {
    fn drop(&mut self) {
        let mut held = lock(&self.shelf.held);
        if held.term == self.term {
            held.end();
            drop(held);
            self.shelf.end.send_replace(None);
        }
    }
}

impl Held {
    fn begin(&mut self, position: u64) -> u64 {
        let term = self.term.wrapping_add(1);
        *self = Self { end: Some(position), term, ..Self::default() };
        term
    }

    fn end(&mut self) {
        *self = Self { term: self.term, ..Self::default() };
    }

    fn push(&mut self, frame: Frame) {
        if self.end.and_then(|end| end.checked_add(1)) != Some(frame.first) {
            // Another term's: what is before it is read from the log.
            (self.frames, self.bytes) = (VecDeque::new(), 0);
        }
        self.end = Some(frame.last);
        self.bytes = self.bytes.saturating_add(frame.body.len());
        self.frames.push_back(frame);
        while self.bytes > HELD_BYTES_MAX && self.frames.len() > 1 {
            let Some(oldest) = self.frames.pop_front() else { break };
            self.bytes = self.bytes.saturating_sub(oldest.body.len());
        }
    }

    fn after(&self, position: u64, frames_max: usize, bytes_max: usize) -> Option<Vec<Frame>> {
        let end = self.end?;
        if position == end {
            return Some(Vec::new());
        }
        let start = self.frames.front()?.first.saturating_sub(1);
        if position < start || position > end {
            return None;
        }
        let mut bytes = 0_usize;
        let page = self.frames.range(self.frames.partition_point(|frame| frame.last <= position)..);
        let fitting = page.take(frames_max).enumerate().take_while(|(index, frame)| {
            bytes = bytes.saturating_add(frame.body.len());
            *index == 0 || bytes <= bytes_max
        });
        Some(fitting.map(|(_, frame)| frame.clone()).collect())
    }
}

/// Whoever panicked while it held the lock left nothing half done: each change is one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::merkle::EMPTY_ROOT;

    fn frame(first: u64, last: u64, bytes: usize) -> Frame {
        let body = Bytes::from(vec![0; bytes]);
        let (previous_root, root) = (EMPTY_ROOT, EMPTY_ROOT);
        Frame { first, last, recorded_at: 0, previous_root, root, body }
    }

    fn district() -> District {
        District::new("dingshan").unwrap()
    }

    #[test]
    fn frames_are_handed_out_from_a_position_within_bounds() {
        let fresh = Fresh::default();
        let fill = fresh.begin(&district(), 10);
        for first in [11, 13, 15, 17] {
            fill.push(frame(first, first + 1, 100));
        }
        let check = |position, frames_max, bytes_max, expected: Option<&[u64]>| {
            let page = fresh.after(&district(), position, frames_max, bytes_max);
            let firsts: Option<Vec<u64>> =
                page.map(|page| page.iter().map(|frame| frame.first).collect());
            assert_eq!(firsts.as_deref(), expected, "{position} {frames_max} {bytes_max}");
        };
        check(10, 9, 1_000, Some(&[11, 13, 15, 17]));
        check(14, 9, 1_000, Some(&[15, 17]));
        // Inside a frame, that frame is the first.
        check(13, 9, 1_000, Some(&[13, 15, 17]));
        check(10, 2, 1_000, Some(&[11, 13]));
        check(10, 9, 250, Some(&[11, 13]));
        // One at least, however long.
        check(10, 9, 1, Some(&[11]));
        // The end of the log is known.
        check(18, 9, 1_000, Some(&[]));
        // What isn't here is read from the log.
        check(9, 9, 1_000, None);
        check(19, 9, 1_000, None);
    }

    #[test]
    fn the_oldest_go_when_there_is_no_room() {
        let fresh = Fresh::default();
        let fill = fresh.begin(&district(), 0);
        for first in 1..=4 {
            fill.push(frame(first, first, HELD_BYTES_MAX / 2));
        }
        assert_eq!(fresh.after(&district(), 1, 9, usize::MAX), None);
        assert_eq!(fresh.after(&district(), 2, 9, usize::MAX).unwrap().len(), 2);
        fill.push(frame(5, 5, HELD_BYTES_MAX * 2));
        assert_eq!(fresh.after(&district(), 4, 9, 1).unwrap().len(), 1);
    }

    #[test]
    fn a_term_that_ends_takes_all_away_and_the_next_begins_anew() {
        let fresh = Fresh::default();
        let end = fresh.end(&district());
        assert_eq!(fresh.after(&district(), 0, 9, 1_000), None);
        let fill = fresh.begin(&district(), 0);
        fill.push(frame(1, 3, 10));
        assert_eq!(*end.borrow(), Some(3));
        drop(fill);
        assert_eq!(*end.borrow(), None);
        assert_eq!(fresh.after(&district(), 0, 9, 1_000), None);
        assert_eq!(fresh.after(&district(), 3, 9, 1_000), None);
        let former = fresh.begin(&district(), 3);
        let _fill = fresh.begin(&district(), 7);
        former.push(frame(4, 4, 10));
        drop(former);
        assert_eq!(fresh.after(&district(), 7, 9, 1_000), Some(Vec::new()));
        assert_eq!(fresh.after(&district(), 3, 9, 1_000), None);
    }
}
