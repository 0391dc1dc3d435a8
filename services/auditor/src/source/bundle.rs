//! Entry bundles: the records of a tile of leaves, each behind its length in two bytes.

use linli_log::BodyBuilder;

use super::Batch;

/// The records of a bundle as batches; none if it is not so many records and nothing else.
pub(super) fn batches(bundle: &[u8], first: u64, count: u16) -> Option<Vec<Batch>> {
    let (mut batches, mut body) = (Vec::new(), BodyBuilder::new());
    let (mut rest, mut from, mut next) = (bundle, first, first);
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let (record, after) = after.split_at_checked(u16::from_be_bytes(*length).into())?;
        if !body.fits(record.len()) {
            batches.push(Batch::Bundle { first: from, body: body.take() });
            from = next;
        }
        body.push(record).ok()?;
        next = next.checked_add(1)?;
        rest = after;
    }
    if !body.is_empty() {
        batches.push(Batch::Bundle { first: from, body: body.take() });
    }
    let is_whole = rest.is_empty() && next.checked_sub(first) == Some(count.into());
    is_whole.then_some(batches)
}

/// Puts a record into a bundle; says whether it fits.
#[must_use]
pub(crate) fn put(bundle: &mut Vec<u8>, record: &[u8]) -> bool {
    let Ok(length) = u16::try_from(record.len()) else { return false };
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(record);
    true
}

/// The records of a body behind each other, as a bundle has them.
#[cfg(test)]
fn of(body: &[u8]) -> Vec<u8> {
    let mut bundle = Vec::new();
    for record in linli_log::records(body).flatten() {
        assert!(put(&mut bundle, record));
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_is_cut_as_it_was_put_together() {
        let mut bundle = Vec::new();
        let records = [vec![1_u8; 65_535], vec![], vec![2; 300]];
        for _ in 0..8 {
            assert!(records.iter().all(|record| put(&mut bundle, record)));
        }
        let batches = batches(&bundle, 7, 24).unwrap();
        assert!(!put(&mut Vec::new(), &[0; 65_536]));
        let (mut again, mut firsts) = (Vec::new(), Vec::new());
        for batch in &batches {
            let Batch::Bundle { first, body } = batch else { panic!() };
            firsts.push(*first);
            again.extend(of(body));
        }
        assert!(firsts.len() == 1 && firsts == [7] || firsts.windows(2).all(|two| two[0] < two[1]));
        assert_eq!(again, bundle);
    }

    #[test]
    fn what_is_no_bundle_is_none() {
        for (bundle, count) in
            [(&b"\0\x01a"[..], 2), (b"\0\x01a\0", 1), (b"\0\x02a", 1), (b"\0\x01a\0\x01b", 1)]
        {
            assert!(batches(bundle, 1, count).is_none(), "{bundle:?}");
        }
        assert_eq!(batches(b"\0\x01a", 1, 1).unwrap().len(), 1);
    }
}
