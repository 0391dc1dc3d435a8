//! Clients at work: they think, send, wait, hear, and ask again.

use linli_port::{Answer, Rejected};

use super::{Happening, Simulation};
use crate::check::Said;
use crate::client::{Asked, Letter, LetterId};
use crate::sometimes::Path;

impl Simulation {
    /// A client begins a call, or goes on with it.
    pub(super) fn think(&mut self, number: usize) {
        let Some(client) = self.clients.get_mut(number) else { return };
        if client.call.is_none() {
            if client.calls_left == 0 {
                return;
            }
            let date = self.ground.date();
            client.think(&mut self.wishes, &mut self.ground.chance, date);
        }
        self.send(number);
    }

    /// Sends a call off, to whom the client believes to lead.
    fn send(&mut self, number: usize) {
        let Some(client) = self.clients.get_mut(number) else { return };
        let Some(call) = &mut client.call else { return };
        self.letters += 1;
        let id = LetterId(self.letters);
        call.letter = Some(id);
        let ground = &mut self.ground;
        // One that stood still may lead in its own mind beside the one that leads.
        let leading = |(at, node): (usize, &super::Node)| node.is_leading().then_some(at);
        let leading: Vec<usize> = self.nodes.iter().enumerate().filter_map(leading).collect();
        let leading = ground.chance.pick(&leading).unwrap_or_default();
        let wrong = ground.chance.place(self.nodes.len());
        let node = if ground.chance.once_in(8) { wrong } else { leading };
        let shown = self.nodes.get(node).map(|node| node.shows(ground)).unwrap_or_default();
        let (asked, sent_at) = (call.asked.clone(), ground.log.head().0);
        ground.note(("client", number), "sends", (id.0, u64::try_from(node).unwrap_or_default()));
        let is_doubled = !ground.is_calm && ground.chance.percent(ground.ways.doubled);
        let copies = if is_doubled { 2 } else { 1 };
        for one in &asked {
            ground.journal.sent(client.id, one, copies);
            if asked.iter().filter(|other| *other == one).count() > 1 {
                ground.reach(Path::TwiceInOneRequest);
            }
        }
        let letter = Letter { client: number, id: client.id, asked, sent_at, shown };
        ground.letters.insert(id, letter);
        for _ in 0..copies {
            if ground.is_calm || !ground.chance.percent(ground.ways.lost) {
                ground.send(Happening::Letter { node, letter: id });
            }
        }
        let patience = ground.chance.between(1_500, 10_000);
        ground.schedule.plan(patience, Happening::Patience { client: number, letter: id });
    }

    /// Answers arrive: the journal looks at them, and the client goes on if it still waits.
    pub(super) fn hear_answers(&mut self, id: LetterId, answers: &[Answer]) {
        let ground = &mut self.ground;
        let Some(letter) = ground.letters.get(&id).cloned() else { return };
        ground.note(("client", letter.client), "hears", (id.0, 0));
        let is_in_doubt = self.is_waiting_for(&letter, id).unwrap_or_default();
        let mut said = Vec::with_capacity(answers.len());
        for (asked, answer) in letter.asked.iter().zip(answers) {
            let Some(heard) = self.hear_answer(&letter, asked, answer) else { return };
            self.ground.count_answer(answer, heard, is_in_doubt);
            said.push(heard);
        }
        if self.is_waiting_for(&letter, id).is_none() {
            self.ground.reach(Path::AnswerTooLate);
            return;
        }
        self.go_on(letter.client, &said);
    }

    /// Whether the client still waits for the answer to this letter, and whether an earlier one of
    /// the same call may have been done.
    fn is_waiting_for(&self, letter: &Letter, id: LetterId) -> Option<bool> {
        let call = self.clients.get(letter.client)?.call.as_ref()?;
        (call.letter == Some(id)).then_some(call.is_in_doubt)
    }

    fn hear_answer(&mut self, letter: &Letter, asked: &Asked, answer: &Answer) -> Option<Said> {
        let Asked { key, command, .. } = asked;
        let ground = &mut self.ground;
        let heard = ground.journal.answered(letter.id, key, command, answer, &ground.judge);
        let heard = ground.hold(heard)?;
        if let Err(Rejected::Refused(refusal)) = answer {
            let between = (letter.sent_at, ground.log.head().0);
            let shown = self.nodes.iter().map(|node| node.shows(ground));
            let shown = std::iter::once(letter.shown).chain(shown).collect();
            ground.refusals.given(command.clone(), refusal.clone(), between, shown);
        }
        Some(heard)
    }

    fn go_on(&mut self, number: usize, said: &[Said]) {
        let ground = &mut self.ground;
        let Some(client) = self.clients.get_mut(number) else { return };
        let asks_again = client.hear(said, &mut ground.chance, ground.is_calm);
        let least = if asks_again { 50 } else { 10 };
        let in_ms = ground.chance.between(least, ground.thinking_ms_max);
        ground.schedule.plan(in_ms, Happening::Think(number));
    }

    /// No answer came: nothing is known.
    pub(super) fn lose_patience(&mut self, number: usize, id: LetterId) {
        let Some(letter) = self.ground.letters.get(&id) else { return };
        if self.is_waiting_for(letter, id).is_some() {
            let said = vec![Said::Unknown; letter.asked.len()];
            self.ground.note(("client", number), "loses patience", (id.0, 0));
            self.go_on(number, &said);
        }
    }
}
