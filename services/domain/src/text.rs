//! The few texts that may stand in the log: names of places and things, codes, references.
//! Never a person's name, and never free text about one.

use borsh::{BorshDeserialize, BorshSerialize};
use thiserror::Error;

/// Why a text was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum InvalidText {
    /// Empty or too long; the bounds are in characters.
    #[error("has to be {least} to {most} characters long")]
    Length {
        /// The fewest characters.
        least: usize,
        /// The most characters.
        most: usize,
    },
    /// A character that has no place in it.
    #[error("holds the character {0:?}, which has no place there")]
    Character(char),
    /// The last character of a card code doesn't check.
    #[error("has a wrong check character: one character was misread or two were swapped")]
    Check,
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident, $most:literal, $allowed:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
        pub struct $name(Box<str>);

        impl $name {
            /// Takes the text if it fits.
            ///
            /// # Errors
            ///
            /// Says the allowed length or the character that doesn't belong.
            pub fn new(text: &str) -> Result<Self, InvalidText> {
                check(text, $most, $allowed).map(|()| Self(text.into()))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidText;

            fn from_str(text: &str) -> Result<Self, InvalidText> {
                Self::new(text)
            }
        }
    )+};
}

texts! {
    /// The name of a place, a supplier or a thing, in one language.
    Name, 80, |c: char| !c.is_control();
    /// A short name for machines, such as a pool's or a profile's: `street`, `gulou`.
    Code, 32, |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    /// A reference on paper: the number of an order of payment or of a delivery note.
    Reference, 64, |c: char| !c.is_control();
}

fn check(text: &str, most: usize, allowed: impl Fn(char) -> bool) -> Result<(), InvalidText> {
    if !(1..=most).contains(&text.chars().count()) {
        return Err(InvalidText::Length { least: 1, most });
    }
    match text.chars().find(|c| !allowed(*c)) {
        Some(stranger) => Err(InvalidText::Character(stranger)),
        None => Ok(()),
    }
}

/// The code of an act in the rules: `PA-1`, `HZ-F`. Every claim and every award bears one, so it
/// lies where it is, without a place of its own in memory.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActCode {
    /// The characters, and zeroes after them: so codes are in the order of their texts.
    bytes: [u8; Self::BYTES_MAX],
    length: u8,
}

impl ActCode {
    /// The longest code, in bytes and in characters.
    pub const BYTES_MAX: usize = 12;

    /// Takes the text if it fits.
    ///
    /// # Errors
    ///
    /// Says the allowed length or the character that doesn't belong.
    pub fn new(text: &str) -> Result<Self, InvalidText> {
        let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
        check(text, Self::BYTES_MAX, allowed)?;
        let mut bytes = [0; Self::BYTES_MAX];
        bytes.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = byte);
        Ok(Self { bytes, length: u8::try_from(text.len()).unwrap_or_default() })
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let text = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        // They came out of a text of ASCII alone.
        std::str::from_utf8(text).unwrap_or_default()
    }
}

impl std::fmt::Display for ActCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Debug for ActCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self.as_str(), f)
    }
}

impl std::str::FromStr for ActCode {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        Self::new(text)
    }
}

/// As a text, as it always was.
impl BorshSerialize for ActCode {
    fn serialize<W: borsh::io::Write>(&self, writer: &mut W) -> borsh::io::Result<()> {
        self.as_str().serialize(writer)
    }
}

impl BorshDeserialize for ActCode {
    fn deserialize_reader<R: borsh::io::Read>(reader: &mut R) -> borsh::io::Result<Self> {
        let text = String::deserialize_reader(reader)?;
        Self::new(&text)
            .map_err(|flaw| borsh::io::Error::new(borsh::io::ErrorKind::InvalidData, flaw))
    }
}

/// A name in both languages that every page and refusal speaks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct Bilingual {
    /// Chinese.
    pub zh: Name,
    /// English, or the Latin form.
    pub en: Name,
}

/// The code on a resident's card: seven Crockford base-32 characters and one that checks them.
///
/// It names a resident at a counter and proves nothing; a lost card is replaced by another code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub struct CardCode(u64);

