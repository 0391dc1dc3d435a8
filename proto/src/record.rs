//! Records: the bytes in the log.

use linli_domain::{BodyHash, Origin, Record};
use prost::Message as _;

use crate::canonical::{Detour, Value};
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
    Record::read(Value::Bytes(bytes)).or_else(|Detour| decode_form(bytes))
}

/// The long way, by the generated messages.
fn decode_form(bytes: &[u8]) -> Result<Record, Malformed> {
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
    Record::read(Value::Bytes(bytes)).or_else(|Detour| decode_form_strict(bytes))
}

/// The long way: what is read is written again.
fn decode_form_strict(bytes: &[u8]) -> Result<Record, Malformed> {
    let record = decode_form(bytes)?;
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

    fn read(value: Value<'_>) -> Result<Self, Detour> {
        read_fields!(
            value,
            wire::Record {
                format: plain(format),
                position: plain(position),
                recorded_at_us: plain(recorded_at),
                happened_at_us: plain(happened_at),
                origin: need(origin),
                event: need(event),
                postings: plain(postings)
            }
        );
        let format: u32 = format;
        if format != FORMAT {
            // What is lifted is written in other bytes.
            return Err(Detour);
        }
        Ok(Self { position, recorded_at, happened_at, origin, event, postings })
    }
}

newtype! { BodyHash = [u8; 32] }

choice! { Origin = wire::Origin, wire::origin::Kind {
    empty { Deadline }
    many { Command = wire::CommandOrigin {
        client: need(client), key: plain(key), body_hash: plain(body_hash),
    } }
} }

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The real bytes of every form of a record that was ever written.
    fn golden() -> Vec<(String, Vec<u8>)> {
        let text = include_str!("../tests/golden/records.txt");
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let lines = lines.filter_map(|line| line.split_once(": "));
        let bytes = |hex: &str| {
            let pairs = hex.as_bytes().as_chunks::<2>().0.iter();
            let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
            pairs.map(|pair| byte(pair.as_slice())).collect()
        };
        lines.map(|(name, hex)| (name.to_owned(), bytes(hex))).collect()
    }

    #[test]
    fn all_but_rules_have_a_short_way() {
        let mut others = BTreeSet::new();
        for (name, bytes) in golden() {
            match Record::read(Value::Bytes(&bytes)) {
                Ok(record) => assert_eq!(Ok(record), decode_form_strict(&bytes), "{name}"),
                Err(Detour) => drop(others.insert(name.split('/').next().unwrap().to_owned())),
            }
        }
        let others: Vec<_> = others.iter().map(String::as_str).collect();
        assert_eq!(others, ["rules.published"]);
    }

    /// Whatever is done to the bytes, both ways come to the same.
    #[test]
    fn no_byte_is_read_otherwise_in_the_short_way() {
        let golden = golden();
        for (row, (name, bytes)) in golden.iter().enumerate() {
            let (_, other) = golden.iter().rev().nth(row).unwrap();
            // The same places stand in many forms, so each form has its turn at a few of them.
            for at in (row % 5..bytes.len()).step_by(5) {
                let (before, after) = bytes.split_at(at);
                let changed = [0x00, 0x01, 0x80, 0xff];
                let changed = changed.map(|byte| [before, &[byte], &after[1..]].concat());
                let inserted = [0x00, 0x80].map(|byte| [before, &[byte], after].concat());
                let repeated = [before, after.get(..8).unwrap_or(after), after].concat();
                let removed = [before, &after[1..]].concat();
                let spliced = [before, other.get(at..).unwrap_or_default()].concat();
                let all = [&changed[..], &inserted, &[repeated, removed, spliced]].concat();
                for bytes in all {
                    let strict = decode_form_strict(&bytes);
                    assert_eq!(decode_record_strict(&bytes), strict, "{name} at {at}");
                    if strict.is_err() {
                        assert_eq!(decode_record(&bytes), decode_form(&bytes), "{name} at {at}");
                    }
                }
            }
        }
    }
}
