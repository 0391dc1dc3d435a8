//! Receipts: that a record is in the log, for whoever holds it, for ever, off line.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use linli_log::merkle::{Hash, leaf_hash, verify_inclusion};

use crate::head::{TreeHead, base64, decimal, from_base64};
use crate::key::{NotTrusted, TrustedKeys};

/// The first line of a C2SP tlog-proof.
const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";

/// Longest path in a tree of 64-bit size.
const PATH_MAX: usize = 64;

/// A record, its place in the log, and the way from it to a signed root. As text it is a
/// `c2sp.org/tlog-proof@v1` whose extra data is the record itself, so that the receipt and the
/// log's public key are all that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The record's bytes: the leaf.
    pub record: Vec<u8>,
    /// The index of the leaf: the record's position less one.
    pub index: u64,
    /// The hashes from the leaf's sibling to the root's child.
    pub path: Vec<Hash>,
    /// The signed checkpoint, as the log gave it, cosignatures and all.
    pub checkpoint: String,
}

/// A text that is no receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedReceipt {
    /// It begins otherwise.
    #[error("a receipt begins with {FIRST_LINE}")]
    FirstLine,
    /// The record is not there, or not in base 64.
    #[error("the second line of a receipt is \"extra\" and the record in base 64")]
    Record,
    /// The index is not there, or no number.
    #[error("the third line of a receipt is \"index\" and a number")]
    Index,
    /// A line of the path is no hash, or there are too many.
    #[error("line {line} of the receipt is no hash")]
    Path {
        /// Which line, from 1.
        line: usize,
    },
    /// No checkpoint follows.
    #[error("a receipt ends with a blank line and a signed checkpoint")]
    Checkpoint,
}

/// Why a receipt proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum InvalidReceipt {
    /// The checkpoint in it is not the log's.
    #[error("the checkpoint in the receipt is not to be trusted")]
    Checkpoint(#[from] NotTrusted),
    /// The record is not in the tree whose root was signed, or not at this place.
    #[error("the record is not what was signed at position {position}")]
    Proof {
        /// The position that the receipt claims.
        position: u64,
    },
}

impl Receipt {
    /// The record's position in the log.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.index.saturating_add(1)
    }

    /// Checks all of it with the log's public key, and answers the head that was signed.
    ///
    /// # Errors
    /// [`InvalidReceipt`].
    pub fn verify(&self, trusted: &TrustedKeys) -> Result<TreeHead, InvalidReceipt> {
        let head = trusted.open(&self.checkpoint)?;
        verify_inclusion(&leaf_hash(&self.record), self.index, head.size, &self.path, &head.root)
            .map_err(|_| InvalidReceipt::Proof { position: self.position() })?;
        Ok(head)
    }
}

impl std::fmt::Display for Receipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{FIRST_LINE}\nextra {}\nindex {}", STANDARD.encode(&self.record), self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{}", base64(hash)))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl std::str::FromStr for Receipt {
    type Err = MalformedReceipt;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (proof, checkpoint) = text.split_once("\n\n").ok_or(MalformedReceipt::Checkpoint)?;
        let mut lines = (1_usize..).zip(proof.split('\n'));
        let mut next = || lines.next().map(|(_, line)| line).unwrap_or_default();
        if next() != FIRST_LINE {
            return Err(MalformedReceipt::FirstLine);
        }
        let record = next().strip_prefix("extra ").and_then(|extra| STANDARD.decode(extra).ok());
        let record = record.ok_or(MalformedReceipt::Record)?;
        let index = next().strip_prefix("index ").and_then(decimal);
        let index = index.ok_or(MalformedReceipt::Index)?;
        let mut path = Vec::new();
        for (line, hash) in lines {
            let hash = from_base64(hash).filter(|_| path.len() < PATH_MAX);
            path.push(hash.ok_or(MalformedReceipt::Path { line })?);
        }
        if checkpoint.is_empty() {
            return Err(MalformedReceipt::Checkpoint);
        }
        Ok(Self { record, index, path, checkpoint: checkpoint.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{KeyPair, LogKeys};
    use linli_log::merkle::{inclusion_proof, root_of};
    use proptest::prelude::*;

    const ORIGIN: &str = "linli.example/gulou";

    fn keys() -> (LogKeys, TrustedKeys) {
        let pair = KeyPair::of(ORIGIN, &[7; 32]).unwrap();
        (LogKeys::parse(&pair.secret).unwrap(), TrustedKeys::parse(&pair.public).unwrap())
    }

    fn receipt(records: &[Vec<u8>], index: usize) -> Receipt {
        let leaves: Vec<Hash> = records.iter().map(|record| leaf_hash(record)).collect();
        let size = leaves.len() as u64;
        let head = TreeHead { origin: ORIGIN.to_owned(), size, root: root_of(&leaves) };
        Receipt {
            record: records[index].clone(),
            index: index as u64,
            path: inclusion_proof(&leaves, index).unwrap(),
            checkpoint: keys().0.sign(&head).unwrap(),
        }
    }

    proptest! {
        #[test]
        fn a_receipt_holds_as_it_was_given_and_in_no_other_way(
            records in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..40),
            place: prop::sample::Index, flip: prop::sample::Index, bit in 0..8_u32,
        ) {
            let receipt = receipt(&records, place.index(records.len()));
            let text = receipt.to_string();
            let read: Receipt = text.parse().unwrap();
            prop_assert_eq!(&read, &receipt);
            let head = read.verify(&keys().1).unwrap();
            prop_assert_eq!(head.size, records.len() as u64);

            let mut bytes = text.into_bytes();
            let at = flip.index(bytes.len());
            bytes[at] ^= 1 << bit;
            if let Ok(text) = String::from_utf8(bytes)
                && let Ok(other) = text.parse::<Receipt>()
            {
                // Base 64 has idle bits at its end: another text may be the same receipt.
                prop_assert!(other == receipt || other.verify(&keys().1).is_err());
            }
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let text = receipt(&[vec![1], vec![2]], 0).to_string();
        for (from, to, expected) in [
            ("tlog-proof@v1", "tlog-proof@v2", MalformedReceipt::FirstLine),
            ("extra ", "", MalformedReceipt::Record),
            ("index 0", "index 00", MalformedReceipt::Index),
            ("index 0", "index x", MalformedReceipt::Index),
            ("index 0\n", "index 0\nnot a hash\n", MalformedReceipt::Path { line: 4 }),
            ("\n\n", "\n", MalformedReceipt::Path { line: 5 }),
        ] {
            assert_eq!(text.replacen(from, to, 1).parse::<Receipt>(), Err(expected), "{from} {to}");
        }
    }
}
