//! A ledger's process: it connects, waits for the lock, restores, leads with the real desk, is
//! paused, cut off and killed. What is asynchronous in the product is a turn here.

mod answers;
mod indexer;
mod lead;
mod restore;
mod sitting;
mod snapshot;

use std::collections::VecDeque;

use linli_domain::time::Timestamp;
use linli_ledger::{Image, Memory};
use linli_port::Rejected;

use crate::client::LetterId;
use crate::log::SessionId;
use crate::run::{Ground, Happening, Word};
use crate::sometimes::Path;
use crate::time::{Moment, WallClock};

use lead::Lead;
use sitting::Sitting;

pub(crate) use answers::recall;

/// How often a ledger gives a sign of life, at least: as `linli_log::writer::PULSE`.
const PULSE_MS: u64 = 1_000;

/// After how long without a packet that is confirmed the connection is given up: a pulse, and
/// `tcp_user_timeout` as `linli_log::writer` sets it.
const UNCONFIRMED_MS_MAX: u64 = 6_000;

/// How often a standby looks whether the lock is free.
const LOOK_MS: u64 = 150;

/// A ledger's process.
#[derive(Debug)]
pub struct Node {
    number: usize,
    /// Counts its starts: what was meant for an earlier life is not heard.
    life: u64,
    stage: Stage,
    letters: VecDeque<LetterId>,
    words: VecDeque<Word>,
    paused_until: Option<Moment>,
    /// Since when nothing comes through between it and the server.
    cut_off_since: Option<Moment>,
    /// What its clock shows.
    pub clock: WallClock,
    /// Most frames that it lets be on their way at once.
    flights_max: usize,
    /// How much of the past it remembers.
    memory: Memory,
}

/// How far a process has come.
#[derive(Debug)]
enum Stage {
    /// Not running.
    Down,
    /// Running, without a connection.
    Alone,
    /// Connected; another one has the lock.
    Standby(Sitting),
    /// Has the lock, and reads what it needs.
    Restoring(SessionId, Box<Image>),
    /// Leads.
    Leading(Box<Lead>),
}

impl Node {
    /// A process that is about to start.
    #[must_use]
    pub fn new(number: usize, clock: WallClock, flights_max: usize, memory: Memory) -> Self {
        Self {
            number,
            life: 0,
            stage: Stage::Alone,
            letters: VecDeque::new(),
            words: VecDeque::new(),
            paused_until: None,
            cut_off_since: None,
            clock,
            flights_max,
            memory,
        }
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// In which of its lives it is.
    #[must_use]
    pub fn life(&self) -> u64 {
        self.life
    }

    /// Its session, if it has one.
    #[must_use]
    pub fn session(&self) -> Option<SessionId> {
        match &self.stage {
            Stage::Down | Stage::Alone => None,
            Stage::Standby(sitting) => Some(sitting.session),
            Stage::Restoring(session, _) => Some(*session),
            Stage::Leading(lead) => Some(lead.session()),
        }
    }

    /// Whether it believes that it leads.
    #[must_use]
    pub fn is_leading(&self) -> bool {
        matches!(self.stage, Stage::Leading(_))
    }

    /// Whether words from the server reach it.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.cut_off_since.is_none() && !matches!(self.stage, Stage::Down)
    }

    /// What its clock shows.
    #[must_use]
    pub fn shows(&self, ground: &Ground) -> Timestamp {
        self.clock.shows(ground.now())
    }

    fn name(&self) -> (&'static str, usize) {
        ("ledger", self.number)
    }

    /// A letter reaches it.
    pub fn receive(&mut self, letter: LetterId, ground: &mut Ground) {
        if matches!(self.stage, Stage::Down) {
            return;
        }
        self.letters.push_back(letter);
        self.plan_turn(2, ground);
    }

    /// A word of the server reaches it.
    pub fn hear(&mut self, life: u64, word: Word, ground: &mut Ground) {
        if life == self.life && self.is_reached() {
            self.words.push_back(word);
            self.plan_turn(2, ground);
        }
    }

    fn plan_turn(&self, within_ms: u64, ground: &mut Ground) {
        let in_ms = ground.chance.between(0, within_ms);
        ground.schedule.plan(in_ms, Happening::Turn { node: self.number, life: self.life });
    }

    /// Takes its turn.
    pub fn turn(&mut self, life: u64, ground: &mut Ground) {
        if life != self.life || matches!(self.stage, Stage::Down) {
            return;
        }
        if let Some(until) = self.paused_until {
            if ground.now() < until {
                return;
            }
            self.wake(ground);
        }
        self.give_sign(ground);
        let stage = std::mem::replace(&mut self.stage, Stage::Alone);
        self.stage = match stage {
            Stage::Down => Stage::Down,
            Stage::Alone => self.connect(ground),
            Stage::Standby(sitting) => self.stand_by(sitting, ground),
            Stage::Restoring(session, image) => self.restore_on(session, image, ground),
            Stage::Leading(lead) => self.lead_on(lead, ground),
        };
        if !self.is_leading() {
            self.turn_away(ground);
        }
    }

