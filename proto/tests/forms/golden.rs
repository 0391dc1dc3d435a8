//! The bytes of every form of a record that was ever written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use linli_domain::{
    BodyHash, ClientId, Event, IdempotencyKey, Origin, Position, Record, contribution,
};
use linli_proto::{
    decode_origin, decode_record, decode_record_strict, encode_record, encode_record_into,
};

use crate::awards;
use crate::events::{self, AccountForms, EventForms, LineForms};
use crate::table::check_complete;
use crate::values::{at, later_postings, number, postings, settlement_postings};

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/records.txt")
}

/// The event's record, as somebody wished it.
pub(crate) fn record(event: Event) -> Record {
    let key = IdempotencyKey::new("order-2026-01-01/7").unwrap();
    Record {
        position: Position(70_000),
        recorded_at: at(1),
        happened_at: at(0),
        origin: Origin::Command { client: ClientId(number(50)), key, body_hash: None },
        event,
        postings: Vec::new(),
    }
}

/// Every sample of a record. The last ones show the origin and the postings.
pub(crate) fn samples() -> Vec<(String, Record)> {
    let mut samples: Vec<_> =
        events::samples().into_iter().map(|(name, event)| (name, record(event))).collect();
    let (_, last) = samples.last().unwrap().clone();
    samples.push(("record/deadline".into(), Record { origin: Origin::Deadline, ..last.clone() }));
    let mut hashed = last.clone();
    let Origin::Command { body_hash, .. } = &mut hashed.origin else { panic!("{hashed:?}") };
    *body_hash = Some(BodyHash(std::array::from_fn(|n| u8::try_from(n).unwrap())));
    samples.push(("record/body hash".into(), hashed));
    let every = |postings| Record { postings, ..last.clone() };
    samples.push(("record/every account".into(), every(postings())));
    samples.push(("record/later accounts".into(), every(later_postings())));
    samples.push(("record/accounts of settlement".into(), every(settlement_postings())));
    samples
}

/// The golden lines, by name.
fn golden() -> BTreeMap<String, Vec<u8>> {
    let text = std::fs::read_to_string(path()).unwrap_or_default();
    let mut lines = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (name, hex) = line.split_once(": ").unwrap();
        let bytes =
            (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap());
        assert_eq!(lines.insert(name.to_owned(), bytes.collect()), None, "{name} stands twice");
    }
    lines
}

fn append_missing() {
    let known = golden();
    let mut text = std::fs::read_to_string(path()).unwrap_or_default();
    for (name, record) in samples().iter().filter(|(name, _)| !known.contains_key(name)) {
        write!(text, "{name}: ").unwrap();
        encode_record(record).iter().for_each(|byte| write!(text, "{byte:02x}").unwrap());
        text.push('\n');
    }
    std::fs::write(path(), text).unwrap();
}

#[test]
fn every_form_has_the_bytes_that_it_always_had() {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        append_missing();
    }
    let golden = golden();
    for (name, record) in samples() {
        let bytes = golden.get(&name);
        let bytes =
            bytes.unwrap_or_else(|| panic!("no line of {name}; add it with UPDATE_GOLDEN=1"));
        assert_eq!(encode_record(&record), *bytes, "{name} is written in another way");
        assert_eq!(decode_record(bytes), Ok(record.clone()), "{name}");
        assert_eq!(decode_record_strict(bytes), Ok(record.clone()), "{name}");
        assert_eq!(decode_origin(bytes), Ok(record.origin.clone()), "{name}");
        let mut appended = b"before".to_vec();
        encode_record_into(&record, &mut appended);
        assert_eq!(appended.strip_prefix(b"before"), Some(bytes.as_slice()), "{name}");
    }
}

#[test]
fn every_line_ever_written_reads() {
    let golden = golden();
    assert!(golden.len() >= samples().len());
    for (name, bytes) in golden {
        decode_record(&bytes).unwrap_or_else(|malformed| panic!("{name}: {malformed}"));
    }
}

#[test]
fn every_form_has_a_sample() {
    let samples = samples();
    check_complete(
        EventForms::ALL,
        samples.iter().map(|(_, record)| EventForms::of(&record.event)),
    );
    let postings = samples.iter().flat_map(|(_, record)| &record.postings);
    check_complete(AccountForms::ALL, postings.map(|posting| AccountForms::of(&posting.account)));
    let lines = awards::lines();
    // What came later stands in awards of its own, since no golden line may change.
    let awards = samples.iter().filter_map(|(_, record)| {
        let Event::Contribution(contribution::Event::Awarded(award)) = &record.event else {
            return None;
        };
        Some(&award.lines)
    });
    check_complete(LineForms::ALL, awards.flatten().map(LineForms::of));
    let whole = samples.iter().any(|(_, record)| {
        matches!(&record.event, Event::Contribution(contribution::Event::Awarded(award)) if award.lines == lines)
    });
    assert!(whole, "no award has every line");
}
