//! The body of a frame: the protobuf message `Frame { repeated bytes records = 1; }`, and nothing
//! else. Each record is the tag `0x0a`, its length as the shortest varint, its bytes. So the same
//! records have exactly one body, and the bytes of a record can be cut out without decoding it.

use bytes::{BufMut, Bytes, BytesMut};

use super::{FRAME_BYTES_MAX, RECORD_BYTES_MAX};

/// Tag of field 1, length-delimited.
const TAG: u8 = 0x0a;

/// Bytes of the longest length: 65,535 takes three groups of 7 bits.
const LENGTH_BYTES_MAX: usize = 3;

/// Builds a body record by record, in a buffer that is used again when its bodies are dropped.
#[derive(Debug, Default)]
pub struct BodyBuilder {
    bytes: BytesMut,
    records: usize,
}

/// Why a record can't go into this body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PushError {
    /// It is longer than any record may be.
    #[error("a record of {bytes} bytes is longer than 65,535")]
    RecordTooLong {
        /// Its length.
        bytes: usize,
    },
    /// The body has no room for it: take this body, and begin the next one with the record.
    #[error("the body has no room for a record of {bytes} bytes")]
    BodyFull {
        /// Its length.
        bytes: usize,
    },
}

impl BodyBuilder {
    /// An empty body.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a record.
    ///
    /// # Errors
    /// [`PushError`]; the body is then as it was.
    pub fn push(&mut self, record: &[u8]) -> Result<(), PushError> {
        let length = u16::try_from(record.len())
            .map_err(|_| PushError::RecordTooLong { bytes: record.len() })?;
        if !self.fits(record.len()) {
            return Err(PushError::BodyFull { bytes: record.len() });
        }
        self.bytes.reserve(wire_bytes(record.len()));
        self.bytes.put_u8(TAG);
        put_varint(&mut self.bytes, length);
        self.bytes.put_slice(record);
        self.records = self.records.saturating_add(1);
        Ok(())
    }

    /// Whether a record of this many bytes has room.
    #[must_use]
    pub fn fits(&self, record_bytes: usize) -> bool {
        record_bytes <= RECORD_BYTES_MAX
            && self.bytes.len().saturating_add(wire_bytes(record_bytes)) <= FRAME_BYTES_MAX
    }

    /// How many records are in it.
    #[must_use]
    pub fn records(&self) -> usize {
        self.records
    }

    /// How many bytes it has.
    #[must_use]
    pub fn len_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there is no record in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records == 0
    }

    /// Takes the body out; the builder is then empty.
    pub fn take(&mut self) -> Bytes {
        self.records = 0;
        self.bytes.split().freeze()
    }
}

/// Bytes of a record in a body: tag, length, itself.
fn wire_bytes(record_bytes: usize) -> usize {
    let length = match record_bytes {
        0..0x80 => 1,
        0x80..0x4000 => 2,
        _ => LENGTH_BYTES_MAX,
    };
    record_bytes.saturating_add(length).saturating_add(1)
}

fn put_varint(bytes: &mut BytesMut, length: u16) {
    let mut rest = length;
    while rest >= 0x80 {
        let [low, _] = rest.to_le_bytes();
        bytes.put_u8(low | 0x80);
        rest >>= 7;
    }
    let [low, _] = rest.to_le_bytes();
    bytes.put_u8(low);
}

/// A body that is not in the one wire format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed body at byte {offset}: {reason}")]
pub struct MalformedBody {
    /// Where, from 0.
    pub offset: usize,
    /// What is wrong there.
    pub reason: &'static str,
}

/// The records of a body, in order. After an error it ends.
#[derive(Clone, Debug)]
pub struct Records<'a> {
    whole: usize,
    rest: &'a [u8],
}

/// Cuts a body into its records, without copying.
#[must_use]
pub fn records(body: &[u8]) -> Records<'_> {
    Records { whole: body.len(), rest: body }
}

