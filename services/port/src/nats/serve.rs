//! The answering side, run by the leader alone.

use async_nats::{Client, HeaderMap, Message, SubscribeError};
use bytes::Bytes;
use futures::StreamExt;
use linli_proto::wire;
use prost::Message as _;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::wire as form;
use super::{FIRST_ANSWER, payload_bytes_max};
use crate::{Answer, Port, Rejected, Subject};

/// Most requests that are being answered at once. Those beyond wait in the subscription, which is
/// bounded by the client; a sender that waits too long is left with "unknown".
const REQUESTS_UNDER_WAY_MAX: usize = 1_024;

/// Why commands could not be taken from NATS.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The client refused the subscription.
    #[error("the subject could not be subscribed to")]
    Subscribe(#[from] SubscribeError),
    /// The client gave the subscription up.
    #[error("the subscription ended")]
    Ended,
}

/// Answers the commands of a district that come over NATS, through `port`, until `cancel`. Run it
/// only while this process leads the district: whoever listens vouches that it decides.
///
/// # Errors
/// [`ServeError`]; begin again after a pause.
pub async fn serve_nats(
    client: &Client,
    subject: &Subject,
    port: &Port,
    cancel: &CancellationToken,
) -> Result<(), ServeError> {
    let mut requests = client.subscribe(subject.name()).await?;
    let mut under_way = JoinSet::new();
    let mut told = false;
    loop {
        tokio::select! {
            biased;
            () = cancel.cancelled(), if !told => {
                told = true;
                // Nobody asks here any more; what was asked is answered, if only by "not here", so
                // that its sender need not wait in vain.
                if requests.drain().await.is_err() {
                    break;
                }
            }
            Some(_) = under_way.join_next(), if !under_way.is_empty() => {}
            message = requests.next(), if under_way.len() < REQUESTS_UNDER_WAY_MAX => match message {
                Some(message) => drop(under_way.spawn(answer(client.clone(), port.clone(), message))),
                None if told => break,
                None => return Err(ServeError::Ended),
            },
        }
    }
    while under_way.join_next().await.is_some() {}
    Ok(())
}

async fn answer(client: Client, port: Port, message: Message) {
    let Some(to) = message.reply else { return };
    for (first, reply) in replies(&port, message.payload, payload_bytes_max(&client)).await {
        let mut headers = HeaderMap::new();
        headers.insert(FIRST_ANSWER, first.to_string());
        let payload = linli_proto::encode(&reply);
        if let Err(error) = client.publish_with_headers(to.clone(), headers, payload).await {
            tracing::warn!(%error, "an answer could not be sent");
            return;
        }
    }
}

/// The replies, each with the place of its first answer.
async fn replies(port: &Port, request: Bytes, bytes_max: usize) -> Vec<(usize, wire::Reply)> {
    match linli_proto::decode::<wire::Request>(request).map(|request| request.kind) {
        Ok(Some(wire::request::Kind::Batch(batch))) => {
            pack(answer_batch(port, batch).await, bytes_max)
        }
        Ok(Some(wire::request::Kind::SetClock(wire::SetClock { to_us }))) => {
            let to = linli_domain::time::Timestamp::from_microseconds(to_us);
            vec![(0, form::clock_reply(port.set_clock(to).await))]
        }
        unreadable => {
            tracing::error!(?unreadable, "a request can't be read");
            // Nothing was done, and it is not known of how many commands: none is answered.
            Vec::new()
        }
    }
}

async fn answer_batch(port: &Port, batch: wire::Batch) -> Vec<wire::Answer> {
    let mut readable = Vec::with_capacity(batch.envelopes.len());
    let flawed: Vec<bool> = batch
        .envelopes
        .into_iter()
        .map(|envelope| match form::to_envelope(envelope) {
            Ok(envelope) => {
                readable.push(envelope);
                false
            }
            Err(error) => {
                tracing::error!(%error, "a command can't be read");
                true
            }
        })
        .collect();
    let mut answers = port.submit(readable).await.into_iter();
    let mut next = || answers.next().unwrap_or(Err(Rejected::Unknown));
    flawed
        .into_iter()
        .map(|flawed| if flawed { form::malformed() } else { form::answer(&next()) })
        .collect()
}

/// As few replies as fit messages of this length. An answer that is too long for any message
/// becomes "unknown": its records can be read from the log.
fn pack(answers: Vec<wire::Answer>, bytes_max: usize) -> Vec<(usize, wire::Reply)> {
    let mut packs: Vec<(usize, usize, Vec<wire::Answer>)> = Vec::new();
    for (place, mut answer) in answers.into_iter().enumerate() {
        if answer.encoded_len().saturating_add(ANSWER_FRAME_BYTES) > bytes_max {
            let unknown: Answer = Err(Rejected::Unknown);
            answer = form::answer(&unknown);
        }
        let bytes = answer.encoded_len().saturating_add(ANSWER_FRAME_BYTES);
        match packs.last_mut() {
            Some((_, packed, pack)) if packed.saturating_add(bytes) <= bytes_max => {
                *packed = packed.saturating_add(bytes);
                pack.push(answer);
            }
            _ => packs.push((place, bytes, vec![answer])),
        }
    }
    packs.into_iter().map(|(first, _, answers)| (first, form::batch_reply(answers))).collect()
}

/// Bytes of a reply around an answer: its tag and its length, and its share of the reply's own.
const ANSWER_FRAME_BYTES: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(count: u32) -> Vec<wire::Answer> {
        let overloaded = |retry_after_ms| Err(Rejected::Overloaded { retry_after_ms });
        (1..=count).map(|n| form::answer(&overloaded(n))).collect()
    }

    #[test]
    fn replies_fit_messages_and_name_their_place() {
        let bytes_max = 64;
        let packs = pack(answers(100), bytes_max);
        assert!(packs.len() > 10, "{} replies", packs.len());
        let mut next = 0;
        for (first, reply) in packs {
            assert!(reply.encoded_len() <= bytes_max);
            assert_eq!(first, next);
            let Some(wire::reply::Kind::Batch(batch)) = reply.kind else { panic!("no batch") };
            for answer in batch.answers {
                next = next.saturating_add(1);
                let retry_after_ms = u32::try_from(next).unwrap();
                let expected = Err(Rejected::Overloaded { retry_after_ms });
                assert_eq!(form::to_answer(answer), expected);
            }
        }
        assert_eq!(next, 100);
    }

    #[test]
    fn an_answer_longer_than_any_message_is_unknown() {
        let packs = pack(answers(1), ANSWER_FRAME_BYTES.saturating_add(1));
        let [(0, wire::Reply { kind: Some(wire::reply::Kind::Batch(batch)) })] = &packs[..] else {
            panic!("{packs:?}")
        };
        let answers: Vec<Answer> = batch.answers.iter().cloned().map(form::to_answer).collect();
        assert_eq!(answers, [Err(Rejected::Unknown)]);
    }
}
