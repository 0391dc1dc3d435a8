//! The asking side: what waits in the intake is put into as few messages as it fits.

use std::collections::VecDeque;

use async_nats::connection::State;
use async_nats::{Client, StatusCode};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use linli_domain::time::Timestamp;
use linli_proto::wire;
use prost::Message;

use super::wire as form;
use super::{CLOCK_WAIT_MAX, FIRST_ANSWER, REQUEST_WAIT_MAX, payload_bytes_max};
use crate::intake::{ClockReply, CommandsReply, Intake, Request};
use crate::{Answer, ClockRefused, Rejected, Subject};

/// Most commands in a message. The answers are several times as long as the commands.
const BATCH_COMMANDS_MAX: usize = 256;

/// Most messages that wait for their answers: enough to keep the writer busy, few enough that
/// what waits longer waits here, where more of it travels together.
const BATCHES_UNDER_WAY_MAX: usize = 16;

/// Bytes of a batch around an envelope: its tag and its length.
const ENVELOPE_FRAME_BYTES: usize = 8;

/// Requests that travel together, and how many commands each has.
struct Batch {
    envelopes: Vec<wire::Envelope>,
    bytes: usize,
    replies: Vec<(usize, CommandsReply)>,
}

/// Carries what comes into the intake to the leader, for ever.
pub(crate) async fn carry(client: Client, subject: Subject, mut intake: Intake) {
    let mut under_way = FuturesUnordered::new();
    let mut requests = VecDeque::new();
    loop {
        tokio::select! {
            biased;
            Some(()) = under_way.next(), if !under_way.is_empty() => {}
            request = intake.recv(), if under_way.len() < BATCHES_UNDER_WAY_MAX => {
                requests.push_back(request);
                while requests.len() < BATCH_COMMANDS_MAX
                    && let Some(more) = intake.try_recv()
                {
                    requests.push_back(more);
                }
                for trip in trips(&client, &mut requests) {
                    under_way.push(trip.make(client.clone(), subject.clone()));
                }
            }
        }
    }
}

/// One request on the wire, or several that follow each other.
enum Trip {
    /// Batches of one sender's request or of several senders'.
    Batch(Batch),
    /// A request that is too long for one message: its parts go one after the other.
    Parts(Vec<Batch>, CommandsReply),
    Clock(Timestamp, ClockReply),
}

/// Puts the requests into messages.
fn trips(client: &Client, requests: &mut VecDeque<Request>) -> Vec<Trip> {
    let bytes_max = payload_bytes_max(client);
    let mut trips = Vec::new();
    let mut open = Batch::new();
    for request in requests.drain(..) {
        let (envelopes, reply) = match request {
            Request::One(envelope, reply) => (vec![form::envelope(&envelope)], reply),
            Request::Many(envelopes, reply) => {
                (envelopes.iter().map(form::envelope).collect(), reply)
            }
            Request::SetClock(to, reply) => {
                trips.push(Trip::Clock(to, reply));
                continue;
            }
        };
        let mut parts = split(envelopes, bytes_max);
        match parts.pop() {
            Some(only) if parts.is_empty() => {
                if !open.has_room_for(&only, bytes_max) {
                    trips.push(Trip::Batch(std::mem::replace(&mut open, Batch::new())));
                }
                open.join(only, reply);
            }
            Some(last) => {
                parts.push(last);
                trips.push(Trip::Parts(parts, reply));
            }
            None => reply.all(Vec::new()),
        }
    }
    if !open.replies.is_empty() {
        trips.push(Trip::Batch(open));
    }
    trips
}

/// Cuts the envelopes of one request into batches that fit a message.
fn split(envelopes: Vec<wire::Envelope>, bytes_max: usize) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    for envelope in envelopes {
        let one = Batch::of(envelope);
        match batches.last_mut() {
            Some(batch) if batch.has_room_for(&one, bytes_max) => batch.extend(one),
            _ => batches.push(one),
        }
    }
    batches
}

impl Batch {
    fn new() -> Self {
        Self { envelopes: Vec::new(), bytes: 0, replies: Vec::new() }
    }

    fn of(envelope: wire::Envelope) -> Self {
        let bytes = envelope.encoded_len().saturating_add(ENVELOPE_FRAME_BYTES);
        Self { envelopes: vec![envelope], bytes, replies: Vec::new() }
    }

    fn has_room_for(&self, more: &Self, bytes_max: usize) -> bool {
        self.envelopes.is_empty()
            || (self.envelopes.len().saturating_add(more.envelopes.len()) <= BATCH_COMMANDS_MAX
                && self.bytes.saturating_add(more.bytes) <= bytes_max)
    }

    fn extend(&mut self, more: Self) {
        self.envelopes.extend(more.envelopes);
        self.bytes = self.bytes.saturating_add(more.bytes);
    }

    fn join(&mut self, more: Self, reply: CommandsReply) {
        self.replies.push((more.envelopes.len(), reply));
        self.extend(more);
    }
}

