//! Card codes as they are printed: seven Crockford base-32 characters and one that checks them.
//! The printer of the cards knows the rule of the check character, as any issuer has to.

use linli_api::Card;

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Only so many bits of a serial number count.
const SERIAL_BITS: u32 = 35;

/// The code of the card with this serial number.
pub(super) fn code(serial: u64) -> Card {
    let serial = serial & ((1_u64 << SERIAL_BITS) - 1);
    let digit = |place: u32| (serial >> place.saturating_mul(5)) & 31;
    let check = (0..7_u32).fold(0_u64, |sum, place| {
        let weight = u64::from(place.saturating_mul(2).saturating_add(3));
        sum.wrapping_add(digit(place).wrapping_mul(weight)) & 31
    });
    let digits = (0..7_u32).rev().map(digit).chain([check]);
    let character = |digit: u64| {
        let at = usize::try_from(digit).unwrap_or_default();
        char::from(CROCKFORD.get(at).copied().unwrap_or(b'0'))
    };
    Card::from(digits.map(character).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_that_the_ledger_takes() {
        // From the core: `CardCode::from_serial(n)`.
        for (serial, expected) in [(0, "00000000"), (1, "00000013"), (31, "000000ZX")] {
            assert_eq!(code(serial).as_str(), expected);
        }
    }
}
