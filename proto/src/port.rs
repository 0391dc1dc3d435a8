//! What goes between a gateway and the writer of a district.
//!
//! The messages are [`wire::Request`] and [`wire::Reply`] and what lies in them; the Rust types
//! that the two ends work with are `linli-port`'s. Here is what both need to fill and to read them.

use bytes::Bytes;
use linli_domain::{ClientId, Command, IdempotencyKey, Record};
use prost::Message;

use crate::malformed::{Flaw, Malformed};
use crate::record::{decode_record, encode_record};
use crate::translate::{need, plain};
use crate::wire;

/// Any message's bytes.
#[must_use]
pub fn encode(message: &impl Message) -> Bytes {
    message.encode_to_vec().into()
}

/// A message of these bytes; records inside it are cut out of them, not copied.
///
/// # Errors
/// [`Flaw::Unreadable`].
pub fn decode<M: Message + Default>(bytes: Bytes) -> Result<M, Malformed> {
    M::decode(bytes).map_err(|fault| Malformed::new("message", Flaw::Unreadable(fault)))
}

/// What lies in an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enveloped {
    /// Who sends it.
    pub client: ClientId,
    /// By which name.
    pub key: IdempotencyKey,
    /// SHA-256 of what the client sent.
    pub body_hash: [u8; 32],
    /// The wish.
    pub command: Command,
}

/// An envelope around a command.
#[must_use]
pub fn envelope_to_wire(
    client: ClientId,
    key: &IdempotencyKey,
    body_hash: &[u8; 32],
    command: &Command,
) -> wire::Envelope {
    wire::Envelope {
        client: need::put(&client),
        key: plain::put(key),
        body_hash: plain::put(body_hash),
        command: need::put(command),
    }
}

/// What lies in the envelope.
///
/// # Errors
/// [`Malformed`] names the field.
pub fn envelope_from_wire(form: wire::Envelope) -> Result<Enveloped, Malformed> {
    let wire::Envelope { client, key, body_hash, command } = form;
    Ok(Enveloped {
        client: need::take("client", client)?,
        key: plain::take("key", key)?,
        body_hash: plain::take("body_hash", body_hash)?,
        command: need::take("command", command)?,
    })
}

/// The answer to an accepted command: its records, and whether it had been done before.
#[must_use]
pub fn accepted_to_wire(records: &[Record], done_before: bool) -> wire::Accepted {
    let records = records.iter().map(|record| encode_record(record).into()).collect();
    wire::Accepted { records, done_before }
}

/// The records of an accepted command, and whether it had been done before.
///
/// # Errors
/// [`Malformed`] names the field.
pub fn accepted_from_wire(form: &wire::Accepted) -> Result<(Vec<Record>, bool), Malformed> {
    let records: Result<_, _> = form.records.iter().map(|bytes| decode_record(bytes)).collect();
    let records = records.map_err(|malformed: Malformed| malformed.within("records"))?;
    Ok((records, form.done_before))
}
