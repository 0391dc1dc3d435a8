//! The desk: everything the writer decides, and nothing of what it does.
//!
//! A state machine without tasks, clocks or channels. Whoever drives it hands in requests, the
//! time, what the index of keys says and what became of a frame, and takes out questions for the
//! index, frames to be committed, and answers that may be given. The same calls lead to the same
//! frames and answers, so that a simulation can drive it from a seed. `T` is whatever stands for
//! the place where the answers to a request go, `C` the same for a wish to move the clock.
//!
//! | step | call | what it means |
//! |---|---|---|
//! | 1 | [`take`](Desk::take) | a request waits; [`has_room`](Desk::has_room) and [`waiting_commands`](Desk::waiting_commands) say whether to take more |
//! | 2 | [`questions`](Desk::questions), [`index_said`](Desk::index_said) | keys that may have been used before are asked of the index |
//! | 3 | [`decide`](Desk::decide) | what is due and what waits becomes records, as far as there is room |
//! | 4 | [`seal`](Desk::seal) | the records become a frame, to be committed in the order of sealing |
//! | 5 | [`durable`](Desk::durable) | all frames up to a position are committed |
//! | 6 | [`answers`](Desk::answers) | what may be answered now |
//!
//! The steps may be taken in any order and as often as one likes. A command whose key must be asked
//! of the index first is not decided before it was, nor is one after it; no answer comes out before
//! all that was decided before it is durable. When a frame is not known to be committed, or a step
//! fails, the desk is of no more use: [`close`](Desk::close) answers all that waits, and a new desk
//! is made from the log.

mod decide;
mod draft;
mod fault;
mod job;
mod poison;
mod reply;
#[cfg(test)]
mod tests;

use std::collections::{HashSet, VecDeque};

use linli_domain::time::Timestamp;
use linli_domain::{ClientId, IdempotencyKey};
use linli_log::{KeyEntry, Root};
use linli_port::{Envelope, Rejected};

use crate::image::Image;
use crate::keys::{Answers, Mark, Recent, Used};

use draft::Draft;
use job::Job;

pub use draft::{FRAME_RECORDS_MAX, Sealed};
pub use fault::Stuck;
pub use poison::Poison;
pub use reply::{Outcome, Reply, Slot};

/// What is asked of the desk.
#[derive(Debug)]
pub enum Ask<T, C> {
    /// One command.
    One(Envelope, T),
    /// Several commands of one request, answered together.
    Many(Vec<Envelope>, T),
    /// The clock was moved and shows this time: to be answered when all that was due by then is
    /// in the log.
    Clock(Timestamp, C),
}

/// The writer's state and everything that waits; see the [module](self).
#[derive(Debug)]
pub struct Desk<T, C> {
    /// Everything decided so far, durable or not.
    image: Image,
    recent: Recent,
    /// Keys of waiting commands that look used and are not: the index was asked.
    absent: HashSet<(ClientId, IdempotencyKey)>,
    answers: Answers,
    poison: Poison,
    jobs: VecDeque<Job<T, C>>,
    draft: Draft<T, C>,
    /// The root before the draft.
    draft_root: Root,
    /// A record's bytes, in a buffer that is used again.
    encoded: Vec<u8>,
    /// Frames that are sealed and not known to be durable, oldest first.
    flights: VecDeque<Flight<T, C>>,
    /// Answers that may be given.
    ready: Vec<Reply<T, C>>,
}

/// A frame on its way to the disk, and the answers behind it.
#[derive(Debug)]
struct Flight<T, C> {
    last: u64,
    replies: Vec<Reply<T, C>>,
}

impl<T, C> Desk<T, C> {
    /// A desk that goes on where `image` ends, the end of the log. Commands in `poison` are turned
    /// away.
    #[must_use]
    pub fn new(image: Image, poison: Poison) -> Self {
        Self {
            draft_root: image.frontier.root(),
            image,
            recent: Recent::default(),
            absent: HashSet::new(),
            answers: Answers::default(),
            poison,
            jobs: VecDeque::new(),
            draft: Draft::default(),
            encoded: Vec::new(),
            flights: VecDeque::new(),
            ready: Vec::new(),
        }
    }

    /// Lets a request wait for its turn.
    pub fn take(&mut self, ask: Ask<T, C>) {
        self.jobs.push_back(ask.into());
    }

    /// How many commands wait to be decided.
    #[must_use]
    pub fn waiting_commands(&self) -> usize {
        self.jobs.iter().map(|job| job.undecided().len()).sum()
    }

