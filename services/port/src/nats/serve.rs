//! The answering side, run by the leader alone.

use async_nats::{Client, Message, SubscribeError};
use bytes::Bytes;
use futures::StreamExt;
use linli_proto::wire;
use prost::Message as _;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::payload_bytes_max;
use super::wire as form;
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
    loop {
        tokio::select! {
            biased;
            () = cancel.cancelled() => break,
            Some(_) = under_way.join_next(), if !under_way.is_empty() => {}
            message = requests.next(), if under_way.len() < REQUESTS_UNDER_WAY_MAX => {
                let message = message.ok_or(ServeError::Ended)?;
                under_way.spawn(answer(client.clone(), port.clone(), message));
            }
        }
    }
    // Nobody asks here any more; what was asked is answered.
    drop(requests);
    while under_way.join_next().await.is_some() {}
    Ok(())
}

async fn answer(client: Client, port: Port, message: Message) {
    let Some(to) = message.reply else { return };
    for payload in replies(&port, message.payload, payload_bytes_max(&client)).await {
        if let Err(error) = client.publish(to.clone(), payload).await {
            tracing::warn!(%error, "an answer could not be sent");
            return;
        }
    }
}

async fn replies(port: &Port, request: Bytes, bytes_max: usize) -> Vec<Bytes> {
    match linli_proto::decode::<wire::Request>(request).map(|request| request.kind) {
        Ok(Some(wire::request::Kind::Batch(batch))) => {
            let answers = answer_batch(port, batch).await;
            pack(answers, bytes_max).map(|reply| linli_proto::encode(&reply)).collect()
        }
        Ok(Some(wire::request::Kind::SetClock(wire::SetClock { to_us }))) => {
            let to = linli_domain::time::Timestamp::from_microseconds(to_us);
            vec![linli_proto::encode(&form::clock_reply(port.set_clock(to).await))]
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

/// As few replies as fit messages of this length; an answer that is too long for any is left
/// out of none: its records can be asked for, so it becomes "unknown".
fn pack(answers: Vec<wire::Answer>, bytes_max: usize) -> impl Iterator<Item = wire::Reply> {
    let mut packs: Vec<(usize, Vec<wire::Answer>)> = Vec::new();
    for mut answer in answers {
        if answer.encoded_len().saturating_add(ANSWER_FRAME_BYTES) > bytes_max {
            let unknown: Answer = Err(Rejected::Unknown);
            answer = form::answer(&unknown);
        }
        let bytes = answer.encoded_len().saturating_add(ANSWER_FRAME_BYTES);
        match packs.last_mut() {
            Some((packed, pack)) if packed.saturating_add(bytes) <= bytes_max => {
                *packed = packed.saturating_add(bytes);
                pack.push(answer);
            }
            _ => packs.push((bytes, vec![answer])),
        }
    }
    packs.into_iter().map(|(_, answers)| form::batch_reply(answers))
}

/// Bytes of a reply around an answer: its tag and its length, and its share of the reply's own.
const ANSWER_FRAME_BYTES: usize = 16;