const CARD_CHARACTERS: usize = 8;
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl CardCode {
    /// The card with this serial number; only its lower 35 bits count.
    #[must_use]
    pub fn from_serial(serial: u64) -> Self {
        let serial = serial & 0x7_ffff_ffff;
        Self((serial << 5) | card_check(serial))
    }

    /// All 40 bits, check character included.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// A code from its 40 bits.
    ///
    /// # Errors
    ///
    /// If the check character is not the one that belongs to the rest.
    pub fn from_number(number: u64) -> Result<Self, InvalidText> {
        let card = Self::from_serial(number >> 5);
        if card.0 == number { Ok(card) } else { Err(InvalidText::Check) }
    }
}

/// Odd weights are coprime to 32, so a misread character always changes the sum; neighbours have
/// different weights, so most swaps do.
fn card_check(serial: u64) -> u64 {
    const WEIGHTS: [u64; 7] = [3, 5, 7, 9, 11, 13, 15];
    let (_, sum) = WEIGHTS.iter().fold((serial, 0_u64), |(rest, sum), weight| {
        (rest >> 5, sum.wrapping_add((rest & 31).wrapping_mul(*weight)))
    });
    sum & 31
}

impl std::fmt::Display for CardCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const SHIFTS: [u32; CARD_CHARACTERS] = [35, 30, 25, 20, 15, 10, 5, 0];
        SHIFTS.iter().try_for_each(|shift| {
            let digit = usize::try_from((self.0 >> shift) & 31).unwrap_or_default();
            let character = CROCKFORD.get(digit).copied().unwrap_or(b'0');
            write!(f, "{}", char::from(character))
        })
    }
}

impl std::fmt::Debug for CardCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CardCode({self})")
    }
}

impl std::str::FromStr for CardCode {
    type Err = InvalidText;

    /// Reads what a clerk types: either case, blanks and hyphens anywhere, O for 0, I and L for 1.
    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let mut number = 0_u64;
        let mut count = 0_usize;
        for c in text.chars().filter(|c| !matches!(c, ' ' | '-')) {
            let plain = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let digit = CROCKFORD.iter().position(|known| char::from(*known) == plain);
            let digit = digit.ok_or(InvalidText::Character(c))?;
            number = (number << 5) | u64::try_from(digit).unwrap_or_default();
            count = count.saturating_add(1);
            if count > CARD_CHARACTERS {
                break;
            }
        }
        if count != CARD_CHARACTERS {
            return Err(InvalidText::Length { least: CARD_CHARACTERS, most: CARD_CHARACTERS });
        }
        Self::from_number(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_survives_the_counter() {
        let card = CardCode::from_serial(123_456_789);
        let text = card.to_string();
        assert_eq!(text.len(), 8);
        assert_eq!(text.to_lowercase().parse(), Ok(card));
        assert_eq!(format!("{} {}", &text[..4], &text[4..]).parse(), Ok(card));
        for place in 0..8 {
            let mut wrong = text.clone().into_bytes();
            wrong[place] = if wrong[place] == b'7' { b'8' } else { b'7' };
            let wrong = String::from_utf8(wrong).unwrap();
            assert_eq!(wrong.parse::<CardCode>(), Err(InvalidText::Check), "{text} {wrong}");
        }
    }

    #[test]
    fn an_act_code_is_its_text() {
        let texts = ["A", "A-1", "AB", "HZ-F", "PA-1", "ABCDEFGHIJKL"];
        let codes = texts.map(|text| ActCode::new(text).unwrap());
        assert!(codes.is_sorted_by(|one, next| (one < next) == (one.as_str() < next.as_str())));
        for (code, text) in codes.iter().zip(texts) {
            assert_eq!((code.as_str(), format!("{code:?}")), (text, format!("{text:?}")));
            let bytes = borsh::to_vec(code).unwrap();
            assert_eq!(bytes, borsh::to_vec(text).unwrap());
            assert_eq!(borsh::from_slice::<ActCode>(&bytes).unwrap(), *code);
        }
        assert_eq!(ActCode::new("ABCDEFGHIJKLM"), Err(InvalidText::Length { least: 1, most: 12 }));
        assert_eq!(ActCode::new("a"), Err(InvalidText::Character('a')));
    }

    #[test]
    fn texts_keep_their_bounds() {
        assert!(Name::new("丁山社区").is_ok());
        assert_eq!(Name::new(""), Err(InvalidText::Length { least: 1, most: 80 }));
        assert_eq!(Name::new("a\nb"), Err(InvalidText::Character('\n')));
        assert_eq!(Code::new("Street"), Err(InvalidText::Character('S')));
    }
}
