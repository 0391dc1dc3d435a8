//! Leading: the real desk, driven as the writer drives it, step by step, with all that can come in
//! between.

use std::collections::VecDeque;

use linli_ledger::desk::{Ask, Desk, Outcome, Poison};
use linli_ledger::{Image, Memory, Unindexed};
use linli_log::{Frame, Root};

use super::indexer::{self, Indexer};
use super::{Node, Stage, answers};
use crate::check::Checker;
use crate::client::LetterId;
use crate::log::{Refused, SessionId};
use crate::plant::Plant;
use crate::run::{Ground, Happening, Word};
use crate::sometimes::Path;
use crate::time::Moment;

/// How long a writer waits for the outcome of an append: as `linli_log::writer::ANSWER_WAIT_MAX`.
const ANSWER_WAIT_MAX_MS: u64 = 8_000;

/// Most commands that are taken in at once.
const SLICE_COMMANDS_MAX: usize = 8;

/// A frame on its way.
#[derive(Debug)]
struct Flight {
    last: u64,
    sent: Moment,
}

/// A term of leading.
#[derive(Debug)]
pub(super) struct Lead {
    session: SessionId,
    pub(super) desk: Desk<LetterId, ()>,
    pub(super) indexer: Indexer,
    flights: VecDeque<Flight>,
    /// Since when the server's word is waited for.
    asked: Option<Moment>,
    /// Whether the index was asked and has not answered.
    is_asking: bool,
    is_stopping: bool,
    /// Whether it writes a snapshot of its next frame before that is durable.
    pub(super) is_hasty: bool,
    /// When the last frame that was sent reaches the server: frames arrive in their order.
    arrived: Moment,
    /// Letters that were taken and are not answered.
    open: Vec<LetterId>,
    /// Position and root of the last frame that was sealed.
    pub(super) sealed: Option<(u64, Root)>,
}

/// Why a term ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// A frame was refused by the server.
    Refused,
    /// Nobody knows.
    Doubt,
    /// It was told to, and all is done.
    Stopped,
}

impl Lead {
    pub(super) fn new(
        session: SessionId,
        image: Image,
        unindexed: Unindexed,
        index_position: u64,
        memory: Memory,
    ) -> Self {
        Self {
            session,
            indexer: Indexer::new(index_position),
            desk: Desk::new(image, unindexed, Poison::default()).remembering(memory),
            flights: VecDeque::new(),
            asked: None,
            is_asking: false,
            is_stopping: false,
            is_hasty: false,
            arrived: Moment::default(),
            open: Vec::new(),
            sealed: None,
        }
    }

    pub(super) fn session(&self) -> SessionId {
        self.session
    }

    pub(super) fn is_busy(&self) -> bool {
        !self.flights.is_empty() || self.desk.has_jobs() || self.desk.draft_records() > 0
    }

    pub(super) fn stop(&mut self) {
        self.is_stopping = true;
    }

    /// The process was killed: what was it doing?
    pub(super) fn died(&self, ground: &mut Ground) {
        if self.desk.draft_records() > 0 {
            ground.reach(Path::KilledWithDraft);
        }
        let head = ground.log.head().0;
        if let Some(flight) = self.flights.front() {
            let is_committed = flight.last <= head;
            ground.reach(if is_committed {
                Path::KilledBeforeAnswers
            } else {
                Path::KilledInFlight
            });
        }
    }
}

impl Node {
    pub(super) fn lead_on(&mut self, mut lead: Box<Lead>, ground: &mut Ground) -> Stage {
        let end = self.lead_turn(&mut lead, ground);
        match end {
            Ok(()) => Stage::Leading(lead),
            Err(end) => self.end_term(*lead, end, ground),
        }
    }

