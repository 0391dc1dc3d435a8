//! Quantities and counts as scalars; a field's name on the wire bears the unit.

use linli_domain::Position;
use linli_domain::contribution::Difficulty;
use linli_domain::quantity::{Fen, Merit, Minutes, Points};
use linli_domain::rules::RuleVersion;

use crate::canonical::{Detour, Value};
use crate::malformed::{Flaw, Malformed};
use crate::translate::Wire;

/// Scalars that any number of the wire's type can become.
macro_rules! scalars {
    ($($domain:ty = $form:ty, |$to:ident| $out:expr, |$from:ident| $in:expr;)+) => {$(
        impl Wire for $domain {
            type Form = $form;

            fn to_wire(&self) -> $form {
                let $to = *self;
                $out
            }

            fn from_wire($from: $form) -> Result<Self, Malformed> {
                Ok($in)
            }

            fn read(value: Value<'_>) -> Result<Self, Detour> {
                let $from = value.number()?;
                Ok($in)
            }
        }
    )+};
}

scalars! {
    bool = bool, |flag| flag, |flag| flag;
    u32 = u32, |count| count, |count| count;
    u64 = u64, |count| count, |count| count;
    i64 = i64, |count| count, |count| count;
    i32 = i32, |number| number, |number| number;
    Points = i64, |points| points.hundredths(), |hundredths| Self::from_hundredths(hundredths);
    Merit = i64, |merit| merit.hundredths(), |hundredths| Self::from_hundredths(hundredths);
    Fen = i64, |fen| fen.hundredths(), |fen| Self::from_hundredths(fen);
    Minutes = u32, |minutes| minutes.get(), |minutes| Self::new(minutes);
    Position = u64, |position| position.0, |place| Self(place);
    RuleVersion = u32, |version| version.0, |version| Self(version);
}

/// Counts that are narrower than the wire's type.
macro_rules! narrow {
    ($($domain:ty = $form:ty;)+) => {$(
        impl Wire for $domain {
            type Form = $form;

            fn to_wire(&self) -> $form {
                <$form>::from(*self)
            }

            fn from_wire(form: $form) -> Result<Self, Malformed> {
                Self::try_from(form).map_err(|_| Flaw::OutOfRange.into())
            }

            fn read(value: Value<'_>) -> Result<Self, Detour> {
                Self::try_from(value.number::<$form>()?).map_err(|_| Detour)
            }
        }
    )+};
}

narrow! {
    u8 = u32;
    u16 = u32;
}

newtype! { Difficulty = u8 }

impl Wire for usize {
    type Form = u64;

    fn to_wire(&self) -> u64 {
        u64::try_from(*self).unwrap_or(u64::MAX)
    }

    fn from_wire(form: u64) -> Result<Self, Malformed> {
        Self::try_from(form).map_err(|_| Flaw::OutOfRange.into())
    }

    fn read(value: Value<'_>) -> Result<Self, Detour> {
        Self::try_from(value.number::<u64>()?).map_err(|_| Detour)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn amounts_read_back_what_they_write(hundredths: i64, count: u32) {
            let (points, merit) = (Points::from_hundredths(hundredths), Merit::from_hundredths(hundredths));
            prop_assert_eq!(Points::from_wire(points.to_wire()), Ok(points));
            prop_assert_eq!(Merit::from_wire(merit.to_wire()), Ok(merit));
            let fen = Fen::from_hundredths(hundredths);
            prop_assert_eq!(Fen::from_wire(fen.to_wire()), Ok(fen));
            let minutes = Minutes::new(count);
            prop_assert_eq!(Minutes::from_wire(minutes.to_wire()), Ok(minutes));
        }
    }

    #[test]
    fn a_count_that_does_not_fit_is_refused() {
        assert_eq!(u16::from_wire(65_536), Err(Flaw::OutOfRange.into()));
        assert_eq!(u8::from_wire(256), Err(Flaw::OutOfRange.into()));
    }
}
