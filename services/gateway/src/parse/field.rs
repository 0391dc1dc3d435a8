//! Single fields.

use std::str::FromStr;

use linli_api::{Amount, Bilingual as ApiBilingual, Card, Id, Instant};
use linli_domain::Noun;
use linli_domain::id::InvalidId;
use linli_domain::quantity::{Fen, InvalidAmount, Points};
use linli_domain::text::{Bilingual, CardCode, InvalidText, Name};
use linli_domain::time::Timestamp;

use crate::problem::{Kind, Problem, unknown};

/// An id in a path. What is no id names nothing.
pub(crate) trait Path: Sized {
    /// Reads it.
    fn from_path(text: &str, noun: Noun) -> Result<Self, Problem>;
}

impl<T: FromStr<Err = InvalidId>> Path for T {
    fn from_path(text: &str, noun: Noun) -> Result<Self, Problem> {
        text.parse().map_err(|_| unknown(noun))
    }
}

/// An id in a body or a query.
pub(crate) fn id<T: FromStr<Err = InvalidId>>(field: &'static str, id: &Id) -> Result<T, Problem> {
    id.as_str().parse().map_err(|_| wrong(Kind::InvalidId, field, id.as_str()))
}

/// An id that need not be told.
pub(crate) fn told_id<T: FromStr<Err = InvalidId>>(
    field: &'static str,
    told: Option<&Id>,
) -> Result<Option<T>, Problem> {
    told.map(|told| id(field, told)).transpose()
}

/// The id of something new: as given, or minted.
pub(crate) fn own_id<T: FromStr<Err = InvalidId>>(
    field: &'static str,
    given: Option<&Id>,
    from_number: fn(u128) -> T,
) -> Result<T, Problem> {
    given.map_or_else(|| Ok(minted(from_number)), |given| id(field, given))
}

/// A new id.
fn minted<T>(from_number: fn(u128) -> T) -> T {
    from_number(ulid::Ulid::generate().0)
}

/// Points.
pub(crate) fn amount_points(field: &'static str, amount: &Amount) -> Result<Points, Problem> {
    Points::parse(amount.as_str()).map_err(|reason| wrong_amount(reason, field, amount))
}

/// Money.
pub(crate) fn amount_fen(field: &'static str, amount: &Amount) -> Result<Fen, Problem> {
    Fen::parse(amount.as_str()).map_err(|reason| wrong_amount(reason, field, amount))
}

fn wrong_amount(reason: InvalidAmount, field: &'static str, amount: &Amount) -> Problem {
    let kind = match reason {
        InvalidAmount::Malformed => Kind::InvalidAmount,
        InvalidAmount::TooPrecise => Kind::AmountTooPrecise,
        InvalidAmount::Negative => Kind::NegativeAmount,
        InvalidAmount::TooLarge => Kind::AmountAboveLimit,
    };
    wrong(kind, field, amount.as_str())
}

/// An instant, cut to microseconds.
pub(crate) fn instant(field: &'static str, instant: &Instant) -> Result<Timestamp, Problem> {
    let parsed: Result<jiff::Timestamp, _> = instant.as_str().parse();
    parsed
        .map(|at| Timestamp::from_microseconds(at.as_microsecond()))
        .map_err(|_| wrong(Kind::InvalidTime, field, instant.as_str()))
}

/// A card's code.
pub(crate) fn card(field: &'static str, card: &Card) -> Result<CardCode, Problem> {
    card.as_str().parse().map_err(|_| wrong(Kind::InvalidCard, field, card.as_str()))
}

/// A name in both languages.
pub(crate) fn name(name: &ApiBilingual) -> Result<Bilingual, Problem> {
    Ok(Bilingual {
        zh: text("name.zh", &name.zh, Name::new)?,
        en: text("name.en", &name.en, Name::new)?,
    })
}

/// Another text of the domain.
pub(crate) fn text<T>(
    field: &'static str,
    text: &str,
    new: fn(&str) -> Result<T, InvalidText>,
) -> Result<T, Problem> {
    new(text).map_err(|reason| {
        let (zh, en) = match reason {
            InvalidText::Length { least, most } => (
                format!("{field} 须为 {least} 至 {most} 个字符。"),
                format!("`{field}` has to be {least} to {most} characters long."),
            ),
            InvalidText::Character(stranger) => (
                format!("{field} 含有不允许的字符 {stranger:?}。"),
                format!("`{field}` can't hold {stranger:?}."),
            ),
            InvalidText::Check => {
                (format!("{field} 校验有误。"), format!("`{field}` doesn't check."))
            }
        };
        Problem::new(Kind::InvalidText, zh, en).with("field", field)
    })
}

/// Texts shown back to the sender are cut to this many characters.
const SHOWN_CHARACTERS_MAX: usize = 64;

fn wrong(kind: Kind, field: &'static str, found: &str) -> Problem {
    let shown: String = found.chars().take(SHOWN_CHARACTERS_MAX).collect();
    let advice = kind.advice();
    Problem::new(kind, format!("{field}:{}", advice.zh), format!("`{field}`: {}", advice.en))
        .with("field", field)
        .with("found", shown)
}

/// A SHA-256 in hexadecimal digits.
pub(super) fn sha256(field: &'static str, text: &str) -> Result<[u8; 32], Problem> {
    hash_bytes(text).ok_or_else(|| wrong(Kind::InvalidHash, field, text))
}

/// The bytes of 64 hexadecimal digits in lower case.
pub(crate) fn hash_bytes(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 || !digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn a_wrong_amount_names_its_field_and_its_kind() {
        for (text, expected) in [
            ("12.50", "1250"),
            ("0", "0"),
            ("10000000", "1000000000"),
            ("", "/problems/invalid-amount"),
            ("12,50", "/problems/invalid-amount"),
            ("1e3", "/problems/invalid-amount"),
            ("+1", "/problems/invalid-amount"),
            (" 1", "/problems/invalid-amount"),
            ("NaN", "/problems/invalid-amount"),
            ("-1", "/problems/negative-amount"),
            ("-0.01", "/problems/negative-amount"),
            ("1.005", "/problems/amount-too-precise"),
            ("10000000.01", "/problems/amount-above-limit"),
            ("99999999999999999999999999", "/problems/amount-above-limit"),
        ] {
            let found = amount_points("price", &text.into()).map_or_else(
                |problem| {
                    let document = problem.document(Language::English);
                    assert_eq!(document.figures["field"], "price", "{text}");
                    document.kind
                },
                |points| points.hundredths().to_string(),
            );
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn instants_are_cut_to_microseconds_and_need_an_offset() {
        for (text, expected) in [
            ("1970-01-01T00:00:01Z", Some(1_000_000)),
            ("1970-01-01T08:00:00.0000019+08:00", Some(1)),
            ("2025-03-05T19:30:00", None),
            ("2025-03-05", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(
                instant("at", &text.into()).ok().map(Timestamp::microseconds),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn hashes_are_lower_case_hexadecimal() {
        let good = "0f".repeat(32);
        assert_eq!(sha256("sha256", &good).unwrap(), [15; 32]);
        for text in ["", "0f", &good.to_uppercase(), &good.replace('0', "é"), &"+f".repeat(32)] {
            assert!(sha256("sha256", text).is_err(), "{text}");
        }
    }
}
