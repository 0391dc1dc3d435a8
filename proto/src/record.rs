//! Records: the bytes in the log.

use bytes::Bytes;
use linli_domain::{BodyHash, Origin, Record};
use prost::Message as _;

use crate::lift::{self, FORMAT};
use crate::malformed::{Flaw, Malformed};
use crate::translate::{Wire, need, plain};
use crate::wire;

/// The record's bytes in today's form: the same record always has the same bytes.
#[must_use]
pub fn encode_record(record: &Record) -> Vec<u8> {
    record.to_wire().encode_to_vec()
}

/// Appends the record's bytes in today's form.
pub fn encode_record_into(record: &Record, into: &mut Vec<u8>) {
    let form = record.to_wire();
    into.reserve(form.encoded_len());
    // The only error there is says that a buffer of a fixed size is full; a `Vec` grows.
    form.encode(into).unwrap_or_default();
}

/// The record of these bytes, lifted to today's form.
///
/// Fields that this program doesn't know are passed over, as protobuf does, so that a follower can
/// be older than the writer as long as no new fact is written. Whoever vouches for the bytes asks
/// [`decode_record_strict`].
///
/// # Errors
/// [`Malformed`] names the field.
pub fn decode_record(bytes: &[u8]) -> Result<Record, Malformed> {
    let form = wire::Record::decode(bytes);
    let form = form.map_err(|fault| Malformed::new("record", Flaw::Unreadable(fault)))?;
    Record::from_wire(lift::record(form)?)
}

/// Why the record of these bytes is there, without reading the rest of it.
///
/// # Errors
/// [`Malformed`] names the field.
pub fn decode_origin(bytes: &[u8]) -> Result<Origin, Malformed> {
    /// The one field of a record that is wanted; the others are passed over.
    #[derive(Clone, PartialEq, prost::Message)]
    struct OriginAlone {
        #[prost(message, optional, tag = "5")]
        origin: Option<wire::Origin>,
    }
    let form = OriginAlone::decode(bytes);
    let form = form.map_err(|fault| Malformed::new("record", Flaw::Unreadable(fault)))?;
    need::take("origin", form.origin)
}

/// As [`decode_record`], and the bytes have to be the very ones that [`encode_record`] writes.
///
/// One record has many encodings that protobuf reads alike: unknown fields, fields in another
/// order, numbers with padding, defaults spelled out. The hash of the leaf tells them apart and
/// [`decode_record`] doesn't, so something could be hidden in a leaf that no replay ever sees. An
/// auditor therefore takes no record that holds more than it says.
///
/// # Errors
/// [`Malformed`] names the field; [`Flaw::NotCanonical`] if the bytes are not the canonical ones.
pub fn decode_record_strict(bytes: &[u8]) -> Result<Record, Malformed> {
    let record = decode_record(bytes)?;
    let mut again = Vec::with_capacity(bytes.len());
    if record.to_wire().encode(&mut again).is_err() || again != bytes {
        return Err(Malformed::new("record", Flaw::NotCanonical));
    }
    Ok(record)
}

/// By hand, since the format belongs to the wire alone.
impl Wire for Record {
    type Form = wire::Record;

    fn to_wire(&self) -> wire::Record {
        let Self { position, recorded_at, happened_at, origin, event, postings } = self;
        wire::Record {
            format: FORMAT,
            position: plain::put(position),
            recorded_at_us: plain::put(recorded_at),
            happened_at_us: plain::put(happened_at),
            origin: need::put(origin),
            event: need::put(event),
            postings: plain::put(postings),
        }
    }

    fn from_wire(form: wire::Record) -> Result<Self, Malformed> {
        let wire::Record {
            format: _,
            position,
            recorded_at_us,
            happened_at_us,
            origin,
            event,
            postings,
        } = form;
        Ok(Self {
            position: plain::take("position", position)?,
            recorded_at: plain::take("recorded_at_us", recorded_at_us)?,
            happened_at: plain::take("happened_at_us", happened_at_us)?,
            origin: need::take("origin", origin)?,
            event: need::take("event", event)?,
            postings: plain::take("postings", postings)?,
        })
    }
}

impl Wire for BodyHash {
    type Form = Bytes;

    fn to_wire(&self) -> Bytes {
        Bytes::copy_from_slice(&self.0)
    }

    fn from_wire(form: Bytes) -> Result<Self, Malformed> {
        form.as_ref().try_into().map(Self).map_err(|_| Malformed::from(Flaw::OutOfRange))
    }
}

choice! { Origin = wire::Origin, wire::origin::Kind {
    empty { Deadline }
    many { Command = wire::CommandOrigin {
        client: need(client), key: plain(key), body_hash: plain(body_hash),
    } }
} }
