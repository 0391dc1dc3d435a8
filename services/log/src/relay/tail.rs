//! Where the stream ends, and whether it is a copy of this log at all.

use async_nats::jetstream::stream::{LastRawMessageErrorKind, Stream};

use super::{Relay, RelayError};
use crate::stream;

/// The end of the stream as far as it is known to be a copy of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tail {
    /// The stream's last sequence; 0 when it is empty.
    pub(super) sequence: u64,
    /// The last position in it; 0 when it is empty.
    pub(super) last: u64,
}

/// The tail of a stream without a message.
const EMPTY: Tail = Tail { sequence: 0, last: 0 };

impl Relay {
    /// Opens the stream, or makes it, and answers where to go on. A stream that is no copy of the
    /// log is thrown away first.
    pub(super) async fn agree(&self) -> Result<Tail, RelayError> {
        let tail = match self.tail().await? {
            Ok(tail) => tail,
            Err(reason) => {
                self.throw_away(reason).await?;
                // Look again: a server was seen (2.15.1) to bring back messages of a stream that
                // it had just deleted, when they had been stored a moment before.
                self.tail().await?.map_err(RelayError::Broken)?
            }
        };
        tracing::info!(
            district = %self.district,
            position = tail.last,
            "the relay goes on where the stream ends"
        );
        Ok(tail)
    }

    /// Throws the stream away, loudly; it is made again by the next that opens it.
    pub(super) async fn throw_away(&self, reason: &'static str) -> Result<(), RelayError> {
        tracing::error!(
            district = %self.district,
            reason,
            "the stream is no copy of the log: it is thrown away and filled again"
        );
        self.metrics.rebuilds.inc();
        let name = stream::stream_name(&self.district);
        self.context.delete_stream(name).await.map_err(RelayError::Delete)?;
        Ok(())
    }

    async fn open(&self) -> Result<Stream, RelayError> {
        let config = stream::config(&self.district, self.replicas);
        self.context.get_or_create_stream(config).await.map_err(RelayError::Open)
    }

    /// Where the stream ends, or why it is no copy of the log. Makes it if it is not there.
    async fn tail(&self) -> Result<Result<Tail, &'static str>, RelayError> {
        let stream = self.open().await?;
        let state = stream.get_info().await.map_err(RelayError::Info)?.state;
        if state.last_sequence == 0 {
            return Ok(Ok(EMPTY));
        }
        if state.messages != state.last_sequence {
            return Ok(Err("it has a hole"));
        }
        let message = match stream.get_raw_message(state.last_sequence).await {
            Ok(message) => message,
            Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => {
                return Ok(Err("its last message is gone"));
            }
            Err(error) => return Err(RelayError::Last(error)),
        };
        let Ok((last, root)) = stream::end(&message.headers) else {
            return Ok(Err("its last message is not a frame"));
        };
        Ok(match self.reader.frame_end(&self.district, last).await? {
            Some(end) if end.root == root => Ok(Tail { sequence: state.last_sequence, last }),
            Some(_) => Err("its last root is not the log's"),
            None => Err("it ends where no frame of the log ends"),
        })
    }

    /// Looks whether the stream still ends where it was left, without a hole.
    pub(super) async fn check(&self, tail: &Tail) -> Result<(), RelayError> {
        let name = stream::stream_name(&self.district);
        let stream = self.context.get_stream_no_info(name).await.map_err(|error| {
            RelayError::Open(async_nats::error::Error::with_source(
                async_nats::jetstream::context::CreateStreamErrorKind::Response,
                error,
            ))
        })?;
        let state = stream.get_info().await.map_err(RelayError::Info)?.state;
        if state.last_sequence != tail.sequence || state.messages != tail.sequence {
            return Err(RelayError::Changed { expected: tail.sequence, found: state.messages });
        }
        Ok(())
    }
}
