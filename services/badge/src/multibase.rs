//! Multibase: bytes as text that says how it is written. Keys and signatures are `z`, base 58 as
//! Bitcoin writes it.

/// The digits, in order.
const DIGITS: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Longer than every key and signature: reading takes the square of it.
const TEXT_MAX: usize = 256;

/// A text that is no such form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not base 58 with a z before it")]
pub struct InvalidMultibase;

/// Bytes as `z…`.
#[must_use]
pub fn to_multibase(bytes: &[u8]) -> String {
    // Digits, the least first.
    let mut digits: Vec<u8> = Vec::new();
    for byte in bytes {
        let mut carry = u32::from(*byte);
        for digit in &mut digits {
            carry = carry.saturating_add(u32::from(*digit) << 8);
            *digit = low(carry % 58);
            carry /= 58;
        }
        while carry > 0 {
            digits.push(low(carry % 58));
            carry /= 58;
        }
    }
    let zeros = bytes.iter().take_while(|byte| **byte == 0).map(|_| 0);
    let letter = |digit: u8| char::from(DIGITS.get(usize::from(digit)).copied().unwrap_or(b'1'));
    std::iter::once('z').chain(zeros.chain(digits.iter().rev().copied()).map(letter)).collect()
}

/// The bytes of `z…`.
///
/// # Errors
///
/// [`InvalidMultibase`]
pub fn from_multibase(text: &str) -> Result<Vec<u8>, InvalidMultibase> {
    let text = text.strip_prefix('z').filter(|text| text.len() <= TEXT_MAX);
    let text = text.ok_or(InvalidMultibase)?.as_bytes();
    // Bytes, the least first.
    let mut bytes: Vec<u8> = Vec::new();
    for letter in text {
        let place = DIGITS.iter().position(|digit| digit == letter).ok_or(InvalidMultibase)?;
        let mut carry = u32::try_from(place).map_err(|_| InvalidMultibase)?;
        for byte in &mut bytes {
            carry = carry.saturating_add(u32::from(*byte).saturating_mul(58));
            *byte = low(carry & 0xff);
            carry >>= 8;
        }
        while carry > 0 {
            bytes.push(low(carry & 0xff));
            carry >>= 8;
        }
    }
    bytes.extend(text.iter().take_while(|letter| **letter == b'1').map(|_| 0));
    bytes.reverse();
    Ok(bytes)
}

fn low(number: u32) -> u8 {
    u8::try_from(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of draft-msporny-base58, section 5.
    #[test]
    fn it_reads_what_others_write() {
        for (bytes, text) in [
            (&b"Hello World!"[..], "z2NEpo7TZRRrLZSi2U"),
            (
                b"The quick brown fox jumps over the lazy dog.",
                "zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
            ),
            (&[0, 0, 0x28, 0x7f, 0xb4, 0xcd], "z11233QC4"),
            (&[], "z"),
        ] {
            assert_eq!(to_multibase(bytes), text);
            assert_eq!(from_multibase(text).unwrap(), bytes);
        }
        for wrong in ["", "2NEpo7TZRRrLZSi2U", "z0", "zl", "uAAAA", "z 2"] {
            assert_eq!(from_multibase(wrong), Err(InvalidMultibase), "{wrong}");
        }
    }
}
