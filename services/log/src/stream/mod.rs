//! The stream in JetStream: its name and settings, and a frame as one of its messages.
//!
//! The stream of the district `gulou` is `LINLI_GULOU`, on the subject `linli.gulou.frame`. A
//! message is a frame: the body as payload, the rest as headers. Message `n` of the stream is the
//! log's `n`-th frame, from the first.

mod walk;

use std::str::FromStr;

use async_nats::HeaderMap;
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::{Config, DiscardPolicy, RetentionPolicy, StorageType};
use bytes::Bytes;

use crate::district::District;
use crate::frame::Frame;
use crate::merkle::Root;

pub use walk::{Bodies, Held, Walk, WalkError};

const FIRST: &str = "Linli-First";
const LAST: &str = "Linli-Last";
const RECORDED_AT: &str = "Linli-Recorded-At";
const PREVIOUS_ROOT: &str = "Linli-Previous-Root";
const ROOT: &str = "Linli-Root";

/// The name of a district's stream: `LINLI_` and the district in capitals, `-` as `_`.
#[must_use]
pub fn stream_name(district: &District) -> String {
    format!("LINLI_{}", district.as_str().to_ascii_uppercase().replace('-', "_"))
}

/// The subject of a district's frames.
#[must_use]
pub fn subject(district: &District) -> String {
    format!("linli.{district}.frame")
}

/// The settings of a district's stream, kept by `replicas` servers.
pub(crate) fn config(district: &District, replicas: usize) -> Config {
    Config {
        name: stream_name(district),
        description: Some(format!("The log of {district}: a copy, made from PostgreSQL")),
        subjects: vec![subject(district)],
        storage: StorageType::File,
        retention: RetentionPolicy::Limits,
        // A server at its limit refuses what is new rather than losing what is old: the relay
        // sees that, and nobody has a stream without a beginning.
        discard: DiscardPolicy::New,
        num_replicas: replicas,
        allow_direct: true,
        deny_delete: true,
        deny_purge: true,
        ..Config::default()
    }
}

/// A message that is not a frame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a message of the stream has no proper header {header}")]
pub struct MalformedMessage {
    /// The header that is missing or can't be read.
    pub header: &'static str,
}

/// A frame as a message to be published as number `sequence` of the stream.
///
/// The fence is the sequence of the whole stream (`Nats-Expected-Last-Sequence`), not of the
/// subject: the stream has one subject, so they are the same number, but a cluster takes only one
/// message at a time under the subject's.
pub(crate) fn message(district: &District, frame: &Frame, sequence: u64) -> PublishMessage {
    PublishMessage::build()
        .payload(frame.body.clone())
        .header(FIRST, frame.first.to_string())
        .header(LAST, frame.last.to_string())
        .header(RECORDED_AT, frame.recorded_at.to_string())
        .header(PREVIOUS_ROOT, frame.previous_root.to_string())
        .header(ROOT, frame.root.to_string())
        .message_id(format!("{district}-{}", frame.first))
        .expected_last_sequence(sequence.saturating_sub(1))
}

/// The frame in a message. Its records are not held against its root: the bytes came over TCP
/// from a store with checksums; whoever needs proof has [`Frame::verify`].
pub(crate) fn frame(headers: &HeaderMap, body: Bytes) -> Result<Frame, MalformedMessage> {
    Ok(Frame {
        first: header(headers, FIRST)?,
        last: header(headers, LAST)?,
        recorded_at: header(headers, RECORDED_AT)?,
        previous_root: header(headers, PREVIOUS_ROOT)?,
        root: header(headers, ROOT)?,
        body,
    })
}

/// Where the frame in a message ends: its last position and root.
pub(crate) fn end(headers: &HeaderMap) -> Result<(u64, Root), MalformedMessage> {
    Ok((header(headers, LAST)?, header(headers, ROOT)?))
}

fn header<T: FromStr>(headers: &HeaderMap, name: &'static str) -> Result<T, MalformedMessage> {
    let value = headers.get(name).and_then(|value| value.as_str().parse().ok());
    value.ok_or(MalformedMessage { header: name })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::BodyBuilder;
    use crate::merkle::Frontier;

    #[test]
    fn names() {
        let district = District::new("gulou-2").unwrap();
        assert_eq!(stream_name(&district), "LINLI_GULOU_2");
        assert_eq!(subject(&district), "linli.gulou-2.frame");
    }

    #[test]
    fn a_frame_is_read_back_from_its_message() {
        let mut body = BodyBuilder::new();
        body.push(b"record").unwrap();
        let sealed = Frame::seal(&mut Frontier::new(), -5, body.take()).unwrap();
        let district = District::new("gulou").unwrap();
        let message = message(&district, &sealed, 1).outbound_message("s");
        let headers = message.headers.unwrap();
        assert_eq!(frame(&headers, message.payload).unwrap(), sealed);
        assert_eq!(end(&headers).unwrap(), (1, sealed.root));
        assert_eq!(headers.get("Nats-Msg-Id").unwrap().as_str(), "gulou-1");
        assert_eq!(headers.get("Nats-Expected-Last-Sequence").unwrap().as_str(), "0");
        let error = frame(&HeaderMap::new(), Bytes::new()).unwrap_err();
        assert_eq!(error.header, "Linli-First");
    }
}
