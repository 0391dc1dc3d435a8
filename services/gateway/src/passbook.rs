//! Receipt codes of a passbook: short enough to be typed from paper, and nobody's guess.
//!
//! A code names a record by its position and holds fifty bits of SHA-256 over the resident and the
//! record's bytes. Those who have the log can make it again without a secret; those who have only
//! the tree's hashes, which are public, can't, and neither can who knows a code make another.

use std::fmt;

use linli_domain::id::ResidentId;
use linli_domain::posting::Account;
use linli_domain::{Position, Record};
use sha2::{Digest as _, Sha256};

use crate::crockford::{from_digits, to_digits, typed};

/// What is hashed first, so that the hash is good for nothing else.
const PURPOSE: &[u8] = b"linli passbook line v1\n";

/// Ten digits of five bits.
const TAG_DIGITS: usize = 10;
const TAG_BITS: u32 = 50;

/// A receipt code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    /// Which record.
    pub(crate) position: Position,
    tag: u64,
}

impl Code {
    /// The code of a record, for one of the residents whose points it moves.
    pub(crate) fn of(position: Position, resident: ResidentId, record: &[u8]) -> Self {
        let hash = Sha256::new()
            .chain_update(PURPOSE)
            .chain_update(format!("{resident}\n"))
            .chain_update(record)
            .finalize();
        let first = hash.iter().take(8).fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        Self { position, tag: first >> (u64::BITS - TAG_BITS) }
    }

    /// What somebody typed, if it can be a code: either case, with or without hyphens.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let digits: Vec<char> = typed(text).collect();
        let (position, tag) = digits.split_at_checked(digits.len().checked_sub(TAG_DIGITS)?)?;
        let position = from_digits(position).filter(|position| *position > 0)?;
        Some(Self { position: Position(position), tag: from_digits(tag)? })
    }

    /// Whose line it is, if the record is the one that it was made of.
    pub(crate) fn owner(self, record: &Record, bytes: &[u8]) -> Option<ResidentId> {
        record.postings.iter().find_map(|posting| {
            let Account::Available(resident) = posting.account else { return None };
            (Self::of(self.position, resident, bytes) == self).then_some(resident)
        })
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tag = to_digits(self.tag, TAG_DIGITS);
        let (first, rest) = tag.split_at(TAG_DIGITS / 2);
        write!(f, "{}-{first}-{rest}", to_digits(self.position.0, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(position: u64, resident: u128, record: &[u8]) -> Code {
        Code::of(Position(position), ResidentId::from_number(resident), record)
    }

    /// Made by other hands, as `docs/auditing.md` tells.
    #[test]
    fn a_code_is_made_as_the_document_says() {
        assert_eq!(code(48_211, 1, b"record").to_string(), "1F2K-7099M-0RCS2");
    }

    #[test]
    fn what_is_printed_can_be_typed() {
        for position in [1, 31, 32, 1_000_000, u64::MAX] {
            let made = code(position, 7, b"record");
            let text = made.to_string();
            assert_eq!(Code::read(&text), Some(made), "{text}");
            let typed = text.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            assert_eq!(Code::read(&typed), Some(made), "{typed}");
        }
        for wrong in ["", "1F2K", "8Q3ZT-0M7WC", "0-8Q3ZT-0M7WC", "1-8Q3ZT-0M7WU", "邻-8Q3ZT-0M7WC"]
        {
            assert_eq!(Code::read(wrong), None, "{wrong}");
        }
        let far = format!("{}8Q3ZT0M7WC", "Z".repeat(13));
        assert_eq!(Code::read(&far), None, "past any position");
    }

    #[test]
    fn another_record_resident_or_position_has_another_code() {
        let made = code(5, 7, b"record");
        for other in [code(6, 7, b"record"), code(5, 8, b"record"), code(5, 7, b"recorD")] {
            assert_ne!(other, made);
        }
    }
}
