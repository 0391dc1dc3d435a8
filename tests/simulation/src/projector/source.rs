//! Where frames come from: the stream while it is of use, the log where it isn't.

use std::collections::VecDeque;
use std::sync::Arc;

use linli_feed::{Decoded, Shelf, Window};
use linli_log::Frame;
use linli_log::follow::{Offer, Place};

use crate::run::Ground;
use crate::sometimes::Path;
use crate::time::Moment;

/// Memory of the window: so few frames that the feed waits and takers fall behind.
const HELD_BYTES_MAX: usize = 3 * 1024;

/// Memory of the shelf: a few pages.
const SHELF_BYTES_MAX: usize = 16 * 1024;

/// Frames that are read from the log at once.
const PAGE_FRAMES: usize = 4;

/// As `linli_log::follow::SILENCE_MAX`.
const SILENCE_MS_MAX: u64 = 1_000;

/// As `linli_log::follow::STREAM_PAUSE`.
const STREAM_PAUSE_MS: u64 = 1_000;

/// The feed of a process, without its tasks.
#[derive(Debug)]
pub(super) struct Source {
    place: Place,
    pub(super) window: Window,
    pub(super) shelf: Shelf,
    session: Option<Session>,
    /// The stream is not tried before this.
    stream_after: Moment,
    heard_at: Moment,
    /// What came and was not taken yet, for want of room.
    waiting: VecDeque<Frame>,
    /// All that the stream delivered, for the mistakes that are planted.
    pub(super) delivered: VecDeque<Frame>,
}

/// What became of a frame of the stream.
enum Taken {
    Yes,
    /// There is no room: the fastest taker has not taken what is held.
    Later,
    /// It doesn't fit the log.
    Misfit,
}

/// Messages of the stream from some place on.
#[derive(Debug)]
struct Session {
    stream_life: u64,
    next: usize,
    /// Messages that later ones have overtaken.
    late: Vec<Frame>,
}

impl Source {
    /// Follows from where the log ends now.
    pub(super) fn open(ground: &Ground) -> Option<Self> {
        if !ground.log.is_up() {
            return None;
        }
        let (position, root) = ground.log.head();
        let mut window = Window::new(HELD_BYTES_MAX);
        window.begin(position);
        Some(Self {
            place: Place::new(position, Some(root)),
            window,
            shelf: Shelf::new(SHELF_BYTES_MAX),
            session: None,
            stream_after: Moment::default(),
            heard_at: ground.now(),
            waiting: VecDeque::new(),
            delivered: VecDeque::new(),
        })
    }

    /// Takes what has come, from the stream or from the log.
    pub(super) fn fill(&mut self, name: (&'static str, usize), ground: &mut Ground) {
        let frames = self.deliver(ground);
        if !frames.is_empty() {
            self.heard_at = ground.now();
        }
        self.delivered.extend(frames.iter().cloned());
        self.waiting.extend(frames);
        while let Some(frame) = self.waiting.pop_front() {
            match self.take(&frame, ground) {
                Taken::Yes => {}
                Taken::Later => {
                    ground.reach(Path::FeedWaited);
                    self.waiting.push_front(frame);
                    return;
                }
                Taken::Misfit => {
                    ground.note(name, "leaves the stream alone", (frame.first, frame.last));
                    ground.reach(Path::StreamLeftAlone);
                    self.session = None;
                    self.waiting.clear();
                    self.stream_after = ground.now().after(STREAM_PAUSE_MS);
                }
            }
        }
        let is_silent = ground.now().since(self.heard_at) > SILENCE_MS_MAX;
        if self.session.is_none() || is_silent {
            self.heard_at = ground.now();
            if self.read_log(ground) && is_silent {
                ground.reach(Path::SilenceReadLog);
            }
        }
    }

    /// What the stream delivers this time, in the weather of the moment.
    fn deliver(&mut self, ground: &mut Ground) -> Vec<Frame> {
        if self.session.is_none() && ground.now() >= self.stream_after {
            let next = ground.stream.place_after(self.place.position());
            let stream_life = ground.stream.life();
            self.session = Some(Session { stream_life, next, late: Vec::new() });
        }
        let Some(session) = &mut self.session else { return Vec::new() };
        if session.stream_life != ground.stream.life() {
            self.session = None;
            self.stream_after = ground.now().after(STREAM_PAUSE_MS);
            return Vec::new();
        }
        let weather = ground.stream.weather;
        let mut delivered = Vec::new();
        for _ in 0..ground.chance.between(1, 4) {
            let Some(frame) = ground.stream.message(session.next).cloned() else { break };
            session.next += 1;
            if ground.chance.percent(weather.lost) {
                ground.reach(Path::DeliveryLost);
                continue;
            }
            if ground.chance.percent(weather.doubled) {
                ground.reach(Path::DeliveryDoubled);
                delivered.push(frame.clone());
            }
            if ground.chance.percent(weather.late) {
                ground.reach(Path::DeliveryReordered);
                session.late.push(frame);
            } else {
                delivered.push(frame);
            }
        }
        if ground.chance.once_in(2) {
            delivered.append(&mut session.late);
        }
        delivered
    }

    /// Takes a frame of the stream; fills a gap before it from the log.
    fn take(&mut self, frame: &Frame, ground: &mut Ground) -> Taken {
        if self.place.offered(frame) == Offer::Gap {
            ground.reach(Path::GapFilled);
            while self.read_log(ground) {}
        }
        match self.place.offered(frame) {
            Offer::Next | Offer::Gap if self.window.is_to_wait() => Taken::Later,
            Offer::Next => {
                self.push(frame);
                Taken::Yes
            }
            Offer::Old => Taken::Yes,
            Offer::Gap | Offer::Misfit => Taken::Misfit,
        }
    }

    fn push(&mut self, frame: &Frame) {
        self.window.push(Arc::new(Decoded::of(frame)));
        self.place.take(frame.last, frame.root);
    }

    /// Takes a page of the log; says whether there was one.
    fn read_log(&mut self, ground: &mut Ground) -> bool {
        if !ground.log.is_up() {
            return false;
        }
        let position = self.place.position();
        let page: Vec<Frame> = ground.log.frames_after(position, PAGE_FRAMES).cloned().collect();
        for frame in &page {
            if self.window.is_to_wait() {
                return false;
            }
            if self.place.offered(frame) != Offer::Next {
                let fault = self.place.fault(frame).to_string();
                ground.find(crate::check::Checker::Projection, fault);
                return false;
            }
            self.push(frame);
        }
        !page.is_empty()
    }

    /// A page of the log for one who is behind: from the shelf, or read and decoded for others too.
    pub(super) fn page_after(&mut self, position: u64, ground: &Ground) -> Vec<Arc<Decoded>> {
        if let Some(page) = self.shelf.after(position) {
            return page;
        }
        if !ground.log.is_up() {
            return Vec::new();
        }
        let frames = ground.log.frames_after(position, PAGE_FRAMES);
        let page: Vec<Arc<Decoded>> = frames.map(|frame| Arc::new(Decoded::of(frame))).collect();
        if !page.is_empty() {
            self.shelf.put(page.clone());
        }
        page
    }
}
