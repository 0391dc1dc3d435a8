//! Reading canonical bytes straight into the domain's types, with no message in between.
//!
//! Protobuf has many encodings of one message, and our encoder writes one of them: the fields in the
//! order of their numbers, numbers as short as they can be, no default spelled out, nothing unknown.
//! That one is read here and nothing else is, so whoever has read a record in this short way knows
//! that its encoder would write the very same bytes. All else takes the long way, by the generated
//! messages, which says what is wrong, if anything is: here there is only a [`Detour`].
//!
//! | what | why it is the only one |
//! |---|---|
//! | [`Input::take`] | asks for the fields of a table one after the other: their numbers ascend, which is checked when the program is made |
//! | [`Input::end`] | what no field asked for is unknown, out of order, or there twice |
//! | [`varint`] | the shortest number alone, and none past its field's width |
//! | [`Wire::read_field`](crate::translate::Wire::read_field) | a default is absent |
//!
//! The fields' numbers are generated beside the messages, by their names there, so that the tables
//! of the nouns serve both ways.

/// How a field lies in the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Bool,
    Uint32,
    Uint64,
    /// An enum's, too.
    Int32,
    Sint32,
    Sint64,
    /// Of either sign.
    Fixed64,
    /// Text, bytes or a message: behind its length.
    Bytes,
    /// Numbers one after the other, behind the length of all.
    Packed(&'static Self),
}

/// A field of a message, or a variant of a oneof.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    name: &'static str,
    number: u16,
    encoding: Encoding,
}

/// The fields of a message, or the variants of a oneof.
pub(crate) trait Shape {
    const FIELDS: &'static [Field];
}

/// The short way ends here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Detour;

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    /// Sixty-four bits, whose sign is the field's business.
    Number(u64),
    Bytes(&'a [u8]),
}

/// The bytes of a message that were not taken yet.
#[derive(Debug)]
pub(crate) struct Input<'a>(&'a [u8]);

impl Field {
    pub(crate) const fn new(name: &'static str, number: u16, encoding: Encoding) -> Self {
        Self { name, number, encoding }
    }

    /// What an absent field says.
    pub(crate) const fn default(self) -> Value<'static> {
        match self.encoding {
            Encoding::Bytes | Encoding::Packed(_) => Value::Bytes(&[]),
            Encoding::Bool
            | Encoding::Uint32
            | Encoding::Uint64
            | Encoding::Int32
            | Encoding::Sint32
            | Encoding::Sint64
            | Encoding::Fixed64 => Value::Number(0),
        }
    }

    /// Number and wire type, as they stand before the value.
    const fn key(self) -> u16 {
        let wire_type = match self.encoding {
            Encoding::Bool
            | Encoding::Uint32
            | Encoding::Uint64
            | Encoding::Int32
            | Encoding::Sint32
            | Encoding::Sint64 => 0,
            Encoding::Fixed64 => 1,
            Encoding::Bytes | Encoding::Packed(_) => 2,
        };
        self.number << 3 | wire_type
    }
}

/// The field of this name. Asked when the program is made, and there is one or it is not made.
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    reason = "evaluated by the compiler alone, where an iterator can't be"
)]
pub(crate) const fn field<T: Shape>(name: &str) -> Field {
    let mut at = 0;
    while at < T::FIELDS.len() {
        if is_same(T::FIELDS[at].name, name) {
            return T::FIELDS[at];
        }
        at += 1;
    }
    panic!("the message has no such field")
}

/// Holds a table to the order in which its fields are written.
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    reason = "evaluated by the compiler alone, where an iterator can't be"
)]
pub(crate) const fn ascending<T: Shape>(names: &[&str]) {
    let mut at = 1;
    while at < names.len() {
        if field::<T>(names[at - 1]).number >= field::<T>(names[at]).number {
            panic!("the table's fields are not in the order of their numbers");
        }
        at += 1;
    }
}

#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "evaluated by the compiler alone, where an iterator can't be"
)]
const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

impl<'a> Value<'a> {
    /// Is it what an absent field says?
    pub(crate) const fn is_default(self) -> bool {
        matches!(self, Self::Number(0) | Self::Bytes([]))
    }

    pub(crate) fn number<T: Scalar>(self) -> Result<T, Detour> {
        match self {
            Self::Number(bits) => T::of_bits(bits),
            Self::Bytes(_) => Err(Detour),
        }
    }

    pub(crate) const fn bytes(self) -> Result<&'a [u8], Detour> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::Number(_) => Err(Detour),
        }
    }

    pub(crate) fn text(self) -> Result<&'a str, Detour> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Detour)
    }

    /// The message inside.
    pub(crate) fn message(self) -> Result<Input<'a>, Detour> {
        self.bytes().map(Input)
    }
}

