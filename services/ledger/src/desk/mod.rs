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
//! | 2 | [`decide`](Desk::decide) | what is due and what waits becomes records, as far as there is room |
//! | 3 | [`questions`](Desk::questions), [`index_said`](Desk::index_said) | a key that may have been used before is asked of the index; then decide again |
//! | 4 | [`seal`](Desk::seal) | the records become a frame, to be committed in the order of sealing |
//! | 5 | [`durable`](Desk::durable) | all frames up to a position are committed |
//! | 6 | [`asks_word`](Desk::asks_word), [`confirmed`](Desk::confirmed) | refusals behind no frame: the store says that nobody else can have written meanwhile |
//! | 7 | [`answers`](Desk::answers) | what may be answered now |
//! | 8 | [`indexed`](Desk::indexed) | the index has the [keys](crate::keys_of) of all durable frames up to a position |
//!
//! The steps may be taken in any order and as often as one likes. A command whose key must be asked
//! of the index first is not decided before it was, nor is one after it; no answer comes out before
//! all that was decided before it is durable, and no refusal before the store has shown, by a commit
//! or its word, that this writer still was the one when it was decided; no key is forgotten before the index has it, and when
//! too many are not in it, new commands are told to come again. When a frame is not known to be committed, or a step
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

use std::collections::{HashMap, VecDeque};

use linli_domain::time::Timestamp;
use linli_domain::{ClientId, IdempotencyKey};
use linli_log::{Frame, KeyEntry, Root};
use linli_port::{Envelope, Rejected};

use crate::image::Image;
use crate::keys::{Answers, Mark, Memory, Recent, Unindexed, Used};

use draft::Draft;
use job::Job;

pub use draft::FRAME_RECORDS_MAX;
pub use fault::Stuck;
pub use poison::Poison;
pub use reply::{Outcome, Reply, Slot};

/// Most answers of the index that are kept for commands that wait, beside those of one look-up:
/// more would only be there if senders repeated old commands by the thousand.
const SAID_MAX: usize = 4_096;

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
    /// What the index said of keys that look used; `None` for one that it does not have.
    said: HashMap<(ClientId, IdempotencyKey), Option<Used>>,
    /// Whether deciding stopped at a command whose key must be asked of the index.
    asks: bool,
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
    /// Refusals without a frame that shows that the state they tell of is the log's.
    unconfirmed: Vec<Reply<T, C>>,
    /// Of these, those that the store was asked about.
    asked: Vec<Reply<T, C>>,
    /// Answers that may be given.
    ready: Vec<Reply<T, C>>,
}

/// What is known of a command's key.
enum Standing {
    /// It was never used.
    New,
    /// It was used for these records.
    Used(Used),
    /// The index must be asked.
    Unclear,
}

/// A frame on its way to the disk, and the answers behind it.
#[derive(Debug)]
struct Flight<T, C> {
    last: u64,
    replies: Vec<Reply<T, C>>,
}

impl<T, C> Desk<T, C> {
    /// A desk that goes on where `image` ends, the end of the log; `unindexed` has the keys of the
    /// log that the index lacks. Commands in `poison` are turned away.
    #[must_use]
    pub fn new(image: Image, unindexed: Unindexed, poison: Poison) -> Self {
        Self {
            draft_root: image.frontier.root(),
            image,
            recent: unindexed.into(),
            said: HashMap::new(),
            asks: false,
            answers: Answers::default(),
            poison,
            jobs: VecDeque::new(),
            draft: Draft::default(),
            encoded: Vec::new(),
            flights: VecDeque::new(),
            unconfirmed: Vec::new(),
            asked: Vec::new(),
            ready: Vec::new(),
        }
    }

    /// The same desk with another bound to what it remembers of keys.
    #[must_use]
    pub fn remembering(mut self, memory: Memory) -> Self {
        self.recent.memory = memory;
        self
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

    /// How many keys are remembered because the index has not reached them.
    #[must_use]
    pub fn unindexed_keys(&self) -> usize {
        self.recent.unindexed()
    }

    /// The index has the keys of all records up to `position`, which is durable.
    pub fn indexed(&mut self, position: u64) {
        self.recent.indexed(position);
    }

    /// Whether deciding stopped at a command whose key must be asked of the index.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.asks
    }

