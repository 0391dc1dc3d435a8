//! Deciding: what waits becomes records, refusals and repeats.

use std::sync::Arc;

use linli_domain::inspection::Head;
use linli_domain::time::Timestamp;
use linli_domain::{BodyHash, ClientId, Event, IdempotencyKey, Origin, Position, Record, Stamp};
use linli_port::{Accepted, Answer, Envelope, Rejected};

use super::fault::Stuck;
use super::job::Job;
use super::reply::{Reply, Slot};
use super::{Desk, Poison, Standing};
use crate::keys::{Mark, Used};

/// What became of trying to decide.
enum Step {
    Done(Slot),
    /// The frame is full, or the index must be asked first; the command is as it was.
    Later(Envelope),
}

impl<T, C> Desk<T, C> {
    /// Decides what waits, as far as the frame has room and no key must be asked of the index
    /// first. What is due at `now` comes before it; records are never stamped earlier than the one
    /// before, whatever `now` says.
    ///
    /// # Errors
    /// [`Stuck`]; the desk is then of no more use.
    pub fn decide(&mut self, now: Timestamp) -> Result<(), Stuck> {
        let now = now.max(self.image.state.recorded_at());
        while let Some(job) = self.jobs.pop_front() {
            if let Some(rest) = self.work_off(job, now)? {
                self.jobs.push_front(rest);
                break;
            }
        }
        self.record_due(now)
    }

    /// Works off a request; hands back what can't be decided yet.
    fn work_off(&mut self, job: Job<T, C>, now: Timestamp) -> Result<Option<Job<T, C>>, Stuck> {
        match job {
            Job::One(envelope, ticket) => match self.answer(envelope, now)? {
                Step::Done(slot) => self.draft.push_reply(Reply::One(slot, ticket)),
                Step::Later(envelope) => return Ok(Some(Job::One(envelope, ticket))),
            },
            Job::Many { mut rest, mut slots, ticket } => {
                while let Some(envelope) = rest.pop_front() {
                    match self.answer(envelope, now)? {
                        Step::Done(slot) => slots.push(slot),
                        Step::Later(envelope) => {
                            rest.push_front(envelope);
                            return Ok(Some(Job::Many { rest, slots, ticket }));
                        }
                    }
                }
                self.draft.push_reply(Reply::Many(slots, ticket));
            }
            Job::Clock(to, ticket) => {
                self.record_due(now)?;
                if self.image.state.due(now, self.head()).is_some() {
                    return Ok(Some(Job::Clock(to, ticket)));
                }
                self.draft.push_reply(Reply::Clock(to, ticket));
            }
        }
        Ok(None)
    }

    /// Turns what is due into records, as far as there is room.
    fn record_due(&mut self, now: Timestamp) -> Result<(), Stuck> {
        while self.draft.has_room() {
            let Some((_, event)) = self.image.state.due(now, self.head()) else { return Ok(()) };
            self.record(event, Origin::Deadline, now)?;
        }
        Ok(())
    }

    /// The log before the draft, which a sample hangs on.
    fn head(&self) -> Head {
        let records = u64::try_from(self.draft.records()).unwrap_or(u64::MAX);
        let size = self.image.frontier.size().saturating_sub(records);
        Head { size: Position(size), root: self.draft_root.0 }
    }

    fn answer(&mut self, envelope: Envelope, now: Timestamp) -> Result<Step, Stuck> {
        self.record_due(now)?;
        if !self.draft.has_room() {
            return Ok(Step::Later(envelope));
        }
        let mark = Mark::of(envelope.client, &envelope.key);
        let slot = match self.standing(&envelope, mark) {
            Standing::Unclear => {
                self.asks = true;
                return Ok(Step::Later(envelope));
            }
            Standing::Used(used) => self.repeat(&envelope, used),
            Standing::New => Slot::Ready(self.decide_new(envelope, mark, now)?),
        };
        self.draft.count_command();
        Ok(Step::Done(slot))
    }

    /// Decides a command whose key was never used.
    fn decide_new(
        &mut self,
        envelope: Envelope,
        mark: Mark,
        now: Timestamp,
    ) -> Result<Answer, Stuck> {
        if self.poison.holds(envelope.client, &envelope.key) {
            return Ok(Err(Poison::rejected()));
        }
        if !self.recent.has_room() {
            return Ok(Err(Rejected::overloaded()));
        }
        match self.image.state.decide(&envelope.command, now) {
            Err(refusal) => Ok(Err(Rejected::Refused(refusal))),
            Ok(decision) => {
                let records = self.record_all(decision, &envelope, now)?;
                self.remember(envelope, mark, &records);
                Ok(Ok(Accepted { records, repeated: false }))
            }
        }
    }

    fn repeat(&self, envelope: &Envelope, used: Used) -> Slot {
        if used.body_hash != envelope.body_hash {
            return Slot::Ready(Err(Rejected::KeyReused));
        }
        match self.answers.get(used.first) {
            Some(records) => {
                Slot::Ready(Ok(Accepted { records: Arc::clone(records), repeated: true }))
            }
            None => Slot::InLog { first: used.first, last: used.last },
        }
    }

    fn record_all(
        &mut self,
        events: impl IntoIterator<Item = Event>,
        envelope: &Envelope,
        now: Timestamp,
    ) -> Result<Arc<[Record]>, Stuck> {
        let origin = Origin::Command {
            client: envelope.client,
            key: envelope.key.clone(),
            body_hash: Some(BodyHash(envelope.body_hash)),
        };
        let mut records = Vec::with_capacity(1);
        for event in events {
            records.push(self.record(event, origin.clone(), now)?);
        }
        Ok(records.into())
    }

    fn record(&mut self, event: Event, origin: Origin, now: Timestamp) -> Result<Record, Stuck> {
        let stamp = Stamp { recorded_at: now, origin: origin.clone() };
        let record = self
            .image
            .state
            .record(event, stamp)
            .map_err(|source| Stuck::Contradiction { command: command(&origin), source })?;
        self.encoded.clear();
        linli_proto::encode_record_into(&record, &mut self.encoded);
        self.draft
            .push(&self.encoded, now.microseconds(), &mut self.image.frontier)
            .map_err(|source| Stuck::Record { command: command(&origin), source })?;
        Ok(record)
    }

    fn remember(&mut self, envelope: Envelope, mark: Mark, records: &Arc<[Record]>) {
        let (Some(first), Some(last)) = (records.first(), records.last()) else { return };
        let used =
            Used { body_hash: envelope.body_hash, first: first.position.0, last: last.position.0 };
        let Envelope { client, key, .. } = envelope;
        self.image.filter.insert(mark);
        self.answers.put(used.first, Arc::clone(records));
        if !self.said.is_empty() {
            // That the index does not have it is true no more.
            self.said.remove(&(client, key.clone()));
        }
        self.recent.put(client, key, used);
    }
}

fn command(origin: &Origin) -> Option<(ClientId, IdempotencyKey)> {
    match origin {
        Origin::Command { client, key, .. } => Some((*client, key.clone())),
        Origin::Deadline => None,
    }
}
