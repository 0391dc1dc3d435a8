//! The journal of those who ask: what was sent, what was answered, and what must follow.

use std::collections::BTreeMap;
use std::sync::Arc;

use linli_domain::{BodyHash, ClientId, Command, Event, IdempotencyKey, Record};
use linli_port::{Accepted, Answer, Rejected};

use super::{Checker, Judge, Violation};
use crate::client::Asked;
use crate::model;

/// What is known of a key.
#[derive(Debug, Default)]
struct Wish {
    /// What was wished for by it: nearly always one command.
    bodies: Vec<(Command, BodyHash)>,
    /// How often it was sent without an answer that says what became of it.
    open: u64,
    /// The records of the first answer that said "done".
    accepted: Option<Arc<[Record]>>,
    /// Whether it was answered as done for the first time.
    was_new: bool,
}

/// All keys that were ever sent.
#[derive(Debug, Default)]
pub struct Journal {
    wishes: BTreeMap<(ClientId, IdempotencyKey), Wish>,
}

/// What an answer says of its command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Done now.
    Done,
    /// Done before.
    DoneBefore,
    /// Not done, and not by this asking.
    NotDone,
    /// Nothing.
    Unknown,
}

impl Journal {
    /// A command goes out, in so many copies.
    pub fn sent(&mut self, client: ClientId, asked: &Asked, copies: u64) {
        let Asked { key, command, body_hash } = asked;
        let wish = self.wishes.entry((client, key.clone())).or_default();
        if !wish.bodies.iter().any(|(body, _)| body == command) {
            wish.bodies.push((command.clone(), BodyHash(*body_hash)));
        }
        wish.open = wish.open.saturating_add(copies);
    }

    /// An answer comes in.
    ///
    /// # Errors
    /// If it says what is not so.
    pub fn answered(
        &mut self,
        client: ClientId,
        key: &IdempotencyKey,
        body: &Command,
        answer: &Answer,
        judge: &Judge,
    ) -> Result<Said, Violation> {
        let Some(wish) = self.wishes.get_mut(&(client, key.clone())) else {
            return Err(Violation::new(Checker::Once, format!("{key:?} was never sent")));
        };
        match answer {
            Ok(accepted) => wish.accepted(key, body, accepted, judge),
            Err(Rejected::Unknown) => Ok(Said::Unknown),
            Err(Rejected::KeyReused) => {
                wish.open = wish.open.saturating_sub(1);
                let span = judge.key(client, key);
                let records = span.and_then(|(first, last)| judge.records_at(first, last));
                let is_other = records.is_some_and(|records| !keeps(body, records));
                if is_other {
                    return Ok(Said::NotDone);
                }
                let found = format!("{key:?} was not used for anything else: {records:?}");
                Err(Violation::new(Checker::Repeats, found))
            }
            Err(
                Rejected::Refused(_) | Rejected::Overloaded { .. } | Rejected::Unavailable { .. },
            ) => {
                wish.open = wish.open.saturating_sub(1);
                Ok(Said::NotDone)
            }
        }
    }

    /// Whether the records of a key are what was wished for by it.
    ///
    /// # Errors
    /// If they are not, or nobody wished for anything.
    pub fn is_wished(
        &self,
        (client, key): (ClientId, &IdempotencyKey),
        body_hash: Option<BodyHash>,
        records: &[Record],
    ) -> Result<(), Violation> {
        let bodies = self.wishes.get(&(client, key.clone())).map(|wish| &wish.bodies);
        if bodies.is_some_and(|bodies| {
            bodies.iter().any(|(body, hash)| body_hash == Some(*hash) && keeps(body, records))
        }) {
            return Ok(());
        }
        let found = format!("nobody wished for {records:?} by {key:?}");
        Err(Violation::new(Checker::Once, found))
    }

    /// Looks at everything once more when all is over.
    ///
    /// # Errors
    /// A key of which the log says something else than its sender was told.
    pub fn close(&self, judge: &Judge) -> Result<(), Violation> {
        for ((client, key), wish) in &self.wishes {
            let span = judge.key(*client, key);
            match (&wish.accepted, span) {
                (Some(_), None) => {
                    let found = format!("{key:?} was acknowledged and is not in the log");
                    return Err(Violation::new(Checker::Acknowledged, found));
                }
                (None, Some(span)) if wish.open == 0 => {
                    let found = format!("{key:?} was told not done and is at {span:?}");
                    return Err(Violation::new(Checker::NotDone, found));
                }
                (Some(_), Some(_)) | (None, _) => {}
            }
        }
        Ok(())
    }
}

impl Wish {
    fn accepted(
        &mut self,
        key: &IdempotencyKey,
        body: &Command,
        answer: &Accepted,
        judge: &Judge,
    ) -> Result<Said, Violation> {
        self.open = self.open.saturating_sub(1);
        let records = &answer.records;
        let first = records.first().map_or(0, |record| record.position.0);
        let last = records.last().map_or(0, |record| record.position.0);
        if judge.records_at(first, last) != Some(records) {
            let found = format!("{key:?} is said to be at {first} to {last}, and is not");
            return Err(Violation::new(Checker::Acknowledged, found));
        }
        if !keeps(body, records) {
            let found = format!("{body:?} was answered by {records:?}");
            return Err(Violation::new(Checker::Repeats, found));
        }
        if self.accepted.as_ref().is_some_and(|before| before != records) {
            let found = format!("{key:?} was answered otherwise before");
            return Err(Violation::new(Checker::Repeats, found));
        }
        if !answer.repeated && self.was_new {
            let found = format!("{key:?} was answered as new twice");
            return Err(Violation::new(Checker::Repeats, found));
        }
        self.was_new |= !answer.repeated;
        self.accepted = Some(Arc::clone(records));
        Ok(if answer.repeated { Said::DoneBefore } else { Said::Done })
    }
}

fn keeps(body: &Command, records: &[Record]) -> bool {
    let events: Vec<&Event> = records.iter().map(|record| &record.event).collect();
    model::kept(body, &events).is_ok()
}
