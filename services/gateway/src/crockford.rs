//! Bytes as people can copy them: Crockford's base 32, of which no digit is taken for another.

/// The digits.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Five bytes are eight digits.
const GROUP_BYTES: usize = 5;
const GROUP_DIGITS: usize = 8;

/// The digits of some bytes; what is over a multiple of five bytes is left out.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().saturating_mul(2));
    for group in bytes.chunks_exact(GROUP_BYTES) {
        let bits = group.iter().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        for place in [35, 30, 25, 20, 15, 10, 5, 0] {
            let digit = usize::try_from((bits >> place) & 31).ok().and_then(|at| DIGITS.get(at));
            text.extend(digit.map(|digit| char::from(*digit)));
        }
    }
    text
}

/// The digits in groups of four.
pub(crate) fn encode_spaced(bytes: &[u8]) -> String {
    let mut spaced = String::new();
    for (place, digit) in encode(bytes).chars().enumerate() {
        if place > 0 && place.is_multiple_of(4) {
            spaced.push('-');
        }
        spaced.push(digit);
    }
    spaced
}

/// What somebody typed, as its digits: either case, blanks and hyphens anywhere, O for 0, I and L
/// for 1. What is no digit stays what it is.
pub(crate) fn typed(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|it| !it.is_whitespace() && *it != '-').map(|character| {
        match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        }
    })
}

/// The bytes of what somebody typed or scanned, if it is so many.
pub(crate) fn decode<const BYTES: usize>(text: &str) -> Option<[u8; BYTES]> {
    let mut bytes = Vec::with_capacity(BYTES);
    let (mut bits, mut digits) = (0_u64, 0_usize);
    for character in typed(text) {
        let digit = DIGITS.iter().position(|known| char::from(*known) == character)?;
        bits = (bits << 5) | u64::try_from(digit).ok()?;
        digits = digits.saturating_add(1);
        if digits.is_multiple_of(GROUP_DIGITS) {
            bytes.extend(bits.to_be_bytes().iter().skip(3));
            bits = 0;
        }
        if bytes.len() > BYTES {
            return None;
        }
    }
    if digits.is_multiple_of(GROUP_DIGITS) { bytes.try_into().ok() } else { None }
}

/// A number in so many digits at least.
pub(crate) fn to_digits(number: u64, least: usize) -> String {
    let (mut rest, mut digits) = (number, Vec::new());
    while rest > 0 || digits.len() < least {
        let digit = usize::try_from(rest & 31).ok().and_then(|at| DIGITS.get(at));
        digits.extend(digit.map(|digit| char::from(*digit)));
        rest >>= 5;
    }
    digits.into_iter().rev().collect()
}

/// The number of some [`typed`] digits, at least one, if it is one of 64 bits.
pub(crate) fn from_digits(digits: &[char]) -> Option<u64> {
    digits.first()?;
    digits.iter().try_fold(0_u64, |number, typed| {
        let digit = DIGITS.iter().position(|known| char::from(*known) == *typed)?;
        number.checked_mul(32)?.checked_add(u64::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let bytes: [u8; 15] = std::array::from_fn(|at| u8::try_from(at).unwrap().wrapping_mul(17));
        let text = encode(&bytes);
        assert_eq!(text.len(), 24);
        assert_eq!(decode(&text), Some(bytes));
        assert_eq!(decode(&encode_spaced(&bytes).to_lowercase()), Some(bytes));
        assert_eq!(decode(&text.replace('0', "o").replace('1', "L")), Some(bytes));
        for wrong in [&text[..23], &text[..16], &format!("{text}{text}"), &text.replace('0', "U")] {
            assert_eq!(decode::<15>(wrong), None, "{wrong}");
        }
    }
}
