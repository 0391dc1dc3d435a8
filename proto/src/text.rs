//! Texts, checked on the way in as everywhere.

use bytes::Bytes;
use linli_domain::IdempotencyKey;
use linli_domain::text::{ActCode, Bilingual, CardCode, Code, Name, Reference};

use crate::canonical::{Detour, Value};
use crate::malformed::{Flaw, Malformed};
use crate::translate::Wire;
use crate::wire;

macro_rules! texts {
    ($($name:ident),+ $(,)?) => {$(
        impl Wire for $name {
            type Form = String;

            fn to_wire(&self) -> String {
                self.as_str().to_owned()
            }

            fn from_wire(form: String) -> Result<Self, Malformed> {
                Self::new(&form).map_err(|invalid| Flaw::Text(invalid).into())
            }

            fn read(value: Value<'_>) -> Result<Self, Detour> {
                Self::new(value.text()?).map_err(|_| Detour)
            }
        }
    )+};
}

texts!(Name, Code, ActCode, Reference, IdempotencyKey);

message! { Bilingual = wire::Bilingual { zh: plain(zh), en: plain(en) } }

impl Wire for CardCode {
    type Form = u64;

    fn to_wire(&self) -> u64 {
        self.number()
    }

    fn from_wire(form: u64) -> Result<Self, Malformed> {
        Self::from_number(form).map_err(|invalid| Flaw::Text(invalid).into())
    }

    fn read(value: Value<'_>) -> Result<Self, Detour> {
        Self::from_number(value.number()?).map_err(|_| Detour)
    }
}

/// A SHA-256.
impl Wire for [u8; 32] {
    type Form = Bytes;

    fn to_wire(&self) -> Bytes {
        Bytes::copy_from_slice(self)
    }

    fn from_wire(form: Bytes) -> Result<Self, Malformed> {
        Self::try_from(form.as_ref()).map_err(|_| Flaw::OutOfRange.into())
    }

    fn read(value: Value<'_>) -> Result<Self, Detour> {
        Self::try_from(value.bytes()?).map_err(|_| Detour)
    }
}
