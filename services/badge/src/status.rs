//! Which badges are void: a Bitstring Status List (W3C, version 1.0), a bit each, compressed.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// How many bits a list has: the least that the specification wants, so that whoever fetches a list
/// doesn't tell which of its badges is looked at.
pub const STATUS_LIST_BITS: u64 = 131_072;

const BYTES: usize = 16_384;

/// A text that is no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a bitstring of a status list")]
pub struct MalformedList;

/// Some bits, none of them set at first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusList(Vec<u8>);

impl Default for StatusList {
    fn default() -> Self {
        Self(vec![0; BYTES])
    }
}

impl StatusList {
    /// Sets a bit; one that the list doesn't have stays where it is.
    pub fn set(&mut self, index: u64) {
        if let Some((byte, mask)) = place(index) {
            self.0.get_mut(byte).into_iter().for_each(|byte| *byte |= mask);
        }
    }

    /// Is this bit set? None for one that the list doesn't have.
    #[must_use]
    pub fn get(&self, index: u64) -> Option<bool> {
        let (byte, mask) = place(index)?;
        self.0.get(byte).map(|byte| byte & mask != 0)
    }

    /// As it stands in a credential: multibase base 64 of the compressed bits.
    ///
    /// # Errors
    ///
    /// If it can't be compressed, which does not happen in memory.
    pub fn encode(&self) -> std::io::Result<String> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&self.0)?;
        Ok(format!("u{}", URL_SAFE_NO_PAD.encode(encoder.finish()?)))
    }

    /// Reads it. Of a longer list only so many bits as one of ours has are read.
    ///
    /// # Errors
    ///
    /// [`MalformedList`]
    pub fn decode(text: &str) -> Result<Self, MalformedList> {
        let text = text.strip_prefix('u').ok_or(MalformedList)?;
        let packed = URL_SAFE_NO_PAD.decode(text).map_err(|_| MalformedList)?;
        let mut bits = Vec::new();
        let mut decoder = GzDecoder::new(packed.as_slice()).take(STATUS_LIST_BITS / 8);
        decoder.read_to_end(&mut bits).map_err(|_| MalformedList)?;
        Ok(Self(bits))
    }
}

/// The byte of a bit, and the bit in it: the first is the leftmost.
fn place(index: u64) -> Option<(usize, u8)> {
    let byte = usize::try_from(index / 8).ok()?;
    let shift = u32::try_from(index % 8).ok()?;
    Some((byte, 0x80_u8.checked_shr(shift)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bit_reads_back_and_no_other() {
        let mut list = StatusList::default();
        for index in [0, 7, 94_567, STATUS_LIST_BITS - 1, STATUS_LIST_BITS] {
            list.set(index);
        }
        let read = StatusList::decode(&list.encode().unwrap()).unwrap();
        assert_eq!(read, list);
        for (index, expected) in [
            (0, Some(true)),
            (1, Some(false)),
            (6, Some(false)),
            (7, Some(true)),
            (8, Some(false)),
            (94_567, Some(true)),
            (STATUS_LIST_BITS - 1, Some(true)),
            (STATUS_LIST_BITS, None),
        ] {
            assert_eq!(read.get(index), expected, "{index}");
        }
    }

    /// The example of the specification (Bitstring Status List 1.0, example 3): nobody is revoked.
    #[test]
    fn it_reads_what_others_write() {
        let text = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA";
        assert_eq!(StatusList::decode(text).unwrap(), StatusList::default());
        for wrong in ["", "u", "uAAAA", "H4sI", "u!!"] {
            assert_eq!(StatusList::decode(wrong), Err(MalformedList), "{wrong}");
        }
    }
}