    /// The keys of waiting commands that may be in the log and are not remembered: to be asked of
    /// the index, all at once. There are some only when deciding stopped at one.
    #[must_use]
    pub fn questions(&self) -> Vec<(ClientId, IdempotencyKey)> {
        if !self.asks {
            return Vec::new();
        }
        let waiting = self.jobs.iter().flat_map(Job::undecided);
        let suspects = waiting.filter(|envelope| {
            let mark = Mark::of(envelope.client, &envelope.key);
            matches!(self.standing(envelope, mark), Standing::Unclear)
        });
        suspects.map(|envelope| (envelope.client, envelope.key.clone())).collect()
    }

    /// What the index said of `questions`, in their order: `None` for a key that it does not have.
    /// A question without an answer stays one.
    pub fn index_said(
        &mut self,
        questions: Vec<(ClientId, IdempotencyKey)>,
        found: Vec<Option<KeyEntry>>,
    ) {
        if self.said.len() > SAID_MAX {
            self.said.clear();
        }
        let found = found.iter().map(|entry| entry.as_ref().map(Used::from));
        self.said.extend(questions.into_iter().zip(found));
        self.asks = false;
    }

    /// What is known of a command's key.
    fn standing(&self, envelope: &Envelope, mark: Mark) -> Standing {
        if !self.image.filter.may_hold(mark) {
            return Standing::New;
        }
        let Envelope { client, key, .. } = envelope;
        if let Some(used) = self.recent.get(*client, key) {
            return Standing::Used(*used);
        }
        // In the ordinary, nothing was asked, and no key need be copied to look.
        let said = if self.said.is_empty() { None } else { self.said.get(&(*client, key.clone())) };
        match said {
            Some(Some(used)) => Standing::Used(*used),
            Some(None) => Standing::New,
            None => Standing::Unclear,
        }
    }

    /// Makes a frame of the records decided so far, and begins the next one; `None` when there are
    /// none. Frames must be committed in the order in which they were sealed. Answers without
    /// records hang behind the frames under way; if there is none, they may be given. Refusals hang
    /// behind the next frame, or the store's [word](Self::asks_word).
    pub fn seal(&mut self) -> Option<Frame> {
        let replies = self.draft.take_replies();
        let Some(frame) = self.draft.seal(self.draft_root, &self.image.frontier) else {
            let behind = match self.flights.back_mut() {
                Some(flight) => &mut flight.replies,
                None => &mut self.ready,
            };
            for reply in replies {
                if reply.refuses() { &mut self.unconfirmed } else { &mut *behind }.push(reply);
            }
            return None;
        };
        self.draft_root = frame.root;
        let mut behind = std::mem::take(&mut self.unconfirmed);
        behind.extend(replies);
        self.flights.push_back(Flight { last: frame.last, replies: behind });
        Some(frame)
    }

    /// Whether refusals wait for the store's word that nobody else can have written by the time that
    /// it is asked. Ask it then, once, and tell of it by [`confirmed`](Self::confirmed).
    ///
    /// A writer that stood still, and whose lock went to another meanwhile, wakes with a state that
    /// is over. A frame of it fails, but what it refuses needs no frame: without the store's word it
    /// would tell of what is no more.
    pub fn asks_word(&mut self) -> bool {
        if !self.flights.is_empty() || !self.asked.is_empty() || self.unconfirmed.is_empty() {
            return false;
        }
        self.asked = std::mem::take(&mut self.unconfirmed);
        true
    }

    /// The store gave the word that it was asked for.
    pub fn confirmed(&mut self) {
        self.ready.append(&mut self.asked);
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
        let refusals = self.asked.into_iter().chain(self.unconfirmed);
        let behind = flying.chain(refusals).chain(self.draft.take_replies());
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
