//! The whole stream, message by message, for those who hold it against something.

use std::time::Duration;

use async_nats::jetstream::consumer::{self, AckPolicy, DeliverPolicy, pull};
use async_nats::jetstream::context::{Context, GetStreamError, GetStreamErrorKind};
use async_nats::jetstream::stream::{ConsumerError, LastRawMessageErrorKind, Stream};
use futures::StreamExt as _;

use super::{MalformedMessage, frame, stream_name};
use crate::district::District;
use crate::frame::Frame;

/// How long one request for messages stands.
const PULL: Duration = Duration::from_secs(30);

/// After how long a silence one looks why there is no more.
const SILENCE_MAX: Duration = Duration::from_secs(3);

/// After how long without a request the server forgets the walk.
const INACTIVE_MAX: Duration = Duration::from_secs(30);

/// Whether the messages come with the frames' bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bodies {
    /// With them: some messages ahead, 24 MiB at the very most.
    With,
    /// Without, which is a thousandth of the bytes; the server reads them all the same.
    Without,
}

impl Bodies {
    /// Messages asked for at once.
    const fn batch(self) -> usize {
        match self {
            Self::With => 32,
            Self::Without => 512,
        }
    }
}

/// Why a walk goes no further.
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    /// The stream could not be looked at.
    #[error("the stream could not be looked at")]
    Stream(#[source] GetStreamError),
    /// Its messages could not be asked for.
    #[error("the stream's messages could not be asked for")]
    Consumer(#[source] ConsumerError),
    /// Its messages could not be received.
    #[error("the stream's messages could not be received")]
    Pull(#[source] consumer::StreamError),
    /// Its messages stopped.
    #[error("the stream's messages stopped")]
    Messages(#[source] pull::MessagesError),
    /// The server has this message in its count, and can't read it any more.
    #[error("message {sequence} of the stream can't be read")]
    Unreadable {
        /// Which.
        sequence: u64,
    },
    /// The server says nothing, and not why.
    #[error("message {sequence} of the stream does not come")]
    Silent {
        /// Which should have been next.
        sequence: u64,
    },
}

/// A message of the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its number in the stream.
    pub sequence: u64,
    /// The frame in it; without its body where that was not asked for.
    pub frame: Result<Frame, MalformedMessage>,
}

/// The messages of a district's stream, from one on to the one that was the last when the walk
/// began.
pub struct Walk {
    stream: Stream,
    messages: pull::Stream,
    sequence: u64,
    end: u64,
}

impl std::fmt::Debug for Walk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Walk").field("sequence", &self.sequence).field("end", &self.end).finish()
    }
}

impl Walk {
    /// Begins after the message `after` (0: at the first); `None` if there is no stream.
    ///
    /// # Errors
    /// [`WalkError`].
    pub async fn begin(
        context: &Context,
        district: &District,
        bodies: Bodies,
        after: u64,
    ) -> Result<Option<Self>, WalkError> {
        let stream = match context.get_stream(stream_name(district)).await {
            Ok(stream) => stream,
            Err(error) if is_missing(&error) => return Ok(None),
            Err(error) => return Err(WalkError::Stream(error)),
        };
        let config = pull::Config {
            deliver_policy: DeliverPolicy::ByStartSequence {
                start_sequence: after.saturating_add(1),
            },
            ack_policy: AckPolicy::None,
            headers_only: bodies == Bodies::Without,
            inactive_threshold: INACTIVE_MAX,
            memory_storage: true,
            num_replicas: 1,
            ..pull::Config::default()
        };
        let consumer = stream.create_consumer(config).await.map_err(WalkError::Consumer)?;
        let pulled = consumer.stream().max_messages_per_batch(bodies.batch()).expires(PULL);
        let messages = pulled.messages().await.map_err(WalkError::Pull)?;
        let end = stream.cached_info().state.last_sequence;
        Ok(Some(Self { stream, messages, sequence: after, end }))
    }

    /// How many messages the stream had when the walk began, lost ones included.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.end
    }

    /// The next message; `None` after the last one.
    ///
    /// # Errors
    /// [`WalkError`]; the walk is then over.
    pub async fn next(&mut self) -> Result<Option<Held>, WalkError> {
        if self.sequence >= self.end {
            return Ok(None);
        }
        let next = tokio::time::timeout(SILENCE_MAX, self.messages.next()).await;
        let Ok(next) = next else { return Err(self.why_silent().await) };
        let silent = WalkError::Silent { sequence: self.sequence.saturating_add(1) };
        let message = next.ok_or(silent)?.map_err(WalkError::Messages)?;
        let sequence = message.info().map(|info| info.stream_sequence);
        self.sequence = sequence.unwrap_or_else(|_| self.sequence.saturating_add(1));
        let (message, _) = message.split();
        let frame = frame(&message.headers.unwrap_or_default(), message.payload);
        Ok(Some(Held { sequence: self.sequence, frame }))
    }

    async fn why_silent(&self) -> WalkError {
        let sequence = self.sequence.saturating_add(1);
        match self.stream.get_raw_message(sequence).await {
            Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => {
                WalkError::Unreadable { sequence }
            }
            Ok(_) | Err(_) => WalkError::Silent { sequence },
        }
    }
}

fn is_missing(error: &GetStreamError) -> bool {
    const STREAM_NOT_FOUND: usize = 404;
    matches!(error.kind(), GetStreamErrorKind::JetStream(error) if error.code() == STREAM_NOT_FOUND)
}
