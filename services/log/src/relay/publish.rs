//! Publishing a page of frames with a bounded number on the way.

use std::collections::VecDeque;

use async_nats::jetstream::context::{PublishAckFuture, PublishErrorKind};

use super::tail::Tail;
use super::{Relay, RelayError};
use crate::frame::Frame;
use crate::stream;

/// Most frames on the way to JetStream without an acknowledgement: hides the round trip.
pub(super) const UNDER_WAY_FRAMES_MAX: usize = 64;

/// Most bytes on the way to JetStream: bounds the client's buffer where frames are long.
pub(super) const UNDER_WAY_BYTES_MAX: usize = 8 * 1024 * 1024;

/// A frame that was sent and not acknowledged yet.
struct UnderWay {
    tail: Tail,
    bytes: usize,
    ack: PublishAckFuture,
}

impl Relay {
    /// Publishes the frames that follow `tail`, in order, and waits until all are acknowledged.
    /// Answers the new tail. After an error some may have been stored: look at the stream again.
    pub(super) async fn publish(&self, page: Vec<Frame>, tail: Tail) -> Result<Tail, RelayError> {
        let subject = stream::subject(&self.district);
        let (mut sent, mut acknowledged, mut bytes) = (tail, tail, 0_usize);
        let mut under_way = VecDeque::with_capacity(UNDER_WAY_FRAMES_MAX);
        for frame in page {
            while under_way.len() >= UNDER_WAY_FRAMES_MAX || bytes > UNDER_WAY_BYTES_MAX {
                let Some(oldest) = under_way.pop_front() else { break };
                acknowledged = self.acknowledge(oldest, &mut bytes).await?;
            }
            let sequence = sent.sequence.saturating_add(1);
            let message = stream::message(&self.district, &frame, sequence);
            let ack = self
                .context
                .send_publish(subject.clone(), message)
                .await
                .map_err(RelayError::Publish)?;
            sent = Tail { sequence, last: frame.last };
            bytes = bytes.saturating_add(frame.body.len());
            under_way.push_back(UnderWay { tail: sent, bytes: frame.body.len(), ack });
        }
        for oldest in under_way {
            acknowledged = self.acknowledge(oldest, &mut bytes).await?;
        }
        Ok(acknowledged)
    }

    /// Waits for one acknowledgement, which must be for the sequence that was meant.
    async fn acknowledge(&self, sent: UnderWay, bytes: &mut usize) -> Result<Tail, RelayError> {
        let ack = sent.ack.await.map_err(|error| match error.kind() {
            PublishErrorKind::WrongLastSequence => RelayError::Conflict,
            PublishErrorKind::StreamNotFound
            | PublishErrorKind::WrongLastMessageId
            | PublishErrorKind::TimedOut
            | PublishErrorKind::BrokenPipe
            | PublishErrorKind::MaxAckPending
            | PublishErrorKind::MaxPayloadExceeded
            | PublishErrorKind::Other => RelayError::Publish(error),
        })?;
        if ack.duplicate || ack.sequence != sent.tail.sequence {
            return Err(RelayError::Conflict);
        }
        *bytes = bytes.saturating_sub(sent.bytes);
        self.metrics.frames.inc();
        self.metrics.position.set(i64::try_from(sent.tail.last).unwrap_or(i64::MAX));
        Ok(sent.tail)
    }
}
