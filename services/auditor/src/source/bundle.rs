//! Entry bundles: the records of a tile of leaves, each behind its length in two bytes.

use bytes::Bytes;

/// A bundle that can be cut into its records.
#[derive(Clone, Debug)]
pub(crate) struct Bundle {
    bytes: Bytes,
    count: usize,
}

impl Bundle {
    /// None if it is not so many records and nothing else.
    pub(super) fn new(bytes: Bytes, count: u16) -> Option<Self> {
        let count = count.into();
        let mut records = Records(&bytes);
        let found = records.by_ref().count();
        let is_whole = records.0.is_empty() && found == count;
        is_whole.then_some(Self { bytes, count })
    }

    /// How many records it has.
    pub(crate) const fn count(&self) -> usize {
        self.count
    }

    /// Its records, one after the other.
    pub(crate) fn records(&self) -> impl Iterator<Item = &[u8]> {
        Records(&self.bytes)
    }

    /// The same, each without being copied.
    pub(crate) fn shared(&self) -> impl Iterator<Item = Bytes> {
        self.records().map(|record| self.bytes.slice_ref(record))
    }
}

/// Cuts records off, up to what is none.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let (length, rest) = self.0.split_first_chunk::<2>()?;
        let (record, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        self.0 = rest;
        Some(record)
    }
}

/// Puts a record into a bundle; says whether it fits.
#[must_use]
pub(crate) fn put(bundle: &mut Vec<u8>, record: &[u8]) -> bool {
    let Ok(length) = u16::try_from(record.len()) else { return false };
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(record);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_is_cut_as_it_was_put_together() {
        let records = [vec![1_u8; 65_535], vec![], vec![2; 300]];
        let mut bytes = Vec::new();
        assert!(records.iter().all(|record| put(&mut bytes, record)));
        assert!(!put(&mut Vec::new(), &[0; 65_536]));
        let bundle = Bundle::new(bytes.into(), 3).unwrap();
        assert_eq!(bundle.count(), 3);
        assert!(bundle.records().eq(&records));
        assert!(bundle.shared().eq(records));
    }

    #[test]
    fn what_is_no_bundle_is_none() {
        for (bundle, count) in
            [(&b"\0\x01a"[..], 2), (b"\0\x01a\0", 1), (b"\0\x02a", 1), (b"\0\x01a\0\x01b", 1)]
        {
            assert!(Bundle::new(Bytes::from_static(bundle), count).is_none(), "{bundle:?}");
        }
        assert!(Bundle::new(Bytes::from_static(b"\0\x01a"), 1).is_some());
    }
}
