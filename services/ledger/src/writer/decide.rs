//! Deciding: what waits becomes records, refusals and repeats.

use std::sync::Arc;

use linli_domain::time::Timestamp;
use linli_domain::{ClientId, Event, IdempotencyKey, Origin, Record, Stamp};
use linli_port::{Accepted, ClockRefused, ClockReply, Envelope, Rejected, Request};

use super::answer::{Pending, Slot};
use super::job::Job;
use super::{Poison, Writer};
use crate::clock::Passed;
use crate::fault::Fall;
use crate::keys::{self, Mark, Used};

/// Commands that are taken and decided before the writer looks whether the frame before is
/// committed: a tenth of a millisecond or so, lest the disk wait.
pub(super) const SLICE_COMMANDS_MAX: usize = 64;

/// What became of trying to decide.
enum Step {
    Done(Slot),
    /// The frame is full; the command is as it was.
    NoRoom(Envelope),
}

impl Writer<'_> {
    /// Takes what waits, up to a slice, asks the index of keys where it must, and decides as much
    /// as the frame has room for. What is due comes first.
    pub(super) async fn work(&mut self) -> Result<(), Fall> {
        self.take_requests();
        self.look_up_keys().await?;
        let now = self.now();
        while let Some(job) = self.jobs.pop_front() {
            if let Some(rest) = self.work_off(job, now)? {
                self.jobs.push_front(rest);
                break;
            }
        }
        self.record_due(now)?;
        Ok(())
    }

    fn take_requests(&mut self) {
        let mut commands: usize = self.jobs.iter().map(|job| job.undecided().count()).sum();
        while commands < SLICE_COMMANDS_MAX && self.draft.has_room() {
            let Some(request) = self.intake.try_recv() else { return };
            // Wishes to move the clock have none; they count, so that the loop ends.
            commands = commands.saturating_add(request.commands().max(1));
            self.take(request);
        }
    }

    /// Takes a request in.
    pub(super) fn take(&mut self, request: Request) {
        match request {
            Request::One(envelope, reply) => self.jobs.push_back(Job::One(envelope, reply)),
            Request::Many(envelopes, reply) => self.jobs.push_back(Job::many(envelopes, reply)),
            Request::SetClock(to, reply) => self.move_clock(to, reply),
        }
    }

    fn move_clock(&mut self, to: Timestamp, reply: ClockReply) {
        match self.clock.move_to(to) {
            None => reply.send(Err(ClockRefused::SystemClock)),
            Some(Err(Passed(now))) => reply.send(Err(ClockRefused::Backwards { now })),
            Some(Ok(now)) => self.jobs.push_back(Job::Clock(now, reply)),
        }
    }

    /// What records are stamped with: never earlier than the last one.
    fn now(&self) -> Timestamp {
        self.clock.now().max(self.image.state.recorded_at())
    }

    /// Asks the index for the keys that may be in the log and are not remembered, all in one
    /// round trip. Nearly always there are none.
    async fn look_up_keys(&mut self) -> Result<(), Fall> {
        let recent = &self.recent;
        let filter = &self.image.filter;
        let suspects: Vec<(ClientId, IdempotencyKey)> = self
            .jobs
            .iter()
            .flat_map(Job::undecided)
            .filter(|envelope| {
                recent.get(envelope.client, &envelope.key).is_none()
                    && filter.may_hold(Mark::of(envelope.client, &envelope.key))
            })
            .map(|envelope| (envelope.client, envelope.key.clone()))
            .collect();
        if suspects.is_empty() {
            return Ok(());
        }
        let questions: Vec<([u8; 16], &str)> = suspects
            .iter()
            .map(|(client, key)| (keys::client_bytes(*client), key.as_str()))
            .collect();
        let found = self.log.find_keys(&questions).await?;
        for ((client, key), entry) in suspects.into_iter().zip(found) {
            if let Some(entry) = entry {
                self.recent.put(client, key, Used::from(&entry));
            }
        }
        Ok(())
    }

    /// Works off a request; hands back what the frame has no room for.
    fn work_off(&mut self, job: Job, now: Timestamp) -> Result<Option<Job>, Fall> {
        match job {
            Job::One(envelope, reply) => match self.answer(envelope, now)? {
                Step::Done(slot) => self.draft.push_pending(Pending::One(slot, reply)),
                Step::NoRoom(envelope) => return Ok(Some(Job::One(envelope, reply))),
            },
            Job::Many { mut rest, mut slots, reply } => {
                while let Some(envelope) = rest.pop_front() {
                    match self.answer(envelope, now)? {
                        Step::Done(slot) => slots.push(slot),
                        Step::NoRoom(envelope) => {
                            rest.push_front(envelope);
                            return Ok(Some(Job::Many { rest, slots, reply }));
                        }
                    }
                }
                self.draft.push_pending(Pending::Many(slots, reply));
            }
            Job::Clock(to, reply) => {
                self.record_due(now)?;
                if self.image.state.due(now).is_some() {
                    return Ok(Some(Job::Clock(to, reply)));
                }
                self.draft.push_pending(Pending::Clock(to, reply));
            }
        }
        Ok(None)
    }

    /// Turns what is due into records, as far as there is room.
    fn record_due(&mut self, now: Timestamp) -> Result<(), Fall> {
        while self.draft.has_room() {
            let Some((_, event)) = self.image.state.due(now) else { return Ok(()) };
            self.record(event, Origin::Deadline, now)?;
        }
        Ok(())
    }

    fn answer(&mut self, envelope: Envelope, now: Timestamp) -> Result<Step, Fall> {
        self.record_due(now)?;
        if !self.draft.has_room() {
            return Ok(Step::NoRoom(envelope));
        }
        self.draft.count_command();
        if let Some(used) = self.recent.get(envelope.client, &envelope.key) {
            return Ok(Step::Done(self.repeat(&envelope, *used)));
        }
        if self.poison.holds(envelope.client, &envelope.key) {
            return Ok(Step::Done(Slot::Ready(Err(Poison::rejected()))));
        }
        match self.image.state.decide(&envelope.command, now) {
            Err(refusal) => Ok(Step::Done(Slot::Ready(Err(Rejected::Refused(refusal))))),
            Ok(decision) => {
                let records = self.record_all(decision, &envelope, now)?;
                self.remember(envelope, &records);
                Ok(Step::Done(Slot::Ready(Ok(Accepted { records, repeated: false }))))
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
    ) -> Result<Arc<[Record]>, Fall> {
        let origin = Origin::Command { client: envelope.client, key: envelope.key.clone() };
        let mut records = Vec::with_capacity(1);
        for event in events {
            records.push(self.record(event, origin.clone(), now)?);
        }
        Ok(records.into())
    }

    fn record(&mut self, event: Event, origin: Origin, now: Timestamp) -> Result<Record, Fall> {
        let command = |origin: &Origin| match origin {
            Origin::Command { client, key } => Some((*client, key.clone())),
            Origin::Deadline => None,
        };
        let stamp = Stamp { recorded_at: now, origin: origin.clone() };
        let record = self.image.state.record(event, stamp);
        let record =
            record.map_err(|source| Fall::Contradiction { command: command(&origin), source })?;
        self.encoded.clear();
        linli_proto::encode_record_into(&record, &mut self.encoded);
        self.draft
            .push(&self.encoded, now.microseconds(), &mut self.image.frontier)
            .map_err(|source| Fall::Record { command: command(&origin), source })?;
        Ok(record)
    }

    fn remember(&mut self, envelope: Envelope, records: &Arc<[Record]>) {
        let (Some(first), Some(last)) = (records.first(), records.last()) else { return };
        let used =
            Used { body_hash: envelope.body_hash, first: first.position.0, last: last.position.0 };
        let Envelope { client, key, .. } = envelope;
        self.draft.push_key(keys::entry(client, &key, &used));
        self.image.filter.insert(Mark::of(client, &key));
        self.answers.put(used.first, Arc::clone(records));
        self.recent.put(client, key, used);
    }
}
