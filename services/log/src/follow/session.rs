//! A follower's consumer of the stream, opened at the right message.

use std::time::Duration;

use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, pull};
use async_nats::jetstream::{self, context, stream};
use futures::StreamExt;

use crate::district::District;
use crate::frame::Frame;
use crate::nats::NATS_WAIT_MAX;
use crate::stream::{MalformedMessage, end, frame, stream_name};

/// Messages asked for at once: some frames ahead, 24 MiB at the very most.
const BATCH_FRAMES: usize = 32;

/// How long one request for messages stands.
const PULL: Duration = Duration::from_secs(30);

/// How often the server says that it is there when it has nothing: two that are missed end the
/// session.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// After how long without a request the server forgets the consumer.
const INACTIVE_MAX: Duration = Duration::from_secs(60);

/// Longest wait for a session to open: the search for the right message and one request more.
const OPEN_WAIT_MAX: Duration = Duration::from_secs(5);

/// Why the stream is of no use at the moment.
#[derive(Debug, thiserror::Error)]
pub(super) enum SessionError {
    #[error("the stream is not there")]
    Stream(#[source] context::GetStreamError),
    #[error("a message of the stream could not be read")]
    Message(#[source] stream::DirectGetError),
    #[error("the stream has a message that is no frame")]
    Malformed(#[from] MalformedMessage),
    #[error("the stream's messages could not be asked for")]
    Consumer(#[source] stream::ConsumerError),
    #[error("the stream's messages could not be received")]
    Pull(#[source] jetstream::consumer::StreamError),
    #[error("the stream's messages stopped")]
    Messages(#[source] pull::MessagesError),
    #[error("the stream ended")]
    Ended,
    #[error("the stream did not open in time")]
    Late,
}

/// Messages of the stream from some sequence on, in order.
pub(super) struct Session {
    messages: pull::Stream,
}

impl Session {
    /// Opens the stream of `district` at the first message whose frame ends after `position`.
    pub(super) async fn open(
        nats: &async_nats::Client,
        district: &District,
        position: u64,
    ) -> Result<Self, SessionError> {
        let context = jetstream::ContextBuilder::new().timeout(NATS_WAIT_MAX).build(nats.clone());
        let open = async {
            let stream =
                context.get_stream(stream_name(district)).await.map_err(SessionError::Stream)?;
            let start_sequence = find(&stream, position).await?;
            let config = pull::Config {
                deliver_policy: DeliverPolicy::ByStartSequence { start_sequence },
                ack_policy: AckPolicy::None,
                inactive_threshold: INACTIVE_MAX,
                memory_storage: true,
                num_replicas: 1,
                ..pull::Config::default()
            };
            let consumer = stream.create_consumer(config).await.map_err(SessionError::Consumer)?;
            let messages = consumer
                .stream()
                .max_messages_per_batch(BATCH_FRAMES)
                .expires(PULL)
                .heartbeat(HEARTBEAT)
                .messages()
                .await
                .map_err(SessionError::Pull)?;
            Ok(Self { messages })
        };
        tokio::time::timeout(OPEN_WAIT_MAX, open).await.unwrap_or(Err(SessionError::Late))
    }

    /// The next frame. A future that is dropped loses nothing.
    pub(super) async fn next(&mut self) -> Result<Frame, SessionError> {
        let message = self.messages.next().await.ok_or(SessionError::Ended)?;
        let (message, _) = message.map_err(SessionError::Messages)?.split();
        Ok(frame(&message.headers.unwrap_or_default(), message.payload)?)
    }
}

/// The sequence of the first message whose frame ends after `position`, or the one after the last:
/// a binary search, some 20 messages for a million.
async fn find(stream: &stream::Stream, position: u64) -> Result<u64, SessionError> {
    let state = &stream.cached_info().state;
    // Each frame has a record at least, so frame `n` never ends before position `n`.
    let mut high = state.last_sequence.saturating_add(1).min(position.saturating_add(1));
    let mut low = state.first_sequence.max(1).min(high);
    while low < high {
        let middle = low.midpoint(high);
        let message = stream.direct_get(middle).await.map_err(SessionError::Message)?;
        let (last, _) = end(&message.headers)?;
        if last > position {
            high = middle;
        } else {
            low = middle.saturating_add(1);
        }
    }
    Ok(high)
}