    /// One turn, in an order that chance tells: all are ways in which a runtime may wake a task.
    fn lead_turn(&mut self, lead: &mut Lead, ground: &mut Ground) -> Result<(), End> {
        if ground.chance.once_in(2) {
            self.hear_words(lead, ground)?;
            self.take_letters(lead, ground);
        } else {
            self.take_letters(lead, ground);
            self.decide(lead, ground)?;
            self.hear_words(lead, ground)?;
        }
        self.ask_index(lead, ground);
        self.decide(lead, ground)?;
        ground.may_die(self.number, 120);
        self.launch(lead, ground);
        self.index(lead, ground)?;
        let replies: Vec<_> = lead.desk.answers().collect();
        lead.open.retain(|letter| !replies.iter().any(|reply| answers::is_to(reply, *letter)));
        answers::give(self.from(), replies.into_iter(), ground);
        let is_late = |since: Moment| ground.now().since(since) > ANSWER_WAIT_MAX_MS;
        let sent = lead.flights.front().map(|flight| flight.sent);
        if sent.is_some_and(is_late) || lead.asked.is_some_and(is_late) {
            return Err(End::Doubt);
        }
        if lead.is_stopping && !lead.is_busy() {
            return Err(End::Stopped);
        }
        Ok(())
    }

    fn take_letters(&mut self, lead: &mut Lead, ground: &mut Ground) {
        if lead.is_stopping {
            self.turn_away(ground);
            lead.desk.turn_away();
            return;
        }
        while lead.desk.has_room() && lead.desk.waiting_commands() < SLICE_COMMANDS_MAX {
            let Some(letter) = self.letters.pop_front() else { return };
            let Some(sent) = ground.letters.get(&letter) else { continue };
            let mut envelopes = sent.envelopes();
            let ask = match (envelopes.len(), envelopes.pop()) {
                (1, Some(only)) => Ask::One(only, letter),
                (_, last) => {
                    envelopes.extend(last);
                    Ask::Many(envelopes, letter)
                }
            };
            ground.note(self.name(), "takes a letter", (letter.0, 0));
            if lead.open.iter().any(|open| ground.share_key(*open, letter)) {
                ground.reach(Path::RepeatOvertook);
            }
            lead.open.push(letter);
            lead.desk.take(ask);
        }
    }

    fn ask_index(&self, lead: &mut Lead, ground: &mut Ground) {
        let questions = lead.desk.questions();
        if questions.is_empty() || lead.is_asking || self.is_cut_off() {
            return;
        }
        lead.is_asking = true;
        let (node, life, session) = (self.number, self.life, lead.session);
        ground.send(Happening::Find { node, life, session, questions });
    }

    fn decide(&self, lead: &mut Lead, ground: &mut Ground) -> Result<(), End> {
        if lead.is_stopping {
            return Ok(());
        }
        let now = self.shows(ground);
        lead.desk.decide(now).map_err(|stuck| {
            ground.find(Checker::Core, format!("the desk is stuck: {stuck:?}"));
            End::Doubt
        })
    }

    /// Sends the draft off, if another frame may be on its way.
    fn launch(&self, lead: &mut Lead, ground: &mut Ground) {
        while lead.flights.len() < self.flights_max {
            let Some(mut frame) = lead.desk.seal() else { break };
            let last = frame.last;
            lead.sealed = Some((last, frame.root));
            match ground.plant {
                Some(Plant::StampByClock) => {
                    frame.recorded_at = self.shows(ground).microseconds();
                }
                Some(Plant::AnswerBeforeCommit) => lead.desk.durable(last),
                _ => {}
            }
            ground.note(self.name(), "sends a frame", (frame.first, last));
            lead.flights.push_back(Flight { last, sent: ground.now() });
            if lead.flights.len() > 1 {
                ground.reach(Path::TwoFlights);
            }
            lead.be_hasty(self.number, &frame, ground);
            self.send(lead, frame, ground);
        }
        self.ask_word(lead, ground);
    }

