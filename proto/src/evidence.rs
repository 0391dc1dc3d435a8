//! Evidence.

use linli_domain::contribution::{Attachment, AttachmentKind, Grade, Signals};

use crate::canonical::{Detour, Value};
use crate::malformed::{Flaw, Malformed};
use crate::translate::Wire;
use crate::wire;

plain_enum! { Grade = wire::Grade { A, B, C, D } }

plain_enum! { AttachmentKind = wire::AttachmentKind { Photo, Paper, Document } }

message! { Attachment = wire::Attachment {
    kind: plain(kind),
    sha256: plain(sha256),
    made_at_us: plain(made_at),
    made_in: plain(made_in),
} }

impl Wire for Signals {
    type Form = wire::Signals;

    fn to_wire(&self) -> wire::Signals {
        wire::Signals { bits: self.bits().to_wire() }
    }

    fn from_wire(form: wire::Signals) -> Result<Self, Malformed> {
        let bits = u16::from_wire(form.bits)?;
        Self::from_bits(bits).ok_or_else(|| Flaw::OutOfRange.into())
    }

    fn read(value: Value<'_>) -> Result<Self, Detour> {
        read_fields!(value, wire::Signals { bits: plain(bits) });
        Self::from_bits(bits).ok_or(Detour)
    }
}
