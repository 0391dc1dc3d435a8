//! Decimals, digit for digit: the scale is part of the state's canonical bytes, so 1.5 and 1.50
//! have to stay apart, and so has a zero below zero.

use rust_decimal::Decimal;

use crate::canonical::{Detour, Value};
use crate::malformed::{Flaw, Malformed};
use crate::translate::Wire;
use crate::wire;

impl Wire for Decimal {
    type Form = wire::Decimal;

    fn to_wire(&self) -> wire::Decimal {
        let digits = self.unpack();
        wire::Decimal {
            low: (u64::from(digits.mid) << 32) | u64::from(digits.lo),
            high: digits.hi,
            scale: digits.scale,
            negative: digits.negative,
        }
    }

    fn from_wire(form: wire::Decimal) -> Result<Self, Malformed> {
        if form.scale > Self::MAX_SCALE {
            return Err(Malformed::new("scale", Flaw::OutOfRange));
        }
        let half = |bits: u64| u32::try_from(bits & u64::from(u32::MAX)).unwrap_or_default();
        let (low, mid) = (half(form.low), half(form.low >> 32));
        let mut decimal = Self::from_parts(low, mid, form.high, form.negative, form.scale);
        // `from_parts` drops the sign of a zero.
        decimal.set_sign_negative(form.negative);
        Ok(decimal)
    }

    fn read(value: Value<'_>) -> Result<Self, Detour> {
        read_fields!(
            value,
            wire::Decimal {
                low: plain(low),
                high: plain(high),
                scale: plain(scale),
                negative: plain(negative)
            }
        );
        Self::from_wire(wire::Decimal { low, high, scale, negative }).map_err(|_| Detour)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use prost::Message as _;

    use super::*;

    fn check(decimal: Decimal) {
        let bytes = decimal.to_wire().encode_to_vec();
        let form = wire::Decimal::decode(bytes.as_slice()).unwrap();
        // The sixteen bytes, not `==`, for which 1.5 is 1.50.
        assert_eq!(Decimal::from_wire(form).unwrap().serialize(), decimal.serialize(), "{decimal}");
    }

    proptest! {
        #[test]
        fn a_decimal_reads_back_what_it_writes(
            low: u32, mid: u32, high: u32, negative: bool, scale in 0..=Decimal::MAX_SCALE,
        ) {
            check(Decimal::from_parts(low, mid, high, negative, scale));
        }
    }

    #[test]
    fn the_edges_read_back() {
        let mut below_zero = Decimal::ZERO;
        below_zero.set_sign_negative(true);
        for decimal in [Decimal::ZERO, below_zero, Decimal::MAX, Decimal::MIN, Decimal::new(150, 2)]
        {
            check(decimal);
        }
        let beyond = wire::Decimal { scale: 29, ..wire::Decimal::default() };
        assert_eq!(Decimal::from_wire(beyond), Err(Malformed::new("scale", Flaw::OutOfRange)));
    }
}