impl Trip {
    async fn make(self, client: Client, subject: Subject) {
        match self {
            Self::Batch(Batch { envelopes, replies, .. }) => {
                let mut answers = ask(&client, &subject, envelopes).await.into_iter();
                for (count, reply) in replies {
                    reply.all(answers.by_ref().take(count).collect());
                }
            }
            Self::Parts(batches, reply) => {
                let mut answers = Vec::new();
                for batch in batches {
                    answers.extend(ask(&client, &subject, batch.envelopes).await);
                }
                reply.all(answers);
            }
            Self::Clock(to, reply) => reply.send(ask_clock(&client, &subject, to).await),
        }
    }
}

/// What stands for the answers that have not come.
enum Missing {
    /// Nobody listened, or the request never left: nothing was done.
    NotSent,
    /// Nobody knows.
    Unknown,
}

impl From<Missing> for Rejected {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::NotSent => Self::unavailable(),
            Missing::Unknown => Self::Unknown,
        }
    }
}

/// Sends a batch and gathers an answer for each command.
async fn ask(client: &Client, subject: &Subject, envelopes: Vec<wire::Envelope>) -> Vec<Answer> {
    let count = envelopes.len();
    let mut answers: Vec<Option<Answer>> = vec![None; count];
    let mut missing = count;
    let payload = linli_proto::encode(&form::batch(envelopes));
    let gathered = tokio::time::timeout(
        REQUEST_WAIT_MAX,
        gather(client, subject, payload, |first, reply| {
            let Some(wire::reply::Kind::Batch(batch)) = reply.kind else { return true };
            for (place, answer) in answers.iter_mut().skip(first).zip(batch.answers) {
                if place.is_none() {
                    *place = Some(form::to_answer(answer));
                    missing = missing.saturating_sub(1);
                }
            }
            missing == 0
        }),
    );
    let rejected = Rejected::from(match gathered.await {
        Ok(Ok(())) | Err(_) => Missing::Unknown,
        Ok(Err(missing)) => missing,
    });
    answers.into_iter().map(|answer| answer.unwrap_or_else(|| Err(rejected.clone()))).collect()
}

async fn ask_clock(
    client: &Client,
    subject: &Subject,
    to: Timestamp,
) -> Result<Timestamp, ClockRefused> {
    let payload = linli_proto::encode(&form::set_clock(to));
    let mut answer = Err(ClockRefused::Unknown);
    let gathered = tokio::time::timeout(
        CLOCK_WAIT_MAX,
        gather(client, subject, payload, |_, reply| {
            if let Some(wire::reply::Kind::SetClock(form)) = reply.kind {
                answer = form::to_clock_answer(form);
            }
            true
        }),
    );
    match gathered.await {
        Ok(Err(missing)) => Err(Rejected::from(missing).into()),
        Ok(Ok(())) | Err(_) => answer,
    }
}

/// Sends a request and hands each reply, and the place of its first answer, to `take` until that says it was the last.
async fn gather(
    client: &Client,
    subject: &Subject,
    payload: bytes::Bytes,
    mut take: impl FnMut(usize, wire::Reply) -> bool,
) -> Result<(), Missing> {
    // A client without a connection would keep the message and deliver it by and by, when the
    // sender has long been told something else.
    if client.connection_state() != State::Connected {
        return Err(Missing::NotSent);
    }
    let inbox = client.new_inbox();
    let mut replies = client.subscribe(inbox.clone()).await.map_err(|_| Missing::NotSent)?;
    // A message that is too long, or a client that is closed, is refused here. Past this point the
    // connection may break under it: its outcome is unknown. What one client sends arrives in its
    // order, so a copy that is asked again comes after this one or instead of it.
    let sent = client.publish_with_reply(subject.name(), inbox, payload).await;
    sent.map_err(|_| Missing::NotSent)?;
    while let Some(message) = replies.next().await {
        if message.status == Some(StatusCode::NO_RESPONDERS) {
            return Err(Missing::NotSent);
        }
        let first = message.headers.as_ref().and_then(|headers| headers.get(FIRST_ANSWER));
        let first = first.and_then(|first| first.as_str().parse().ok()).unwrap_or_default();
        match linli_proto::decode::<wire::Reply>(message.payload) {
            Ok(reply) => {
                if take(first, reply) {
                    return Ok(());
                }
            }
            Err(error) => {
                tracing::error!(%error, "a reply from the leader can't be read");
                return Err(Missing::Unknown);
            }
        }
    }
    Err(Missing::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelopes(count: usize) -> Vec<wire::Envelope> {
        (0..count)
            .map(|n| wire::Envelope { key: format!("key-{n}"), ..wire::Envelope::default() })
            .collect()
    }

    #[test]
    fn a_long_request_is_cut_into_batches_that_fit() {
        let bytes_max = 300;
        let batches = split(envelopes(1_000), bytes_max);
        let keys: Vec<String> =
            batches.iter().flat_map(|batch| &batch.envelopes).map(|e| e.key.clone()).collect();
        assert_eq!(keys, envelopes(1_000).into_iter().map(|e| e.key).collect::<Vec<_>>());
        for batch in batches {
            assert!(form::batch(batch.envelopes).encoded_len() <= bytes_max);
        }
        assert_eq!(split(envelopes(BATCH_COMMANDS_MAX), 1_000_000).len(), 1);
        assert_eq!(split(Vec::new(), bytes_max).len(), 0);
    }
}
