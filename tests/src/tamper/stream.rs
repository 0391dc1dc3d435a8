//! Deeds in the stream, by whoever runs the messaging server.

use anyhow::Context as _;
use async_nats::HeaderMap;
use async_nats::jetstream::{self, consumer::pull, stream::Config};
use bytes::Bytes;
use futures::StreamExt as _;
use linli_log::{District, Frame, stream};

use super::place::{Audited, Expected};
use super::store::{altered, frontier};
use super::{Deed, Scene};
use crate::{Chance, wait};

const LAST: &str = "Linli-Last";

/// A message as it lies in the stream.
#[derive(Clone, Debug)]
pub(super) struct Message {
    headers: HeaderMap,
    body: Bytes,
}

/// The stream of a district, as it was.
#[derive(Debug)]
pub(super) struct Carried {
    pub(super) nats: async_nats::Client,
    context: jetstream::Context,
    config: Config,
    messages: Vec<Message>,
}

impl Carried {
    /// Waits until the stream holds all records up to `head`, and takes a copy of it.
    pub(super) async fn take(url: &str, district: &District, head: u64) -> anyhow::Result<Self> {
        let nats = async_nats::connect(url).await?;
        let context = jetstream::new(nats.clone());
        let name = stream::stream_name(district);
        let subject = stream::subject(district);
        wait::until("the stream holds all", wait::LONG, async || {
            let stream = context.get_stream(&name).await.ok()?;
            let last = stream.get_last_raw_message_by_subject(&subject).await.ok()?;
            let last: u64 = last.headers.get(LAST)?.as_str().parse().ok()?;
            (last >= head).then_some(())
        })
        .await?;
        let stream = context.get_stream(&name).await?;
        let config = stream.cached_info().config.clone();
        let count = stream.cached_info().state.messages;
        let consumer = stream.create_consumer(pull::Config::default()).await?;
        let mut pulled = consumer.messages().await?.take(usize::try_from(count)?);
        let mut messages = Vec::new();
        while let Some(message) = pulled.next().await {
            let (message, _) = message.map_err(anyhow::Error::from)?.split();
            let headers = message.headers.context("a message without headers")?;
            messages.push(Message { headers, body: message.payload });
        }
        Ok(Self { nats, context, config, messages })
    }

    /// Makes the stream anew of these messages.
    async fn put(&self, district: &District, messages: &[Message]) -> anyhow::Result<()> {
        // A server that is busy may say that a stream is gone and still have it, and then making one
        // of the same name is no fault: so what counts is that it is empty.
        wait::until("an empty stream", wait::LONG, async || {
            self.context.delete_stream(&self.config.name).await.ok();
            let stream = self.context.create_stream(&self.config).await.ok()?;
            (stream.cached_info().state.messages == 0).then_some(())
        })
        .await?;
        for message in messages {
            let mut headers = HeaderMap::new();
            // Neither the fence nor the number by which doubles are known: the hand has both.
            let kept =
                message.headers.iter().filter(|(name, _)| name.to_string().starts_with("Linli"));
            for (name, values) in kept {
                values.iter().for_each(|value| headers.append(name.clone(), value.clone()));
            }
            let (subject, body) = (stream::subject(district), message.body.clone());
            self.context.publish_with_headers(subject, headers, body).await?.await?;
        }
        Ok(())
    }
}

/// Does it, has it reconciled, and puts the stream back.
pub(super) async fn tamper(
    scene: &Scene,
    deed: Deed,
    chance: &mut Chance,
) -> anyhow::Result<(String, Expected, Audited)> {
    let mut messages = scene.carried.messages.clone();
    let (what, expected) = act(&scene.frames, &mut messages, deed, chance)?;
    scene.carried.put(&scene.district, &messages).await?;
    let told = scene.reconcile().await;
    scene.carried.put(&scene.district, &scene.carried.messages).await?;
    Ok((what, expected, told?.into()))
}

fn act(
    frames: &[Frame],
    messages: &mut Vec<Message>,
    deed: Deed,
    chance: &mut Chance,
) -> anyhow::Result<(String, Expected)> {
    // Neither the first nor the last: a stream that ends early is behind, which is no fault.
    let at = 1 + chance.below(messages.len() - 3);
    let sequence = u64::try_from(at)? + 1;
    let (frame, next) = (&frames[at], &frames[at + 1]);
    let here = Expected::Message(sequence);
    let expected = match deed {
        Deed::FlipCarried => {
            let mut body = messages[at].body.to_vec();
            let byte = chance.below(body.len());
            body[byte] ^= 1 << chance.below(8);
            messages[at].body = body.into();
            here
        }
        Deed::ForgeCarried => {
            let mut root = frame.root;
            root.0[chance.below(32)] ^= 1 << chance.below(8);
            messages[at].headers.insert("Linli-Root", root.to_string());
            here
        }
        Deed::DropCarried => {
            messages.remove(at);
            Expected::Records(frame.first, frame.last)
        }
        Deed::SwapCarried => {
            messages.swap(at, at + 1);
            anyhow::ensure!(next.first == frame.last + 1, "the frames are neighbours");
            Expected::Records(frame.first, frame.last)
        }
        Deed::DoubleCarried => {
            messages.insert(at + 1, messages[at].clone());
            Expected::Message(sequence + 1)
        }
        Deed::TruncateCarried => {
            messages.drain(..at);
            let first = frames.first().context("a frame")?.first;
            Expected::Records(first, frame.first.saturating_sub(1))
        }
        Deed::ForgeCarriedChain => {
            forge(frames, messages, at, chance)?;
            here
        }
        Deed::InsertCarried => {
            let mut headers = HeaderMap::new();
            headers.insert("Linli-First", "nonsense");
            messages.insert(at, Message { headers, body: messages[at].body.clone() });
            here
        }
        other => anyhow::bail!("{other:?} is not done to the stream"),
    };
    Ok((format!("message {sequence}, frame {} to {}", frame.first, frame.last), expected))
}

/// Another content of one record, and every hash after it made anew: a stream that agrees with itself.
fn forge(
    frames: &[Frame],
    messages: &mut [Message],
    at: usize,
    chance: &mut Chance,
) -> anyhow::Result<()> {
    let mut frontier = frontier(&frames[..at])?;
    for (n, frame) in frames.iter().enumerate().skip(at) {
        let body = if n == at { altered(frame, true, chance)?.0 } else { frame.body.clone() };
        let sealed = Frame::seal(&mut frontier, frame.recorded_at, body)?;
        let Message { headers, body } = messages.get_mut(n).context("a message a frame")?;
        headers.insert("Linli-Root", sealed.root.to_string());
        headers.insert("Linli-Previous-Root", sealed.previous_root.to_string());
        *body = sealed.body;
    }
    Ok(())
}