impl<'a> Records<'a> {
    /// Where in the body the next record begins.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.whole.saturating_sub(self.rest.len())
    }

    fn cut(&mut self) -> Result<&'a [u8], &'static str> {
        let (tag, rest) = self.rest.split_first().ok_or("there is nothing")?;
        if *tag != TAG {
            return Err("this is no record");
        }
        let (length, rest) = varint(rest)?;
        let (record, rest) = rest.split_at_checked(length).ok_or("the record is cut short")?;
        self.rest = rest;
        Ok(record)
    }
}

/// The length at the head of `bytes`, and what follows it.
fn varint(bytes: &[u8]) -> Result<(usize, &[u8]), &'static str> {
    let mut length = 0_usize;
    for (index, byte) in bytes.iter().take(LENGTH_BYTES_MAX).enumerate() {
        length |= usize::from(byte & 0x7f) << index.saturating_mul(7);
        if byte & 0x80 == 0 {
            if *byte == 0 && index > 0 {
                return Err("the length is longer than it need be");
            }
            if length > RECORD_BYTES_MAX {
                return Err("the record is longer than 65,535 bytes");
            }
            return Ok((length, bytes.get(index.saturating_add(1)..).unwrap_or_default()));
        }
    }
    Err("the length does not end")
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<&'a [u8], MalformedBody>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let offset = self.offset();
        Some(self.cut().map_err(|reason| {
            self.rest = &[];
            MalformedBody { offset, reason }
        }))
    }
}

impl std::iter::FusedIterator for Records<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(body: &[u8], expected: &[&str]) {
        let found: Vec<String> = records(body)
            .map(|record| match record {
                Ok(record) => String::from_utf8_lossy(record).into_owned(),
                Err(error) => format!("! {}: {}", error.offset, error.reason),
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn bodies() {
        check(b"", &[]);
        check(b"\x0a\x01a\x0a\x00\x0a\x02bc", &["a", "", "bc"]);
        check(b"\x0a", &["! 0: the length does not end"]);
        check(b"\x0a\x01a\x12\x01b", &["a", "! 3: this is no record"]);
        check(b"\x0a\x02a", &["! 0: the record is cut short"]);
        check(b"\x0a\x81\x00a", &["! 0: the length is longer than it need be"]);
        check(b"\x0a\x80\x80\x04", &["! 0: the record is longer than 65,535 bytes"]);
        check(b"\x0a\xff\xff\xff\x00", &["! 0: the length does not end"]);
    }

    #[test]
    fn limits() {
        let mut builder = BodyBuilder::new();
        let longest = vec![7; RECORD_BYTES_MAX];
        assert_eq!(builder.push(&vec![7; 65_536]), Err(PushError::RecordTooLong { bytes: 65_536 }));
        for _ in 0..11 {
            builder.push(&longest).unwrap();
        }
        assert_eq!(builder.push(&longest), Err(PushError::BodyFull { bytes: RECORD_BYTES_MAX }));
        let room = FRAME_BYTES_MAX - builder.len_bytes() - 4;
        assert!(!builder.fits(room + 1) && builder.fits(room));
        builder.push(&longest[..room]).unwrap();
        assert_eq!((builder.len_bytes(), builder.records()), (FRAME_BYTES_MAX, 12));
        assert_eq!(records(&builder.take()).filter(Result::is_ok).count(), 12);
        assert!(builder.is_empty() && builder.len_bytes() == 0);
    }

    proptest! {
        #[test]
        fn what_is_pushed_is_cut_out(
            pushed in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..20),
        ) {
            let mut builder = BodyBuilder::new();
            for record in &pushed {
                builder.push(record).unwrap();
            }
            let body = builder.take();
            let found: Vec<Vec<u8>> = records(&body).map(|r| r.unwrap().to_vec()).collect();
            prop_assert_eq!(found, pushed);
        }

        #[test]
        fn a_body_that_is_read_whole_has_no_other_form(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            if let Ok(found) = records(&bytes).collect::<Result<Vec<_>, _>>() {
                let mut builder = BodyBuilder::new();
                found.iter().for_each(|record| builder.push(record).unwrap());
                prop_assert_eq!(builder.take(), bytes);
            }
        }
    }
}