impl<'a> Input<'a> {
    /// The field's value, if it comes next.
    #[inline]
    pub(crate) fn take(&mut self, field: Field) -> Result<Option<Value<'a>>, Detour> {
        let [low, high] = field.key().to_le_bytes();
        let rest = match self.0 {
            [key, rest @ ..] if field.number < 16 && *key == low => rest,
            [key, more, rest @ ..]
                if field.number >= 16
                    && *key == low | 0x80
                    && u16::from(*more) == u16::from_le_bytes([low, high]) >> 7 =>
            {
                rest
            }
            _ => return Ok(None),
        };
        let (value, rest) = value(field.encoding, rest)?;
        self.0 = rest;
        Ok(Some(value))
    }

    /// The values of all fields of this number that come next: in one piece, or each by itself.
    #[inline]
    pub(crate) fn each(
        &mut self,
        field: Field,
        mut take: impl FnMut(Value<'a>) -> Result<(), Detour>,
    ) -> Result<(), Detour> {
        while let Some(one) = self.take(field)? {
            let Encoding::Packed(of) = field.encoding else {
                take(one)?;
                continue;
            };
            let (mut rest, is_last) = (one.bytes()?, self.take(field)?.is_none());
            if rest.is_empty() || !is_last {
                return Err(Detour);
            }
            while !rest.is_empty() {
                let (number, after) = value(*of, rest)?;
                take(number)?;
                rest = after;
            }
        }
        Ok(())
    }

    /// There is nothing more.
    pub(crate) const fn end(&self) -> Result<(), Detour> {
        if self.0.is_empty() { Ok(()) } else { Err(Detour) }
    }
}

/// The value at the start of bytes, and what follows it.
#[inline]
fn value(encoding: Encoding, bytes: &[u8]) -> Result<(Value<'_>, &[u8]), Detour> {
    if let Encoding::Fixed64 = encoding {
        let (fixed, rest) = bytes.split_first_chunk().ok_or(Detour)?;
        return Ok((Value::Number(u64::from_le_bytes(*fixed)), rest));
    }
    let (bits, rest) = varint(bytes)?;
    let fits = match encoding {
        Encoding::Bool => bits <= 1,
        Encoding::Uint32 | Encoding::Sint32 => bits <= u64::from(u32::MAX),
        Encoding::Int32 => i32::try_from(bits.cast_signed()).is_ok(),
        Encoding::Uint64
        | Encoding::Sint64
        | Encoding::Fixed64
        | Encoding::Bytes
        | Encoding::Packed(_) => true,
    };
    if !fits {
        return Err(Detour);
    }
    match encoding {
        Encoding::Bytes | Encoding::Packed(_) => {
            let length = usize::try_from(bits).map_err(|_| Detour)?;
            let (bytes, rest) = rest.split_at_checked(length).ok_or(Detour)?;
            Ok((Value::Bytes(bytes), rest))
        }
        // Zigzag: the sign is the lowest bit.
        Encoding::Sint32 | Encoding::Sint64 => {
            Ok((Value::Number((bits >> 1) ^ (bits & 1).wrapping_neg()), rest))
        }
        Encoding::Bool
        | Encoding::Uint32
        | Encoding::Uint64
        | Encoding::Int32
        | Encoding::Fixed64 => Ok((Value::Number(bits), rest)),
    }
}

/// A number of seven bits a byte, lowest first, in no more bytes than it takes.
#[inline]
fn varint(bytes: &[u8]) -> Result<(u64, &[u8]), Detour> {
    match bytes {
        [only, rest @ ..] if *only < 0x80 => Ok((u64::from(*only), rest)),
        _ => longer(bytes),
    }
}

fn longer(bytes: &[u8]) -> Result<(u64, &[u8]), Detour> {
    let (mut bits, mut shift, mut rest) = (0_u64, 0_u32, bytes);
    while let [byte, after @ ..] = rest {
        let seven = u64::from(byte & 0x7f);
        // The tenth byte has room for one bit alone.
        if seven.leading_zeros() < shift {
            return Err(Detour);
        }
        bits |= seven.checked_shl(shift).ok_or(Detour)?;
        shift = shift.saturating_add(7);
        rest = after;
        if *byte < 0x80 {
            let is_padded = *byte == 0;
            return if is_padded { Err(Detour) } else { Ok((bits, rest)) };
        }
    }
    Err(Detour)
}

/// A number in the generated messages.
pub(crate) trait Scalar: Sized {
    fn of_bits(bits: u64) -> Result<Self, Detour>;
}

impl Scalar for u64 {
    fn of_bits(bits: u64) -> Result<Self, Detour> {
        Ok(bits)
    }
}

impl Scalar for i64 {
    fn of_bits(bits: u64) -> Result<Self, Detour> {
        Ok(bits.cast_signed())
    }
}

impl Scalar for u32 {
    fn of_bits(bits: u64) -> Result<Self, Detour> {
        Self::try_from(bits).map_err(|_| Detour)
    }
}

impl Scalar for i32 {
    fn of_bits(bits: u64) -> Result<Self, Detour> {
        Self::try_from(bits.cast_signed()).map_err(|_| Detour)
    }
}

impl Scalar for bool {
    fn of_bits(bits: u64) -> Result<Self, Detour> {
        match bits {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Detour),
        }
    }
}
