//! The server and the relay at work.

use linli_domain::{ClientId, IdempotencyKey, Refusal};
use linli_port::{Answer, Rejected};

use super::{Ground, Happening, Simulation, Word};
use crate::check::Said;
use crate::log::{Execution, Fate, Refused, SessionId};
use crate::sometimes::Path;
use crate::stream::Relayed;

/// How often the server looks for silent sessions.
const WATCH_MS: u64 = 500;

impl Simulation {
    /// A frame is committed or not, and its writer is told or not.
    pub(super) fn finish(&mut self, execution: Execution) {
        let Some(fate) = self.ground.log.finish(execution) else { return };
        self.ground.settle(&fate);
        let Fate { session, frame, outcome, .. } = fate;
        let ground = &mut self.ground;
        let is_told =
            ground.log.is_alive(session) && (ground.is_calm || !ground.chance.once_in(40));
        let reached = self.nodes.iter().find(|node| node.session() == Some(session));
        let writer = reached.map(|node| (node.number(), node.life(), node.is_reached()));
        let is_waited_for = writer.is_some();
        match (&outcome, is_told) {
            (Ok(()), true) => ground.reach(Path::CommittedAndTold),
            (Ok(()), false) if is_waited_for => ground.reach(Path::CommittedNotTold),
            (Ok(()), false) => ground.reach(Path::CommittedLate),
            (Err(_), true) => ground.reach(Path::RefusedAndTold),
            (Err(_), false) => ground.reach(Path::LostNotTold),
        }
        if outcome == Err(Refused::Place) {
            ground.reach(Path::RefusedForItsPlace);
        }
        let Some((node, life, true)) = writer else { return };
        ground.may_die(node, 60);
        if is_told {
            ground.tell(node, life, Word::Appended { session, last: frame.last, outcome });
        } else {
            ground.log.end(session);
            ground.tell(node, life, Word::Lost(session));
        }
    }

    /// The index is asked.
    pub(super) fn find_keys(
        &mut self,
        node: usize,
        life: u64,
        session: SessionId,
        questions: Vec<(ClientId, IdempotencyKey)>,
    ) {
        let ground = &mut self.ground;
        if !ground.log.is_alive(session) {
            ground.tell(node, life, Word::Lost(session));
            return;
        }
        let found = questions
            .iter()
            .map(|(client, key)| ground.log.index.find(*client, key).cloned())
            .collect();
        ground.tell(node, life, Word::Found { session, questions, found });
    }

    /// The server ends the sessions that are silent. Whoever is cut off or stands still doesn't
    /// hear of it.
    pub(super) fn watch(&mut self) {
        let ground = &mut self.ground;
        let now = ground.now();
        for session in ground.log.end_silent(now) {
            ground.reach(Path::SilentSessionEnded);
            ground.note(("server", 0), "ends a silent session", (session.0, 0));
            let owner = self.nodes.iter().find(|node| node.session() == Some(session));
            if let Some(node) = owner.filter(|node| node.is_reached()) {
                ground.tell(node.number(), node.life(), Word::Lost(session));
            }
        }
        ground.schedule.plan(WATCH_MS, Happening::Watch);
    }

    /// The relay publishes what there is. It goes with the leader.
    pub(super) fn relay(&mut self) {
        let ground = &mut self.ground;
        let is_up = ground.log.is_up() && self.nodes.iter().any(super::Node::is_leading);
        let relayed = if is_up { ground.stream.relay(&ground.log) } else { Relayed::Nothing };
        let in_ms = match relayed {
            Relayed::Frame => ground.chance.between(1, 10),
            Relayed::Nothing | Relayed::Emptied => ground.chance.between(20, 200),
        };
        ground.schedule.plan(in_ms, Happening::Relay);
    }
}

impl Ground {
    /// The server is asked whether a session is alive.
    pub(super) fn confirm(&mut self, node: usize, life: u64, session: SessionId) {
        let is_alive = self.log.is_alive(session);
        if !is_alive {
            self.reach(Path::RefusalHeldBack);
        }
        let word = if is_alive { Word::Confirmed(session) } else { Word::Lost(session) };
        self.tell(node, life, word);
    }

    /// Counts what an answer shows.
    pub(super) fn count_answer(&mut self, answer: &Answer, said: Said, was_in_doubt: bool) {
        match answer {
            Ok(accepted) if accepted.repeated => self.reach(Path::Repeated),
            Ok(_) => {}
            Err(Rejected::Refused(refusal)) => {
                self.reach(Path::Refused);
                if matches!(refusal, Refusal::DeficitLimit { .. } | Refusal::SurplusLimit { .. }) {
                    self.reach(Path::TradeRefused);
                }
            }
            Err(Rejected::KeyReused) => self.reach(Path::KeyReused),
            Err(Rejected::Unknown) => self.reach(Path::ToldUnknown),
            Err(Rejected::Overloaded { .. }) => self.reach(Path::Overloaded),
            Err(Rejected::Unavailable { .. }) => self.reach(Path::ToldNotDone),
        }
        match (was_in_doubt, said) {
            (true, Said::DoneBefore) => self.reach(Path::UnknownWasDone),
            (true, Said::Done) => self.reach(Path::UnknownWasNotDone),
            (true, Said::NotDone | Said::Unknown) | (false, _) => {}
        }
    }
}
