//! A model of the JetStream stream: a copy of the log that loses, doubles, shuffles, is cut back,
//! vanishes, or turns out to be another log's.

use linli_log::Frame;
use linli_log::merkle::leaf_hash;

use crate::chance::Chance;
use crate::log::Log;

/// What may happen to a stream as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mishap {
    /// Its newest messages are gone: it was put back from an older copy.
    CutBack,
    /// It is gone.
    Gone,
    /// Somebody else's message stands in it.
    AnotherLog,
}

/// How messages travel at the moment, in percent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weather {
    /// How many are lost.
    pub lost: u64,
    /// How many come twice.
    pub doubled: u64,
    /// How many wait until later ones have passed.
    pub late: u64,
}

/// What the relay did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relayed {
    /// A frame was published.
    Frame,
    /// There was nothing to publish.
    Nothing,
    /// The stream didn't fit the log: it was emptied, to be filled anew.
    Emptied,
}

/// The stream of the district.
#[derive(Debug, Default)]
pub struct Stream {
    messages: Vec<Frame>,
    /// Counts how often it was emptied or cut: who reads it has to begin anew.
    life: u64,
    /// How messages travel.
    pub weather: Weather,
}

impl Stream {
    /// Counts up when the messages are not those any more that there were.
    #[must_use]
    pub fn life(&self) -> u64 {
        self.life
    }

    /// How many messages there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.messages.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// The message at a place.
    #[must_use]
    pub fn message(&self, place: usize) -> Option<&Frame> {
        self.messages.get(place)
    }

    /// The place of the first message whose frame ends after a position.
    #[must_use]
    pub fn place_after(&self, position: u64) -> usize {
        self.messages.partition_point(|frame| frame.last <= position)
    }

    /// The relay's turn: it publishes the next frame of the log, or finds that the stream's last
    /// message is not the log's.
    pub fn relay(&mut self, log: &Log) -> Relayed {
        let (end, fits) = match self.messages.last() {
            Some(frame) => (frame.last, log.root_at(frame.last) == Some(frame.root)),
            None => (0, true),
        };
        if !fits {
            self.messages.clear();
            self.life = self.life.saturating_add(1);
            return Relayed::Emptied;
        }
        match log.frames_after(end, 1).next() {
            Some(next) => {
                self.messages.push(next.clone());
                Relayed::Frame
            }
            None => Relayed::Nothing,
        }
    }

    /// Lets something happen to it; false if it had nothing to lose.
    pub fn suffer(&mut self, mishap: Mishap, chance: &mut Chance) -> bool {
        if self.messages.is_empty() {
            return false;
        }
        // Those who read go on, as long as the messages that they had stay.
        if mishap != Mishap::AnotherLog {
            self.life = self.life.saturating_add(1);
        }
        match mishap {
            Mishap::CutBack => {
                let kept = chance.place(self.messages.len());
                self.messages.truncate(kept);
            }
            Mishap::Gone => self.messages.clear(),
            Mishap::AnotherLog => {
                let Some(mut other) = self.messages.last().cloned() else { return false };
                let records = chance.between(1, 3);
                (other.first, other.last) = (other.last + 1, other.last + records);
                other.previous_root = leaf_hash(other.previous_root.as_bytes());
                other.root = leaf_hash(other.root.as_bytes());
                self.messages.push(other);
            }
        }
        true
    }
}