    /// Whether anything waits to be decided.
    #[must_use]
    pub fn has_jobs(&self) -> bool {
        !self.jobs.is_empty()
    }

    /// Whether the frame in the making has room for one more command.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.draft.has_room()
    }

    /// How many records the frame in the making has.
    #[must_use]
    pub fn draft_records(&self) -> usize {
        self.draft.records()
    }

    /// How many frames are sealed and not known to be durable.
    #[must_use]
    pub fn flights(&self) -> usize {
        self.flights.len()
    }

    /// Everything decided so far, durable or not.
    #[must_use]
    pub fn image(&self) -> &Image {
        &self.image
    }

    /// The image, at the end.
    #[must_use]
    pub fn into_image(self) -> Image {
        self.image
    }

    /// When something is due next by itself.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.image.state.next_deadline()
    }

    /// The keys of waiting commands that may be in the log and are not remembered: to be asked of
    /// the index, all at once. Nearly always there are none.
    #[must_use]
    pub fn questions(&self) -> Vec<(ClientId, IdempotencyKey)> {
        let waiting = self.jobs.iter().flat_map(Job::undecided);
        let suspects = waiting.filter(|envelope| self.is_suspect(envelope));
        suspects.map(|envelope| (envelope.client, envelope.key.clone())).collect()
    }

    /// What the index said of `questions`, in their order: `None` for a key that is not in the log.
    /// A question without an answer stays one.
    pub fn index_said(
        &mut self,
        questions: Vec<(ClientId, IdempotencyKey)>,
        found: Vec<Option<KeyEntry>>,
    ) {
        for ((client, key), entry) in questions.into_iter().zip(found) {
            match entry {
                Some(entry) => self.recent.put(client, key, Used::from(&entry)),
                None => {
                    self.absent.insert((client, key));
                }
            }
        }
    }

    fn is_suspect(&self, envelope: &Envelope) -> bool {
        let Envelope { client, key, .. } = envelope;
        self.image.filter.may_hold(Mark::of(*client, key))
            && self.recent.get(*client, key).is_none()
            && (self.absent.is_empty() || !self.absent.contains(&(*client, key.clone())))
    }

    /// Makes a frame of the records decided so far, and begins the next one; `None` when there are
    /// none. Frames must be committed in the order in which they were sealed. Answers without
    /// records hang behind the frames under way; if there is none, they may be given.
    pub fn seal(&mut self) -> Option<Sealed> {
        let replies = self.draft.take_replies();
        let Some(sealed) = self.draft.seal(self.draft_root, &self.image.frontier) else {
            match self.flights.back_mut() {
                Some(flight) => flight.replies.extend(replies),
                None => self.ready.extend(replies),
            }
            return None;
        };
        self.draft_root = sealed.frame.root;
        self.flights.push_back(Flight { last: sealed.frame.last, replies });
        Some(sealed)
    }

    /// All frames up to the position `last` are committed.
    pub fn durable(&mut self, last: u64) {
        while self.flights.front().is_some_and(|flight| flight.last <= last) {
            let landed = self.flights.pop_front();
            self.ready.extend(landed.into_iter().flat_map(|flight| flight.replies));
        }
    }

    /// The answers that may be given: everything that was decided before them is durable.
    pub fn answers(&mut self) -> std::vec::Drain<'_, Reply<T, C>> {
        self.ready.drain(..)
    }

    /// Decides no more: commands that wait are answered that nothing was done, those of a request
    /// of which some were decided when these are durable.
    pub fn turn_away(&mut self) {
        for job in self.jobs.drain(..) {
            self.draft.push_reply(job.into_reply(&Outcome::Stopped));
        }
    }

    /// Ends the desk, and answers everything that waits by `outcome`.
    #[must_use]
    pub fn close(mut self, outcome: Outcome) -> Vec<Reply<T, C>> {
        let mut replies = self.ready;
        let flying = self.flights.into_iter().flat_map(|flight| flight.replies);
        let behind = flying.chain(self.draft.take_replies());
        replies.extend(behind.map(|reply| reply.doubted(outcome)));
        let waiting = self.jobs.into_iter().map(|job| job.into_reply(&outcome).doubted(outcome));
        replies.extend(waiting);
        replies
    }
}

impl Outcome {
    /// What the sender of a single command is told.
    #[must_use]
    pub fn rejected(self) -> Rejected {
        match self {
            Self::Stopped | Self::Refused => Rejected::unavailable(),
            Self::Unknown => Rejected::Unknown,
        }
    }
}
