//! What a feed holds: the newest frames, until everybody has taken them. Pure.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::decoded::Decoded;

/// Most memory of frames held for subscriptions that are a little behind: some two folds' worth
/// of records. Who is further behind reads the log.
pub const HELD_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Names a subscription in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taker(u64);

/// Where a taker's next frame is.
#[derive(Clone, Debug)]
pub enum Place {
    /// Here.
    Here(Arc<Decoded>),
    /// Nowhere yet.
    Later,
    /// No longer here: in the log.
    Behind,
}

/// The frames from some position up to where the feed stands, and how far each taker has come.
#[derive(Debug, Default)]
pub struct Window {
    /// Where the feed stands; none before it knows.
    end: Option<u64>,
    frames: VecDeque<Arc<Decoded>>,
    held_bytes: usize,
    takers: BTreeMap<Taker, u64>,
    taker_last: u64,
    bytes_max: usize,
}

impl Window {
    /// A window that holds `bytes_max`, and the frame with which it came to be full.
    #[must_use]
    pub fn new(bytes_max: usize) -> Self {
        Self { bytes_max, ..Self::default() }
    }

    /// Says where the feed begins.
    pub fn begin(&mut self, position: u64) {
        self.end = Some(position);
    }

    /// Where the feed stands: the last position it has seen; 0 before it knows.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.end.unwrap_or_default()
    }

    /// Memory of the frames that are held.
    #[must_use]
    pub fn held_bytes(&self) -> usize {
        self.held_bytes
    }

    /// A new taker that has everything up to `position`.
    pub fn enter(&mut self, position: u64) -> Taker {
        self.taker_last = self.taker_last.saturating_add(1);
        let taker = Taker(self.taker_last);
        self.takers.insert(taker, position);
        taker
    }

    /// A taker goes; nothing is held for it any longer.
    pub fn leave(&mut self, taker: Taker) {
        self.takers.remove(&taker);
        self.drop_taken();
    }

    /// The next frame of a taker that has everything up to `position`, from here or from elsewhere.
    pub fn take(&mut self, taker: Taker, position: u64) -> Place {
        let Some(end) = self.end else { return Place::Later };
        if position >= end {
            self.moved(taker, position);
            return Place::Later;
        }
        let next = position.saturating_add(1);
        match self.frames.binary_search_by_key(&next, |frame| frame.first) {
            Ok(index) => match self.frames.get(index).map(Arc::clone) {
                Some(frame) => {
                    self.moved(taker, frame.last);
                    Place::Here(frame)
                }
                None => Place::Behind,
            },
            Err(_) => {
                self.moved(taker, position);
                Place::Behind
            }
        }
    }

    /// Must the feed wait before it takes the next frame? Yes if there is no room and the fastest
    /// taker stands at the first frame that is held: it would be lost to all.
    #[must_use]
    pub fn is_to_wait(&self) -> bool {
        self.held_bytes >= self.bytes_max && self.is_first_untaken()
    }

    /// The next frame of the feed. One that does not begin where the feed stands is passed over:
    /// false. Frames for which there is no room go, oldest first, if somebody has taken them.
    pub fn push(&mut self, frame: Arc<Decoded>) -> bool {
        if self.end.and_then(|end| end.checked_add(1)) != Some(frame.first) {
            return false;
        }
        self.end = Some(frame.last);
        self.held_bytes = self.held_bytes.saturating_add(frame.weight_bytes());
        self.frames.push_back(frame);
        self.drop_taken();
        true
    }

    /// Does the fastest taker stand at the first frame that is held?
    fn is_first_untaken(&self) -> bool {
        self.takers.values().max().is_some_and(|fastest| *fastest == self.start())
    }

    /// The position before the first frame that is held.
    fn start(&self) -> u64 {
        self.frames.front().map_or(self.end(), |frame| frame.first.saturating_sub(1))
    }

    fn moved(&mut self, taker: Taker, position: u64) {
        if let Some(known) = self.takers.get_mut(&taker) {
            *known = position;
        }
        self.drop_taken();
    }

    /// Drops what all have taken; all of it if there is nobody. For somebody who is behind it is
    /// kept as long as there is room, or who reads the log would never come to where it ends.
    fn drop_taken(&mut self) {
        let taken = self.takers.values().min().copied().unwrap_or(u64::MAX);
        while self.frames.front().is_some_and(|frame| frame.last <= taken) {
            self.drop_first();
        }
        let is_full =
            |window: &Self| !window.frames.is_empty() && window.held_bytes >= window.bytes_max;
        while is_full(self) && !self.is_first_untaken() {
            self.drop_first();
        }
    }

    fn drop_first(&mut self) {
        if let Some(frame) = self.frames.pop_front() {
            self.held_bytes = self.held_bytes.saturating_sub(frame.weight_bytes());
        }
    }
}

#[cfg(test)]
mod tests;