    /// Answers without records hang behind the frames under way; refusals behind the server's word.
    fn ask_word(&self, lead: &mut Lead, ground: &mut Ground) {
        if lead.desk.draft_records() == 0 {
            let _none = lead.desk.seal();
        }
        if !lead.desk.asks_word() {
            return;
        }
        lead.asked = Some(ground.now());
        if !self.is_cut_off() {
            let (node, life, session) = (self.number, self.life, lead.session);
            ground.send(Happening::Confirm { node, life, session });
        }
    }

    fn send(&self, lead: &mut Lead, frame: Frame, ground: &mut Ground) {
        if self.is_cut_off() {
            return;
        }
        let takes_ms = match ground.chance.below(if ground.is_calm { 40 } else { 50 }) {
            0..40 => ground.chance.between(1, 6),
            40..48 => ground.chance.between(20, 600),
            // A disk that hangs: the writer gives up before it is done.
            _ => ground.chance.between(6_000, 12_000),
        };
        let way = ground.now().after(ground.chance.between(1, 10));
        lead.arrived = lead.arrived.max(way);
        let in_ms = lead.arrived.since(ground.now());
        let session = lead.session;
        ground.schedule.plan(in_ms, Happening::Arrive { session, frame, takes_ms });
    }

    fn hear_words(&mut self, lead: &mut Lead, ground: &mut Ground) -> Result<(), End> {
        while let Some(word) = self.words.pop_front() {
            match word {
                Word::Appended { session, last, outcome } if session == lead.session => {
                    landed(self.number, lead, (last, outcome), ground)?;
                }
                Word::Found { session, questions, found } if session == lead.session => {
                    lead.is_asking = false;
                    for entry in &found {
                        let is_there = entry.is_some();
                        ground.reach(if is_there {
                            Path::KeyFoundInIndex
                        } else {
                            Path::KeyAbsentFromIndex
                        });
                    }
                    lead.desk.index_said(questions, found);
                }
                Word::Confirmed(session) if session == lead.session => {
                    lead.asked = None;
                    lead.desk.confirmed();
                }
                Word::Indexed { session, moved } if session == lead.session => {
                    indexer::heard(lead, &moved, ground)?;
                }
                Word::Lost(session) if session == lead.session => return Err(End::Doubt),
                Word::Appended { .. }
                | Word::Found { .. }
                | Word::Confirmed(_)
                | Word::Indexed { .. }
                | Word::Lost(_) => {}
            }
        }
        Ok(())
    }

    fn from(&self) -> answers::From {
        answers::From { node: self.number, life: self.life }
    }

    fn end_term(&mut self, lead: Lead, end: End, ground: &mut Ground) -> Stage {
        let is_careless = ground.plant == Some(Plant::UnknownIsFailed);
        let outcome = match end {
            End::Stopped => Outcome::Stopped,
            End::Refused => Outcome::Refused,
            End::Doubt if is_careless => Outcome::Refused,
            End::Doubt => Outcome::Unknown,
        };
        let flying = u64::try_from(lead.flights.len()).unwrap_or_default();
        ground.note(self.name(), "ends its term", (lead.session.0, flying));
        let session = lead.session;
        answers::give(self.from(), lead.desk.close(outcome).drain(..), ground);
        ground.send(Happening::End(session));
        if end == End::Stopped {
            ground.reach(Path::StoppedInOrder);
            ground.log.end(session);
            self.go_down();
            return Stage::Down;
        }
        self.words.clear();
        Stage::Alone
    }
}

/// The server said what became of a frame.
fn landed(
    number: usize,
    lead: &mut Lead,
    (last, outcome): (u64, Result<(), Refused>),
    ground: &mut Ground,
) -> Result<(), End> {
    ground.note(("ledger", number), "hears of a frame", (last, u64::from(outcome.is_ok())));
    match outcome {
        Ok(()) => {
            while lead.flights.front().is_some_and(|flight| flight.last <= last) {
                lead.flights.pop_front();
            }
            lead.desk.durable(last);
            Ok(())
        }
        Err(Refused::Full) => Err(End::Refused),
        Err(Refused::Place) => Err(End::Doubt),
    }
}
