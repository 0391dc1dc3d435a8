//! The patrol: goes through the whole stream and looks whether each message can still be read and
//! follows the one before it. A server finds a flipped bit only when it reads the message, which
//! it may not do for months.

use std::time::Duration;

use async_nats::jetstream::Context;
use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, pull};
use async_nats::jetstream::stream::{LastRawMessageErrorKind, Stream};
use futures::StreamExt;

use crate::district::District;
use crate::merkle::{EMPTY_ROOT, Root};
use crate::stream;

/// Rest between two patrols. A patrol reads the whole stream from the server's disk.
pub const PATROL_REST: Duration = Duration::from_secs(600);

/// Rest after a patrol that could not be finished.
const RETRY_REST: Duration = Duration::from_secs(10);

/// Messages asked for at once. They come without bodies.
const BATCH_MESSAGES: usize = 512;

/// How long one request for messages stands.
const PULL: Duration = Duration::from_secs(30);

/// After how long a silence the patrol looks why it gets no more.
const SILENCE_MAX: Duration = Duration::from_secs(3);

/// After how long without a request the server forgets the patrol's consumer.
const INACTIVE_MAX: Duration = Duration::from_secs(30);

/// What a patrol found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Finding {
    /// Every message is there and follows the one before it.
    Whole,
    /// It is no copy of a log, and why.
    Broken(&'static str),
    /// The patrol got no further: the stream is away, or not the one that it was.
    Unfinished,
}

/// Patrols the stream again and again; answers why it is no copy of a log, once it is not.
pub(super) async fn patrol(context: Context, district: District) -> &'static str {
    loop {
        let rest = match walk(&context, &district).await {
            Finding::Whole => PATROL_REST,
            Finding::Unfinished => RETRY_REST,
            Finding::Broken(reason) => return reason,
        };
        tokio::time::sleep(rest).await;
    }
}

/// Where the walk stands: after which message, position and root.
struct Place {
    sequence: u64,
    last: u64,
    root: Root,
}

async fn walk(context: &Context, district: &District) -> Finding {
    let Ok(stream) = context.get_stream(stream::stream_name(district)).await else {
        return Finding::Unfinished;
    };
    let config = pull::Config {
        deliver_policy: DeliverPolicy::All,
        ack_policy: AckPolicy::None,
        headers_only: true,
        inactive_threshold: INACTIVE_MAX,
        memory_storage: true,
        num_replicas: 1,
        ..pull::Config::default()
    };
    let Ok(consumer) = stream.create_consumer(config).await else { return Finding::Unfinished };
    let pulled =
        consumer.stream().max_messages_per_batch(BATCH_MESSAGES).expires(PULL).messages().await;
    let Ok(mut messages) = pulled else { return Finding::Unfinished };
    let mut place = Place { sequence: 0, last: 0, root: EMPTY_ROOT };
    let end = stream.cached_info().state.last_sequence;
    while place.sequence < end {
        let next = tokio::time::timeout(SILENCE_MAX, messages.next()).await;
        match next {
            Ok(Some(Ok(message))) => match step(&message, &place) {
                Ok(next) => place = next,
                Err(finding) => return finding,
            },
            Ok(Some(Err(_)) | None) => return Finding::Unfinished,
            Err(_silence) => return look(&stream, place.sequence.saturating_add(1)).await,
        }
    }
    Finding::Whole
}

/// Holds a message against the place of the one before it.
fn step(message: &async_nats::jetstream::Message, place: &Place) -> Result<Place, Finding> {
    let Ok(info) = message.info() else { return Err(Finding::Unfinished) };
    let sequence = info.stream_sequence;
    if Some(sequence) != place.sequence.checked_add(1) {
        return Err(Finding::Broken("it has a hole"));
    }
    let headers = message.headers.clone().unwrap_or_default();
    // The body is not here, and is not looked at.
    let Ok(frame) = stream::frame(&headers, bytes::Bytes::new()) else {
        return Err(Finding::Broken("it has a message that is no frame"));
    };
    if Some(frame.first) != place.last.checked_add(1) || frame.previous_root != place.root {
        return Err(Finding::Broken("it has a frame that does not follow the one before it"));
    }
    Ok(Place { sequence, last: frame.last, root: frame.root })
}

/// Why the message `sequence` does not come.
async fn look(stream: &Stream, sequence: u64) -> Finding {
    match stream.get_raw_message(sequence).await {
        Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => {
            Finding::Broken("it has a message that can't be read")
        }
        Ok(_) | Err(_) => Finding::Unfinished,
    }
}