    /// Gives the server a sign of life, and notices by it when the session is over: from the server
    /// if that can be reached, else when its own packets are not confirmed.
    fn give_sign(&mut self, ground: &mut Ground) {
        let Some(session) = self.session() else { return };
        let now = ground.now();
        match self.cut_off_since {
            None if ground.log.is_alive(session) => ground.log.sign(session, now),
            None => ground.tell(self.number, self.life, Word::Lost(session)),
            Some(since) if now.since(since) > UNCONFIRMED_MS_MAX => {
                self.words.push_back(Word::Lost(session));
            }
            Some(_) => {}
        }
    }

    /// Calls for the next turn, so that there always is one.
    pub fn tick(&self, ground: &mut Ground) {
        let (least, most) = match &self.stage {
            Stage::Down => return,
            Stage::Alone | Stage::Standby(_) => (LOOK_MS / 2, LOOK_MS),
            Stage::Restoring(..) => (1, 10),
            Stage::Leading(lead) if lead.is_busy() => (2, 60),
            Stage::Leading(_) => (PULSE_MS / 4, PULSE_MS),
        };
        let in_ms = ground.chance.between(least, most);
        ground.schedule.plan(in_ms, Happening::Tick { node: self.number, life: self.life });
    }

    fn connect(&mut self, ground: &mut Ground) -> Stage {
        if self.is_cut_off() {
            return Stage::Alone;
        }
        let now = ground.now();
        match ground.log.connect(now) {
            Some(session) => {
                ground.note(self.name(), "connects", (session.0, 0));
                Stage::Standby(Sitting::new(session))
            }
            None => Stage::Alone,
        }
    }

    /// Nobody but a leader decides anything.
    fn turn_away(&mut self, ground: &mut Ground) {
        for letter in std::mem::take(&mut self.letters) {
            let count = ground.letters.get(&letter).map_or(0, |letter| letter.asked.len());
            let unavailable = || Err(Rejected::unavailable());
            ground.answer(letter, (0..count).map(|_| unavailable()).collect());
        }
        if !matches!(self.stage, Stage::Restoring(..)) {
            self.words.clear();
        }
    }

    /// Dies at once. What it sent may still arrive, or not.
    pub fn kill(&mut self, ground: &mut Ground) {
        match &self.stage {
            Stage::Leading(lead) => lead.died(ground),
            Stage::Restoring(..) => ground.reach(Path::KilledWhileRestoring),
            Stage::Down | Stage::Alone | Stage::Standby(_) => {}
        }
        ground.note(self.name(), "is killed", (self.life, 0));
        if let Some(session) = self.session() {
            // The kernel sends what was written and then says that nobody is there; or the whole
            // machine went, and nothing more comes.
            let in_ms = ground.chance.pick(&[0, 30, 30, 5_000]).unwrap_or_default();
            ground.schedule.plan(in_ms, Happening::End(session));
        }
        self.go_down();
    }

    fn go_down(&mut self) {
        self.life = self.life.saturating_add(1);
        self.stage = Stage::Down;
        self.letters.clear();
        self.words.clear();
        self.paused_until = None;
    }

    /// Starts again.
    pub fn start(&mut self, ground: &mut Ground) {
        if matches!(self.stage, Stage::Down) {
            self.stage = Stage::Alone;
            self.tick(ground);
        }
    }

    /// Is told to stop in good order.
    pub fn stop(&mut self, ground: &mut Ground) {
        match &mut self.stage {
            Stage::Leading(lead) => lead.stop(),
            Stage::Down => {}
            Stage::Alone | Stage::Standby(_) | Stage::Restoring(..) => {
                if let Some(session) = self.session() {
                    ground.log.end(session);
                }
                self.go_down();
            }
        }
    }

    /// Stands still for a while: it neither sends nor hears nor knows.
    pub fn pause(&mut self, ms: u64, ground: &mut Ground) {
        if matches!(self.stage, Stage::Down) || self.paused_until.is_some() {
            return;
        }
        ground.note(self.name(), "is paused", (ms, 0));
        self.paused_until = Some(ground.now().after(ms));
        ground.schedule.plan(ms, Happening::Turn { node: self.number, life: self.life });
    }

    fn wake(&mut self, ground: &mut Ground) {
        self.paused_until = None;
        ground.note(self.name(), "wakes", (0, 0));
        let is_over = self.session().is_some_and(|session| !ground.log.is_alive(session));
        if self.is_leading() && is_over && ground.log.holder().is_some() {
            ground.reach(Path::ZombieWoke);
        }
    }

    /// Is cut off from the server, or connected again.
    pub fn set_cut_off(&mut self, since: Option<Moment>) {
        self.cut_off_since = since;
    }

    fn is_cut_off(&self) -> bool {
        self.cut_off_since.is_some()
    }
}
