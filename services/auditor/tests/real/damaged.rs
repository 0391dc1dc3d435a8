//! Damage to what is stored, by a disk or by a hand with a superuser's rights: each is found, and
//! the place is named.

use std::fmt::Write as _;

use linli_auditor::{Kind, Report};
use linli_log::Frame;

use super::history::history;
use super::store::{Store, frames};

/// Changes of single bits of bodies, of whole bytes, and of each other column. To find which of
/// 255 values a byte had takes long in a build that is not optimised.
const BIT_FLIPS: u64 = 40;
const BYTE_FLIPS: u64 = 6;
const COLUMN_FLIPS: u64 = 8;

/// Chance that is the same every time (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

#[track_caller]
fn check(report: &Report, frame: &Frame, what: &str) {
    let names = |finding: &linli_auditor::Finding| {
        (frame.first..=frame.last).any(|position| finding.place.covers(position))
    };
    assert!(
        report.findings.first().is_some_and(names),
        "{what}, {} to {}\n{report}",
        frame.first,
        frame.last
    );
    assert_eq!(report.exit_code(), 1, "{what}\n{report}");
}

#[tokio::test]
async fn any_byte_of_a_body() {
    let frames: Vec<Frame> = frames(&history().records).into_iter().map(|(it, _)| it).collect();
    let store = Store::holding(&history().records).await;
    store.unguard().await;
    let mut chance = Chance(1);
    let mut exactly = 0;
    for round in 0..BIT_FLIPS + BYTE_FLIPS {
        let frame = &frames[usize::try_from(chance.below(frames.len() as u64)).unwrap()];
        let offset = chance.below(frame.body.len() as u64);
        let mask = if round < BIT_FLIPS { 1 << chance.below(8) } else { chance.below(255) + 1 };
        let flip = format!(
            "UPDATE log.frame SET body = set_byte(body, {offset}, get_byte(body, {offset}) # {mask}) \
             WHERE first = {}",
            frame.first
        );
        store.tamper(&flip).await;
        let report = store.audit().await;
        let what = format!("byte {offset} ^ {mask}");
        check(&report, frame, &what);
        // A single byte is found to the byte, and the rest is audited with it put back.
        if report.findings[0].what.starts_with(&format!("byte {offset} of the frame's body")) {
            assert_eq!(report.violations, 1, "{what}\n{report}");
            assert!(report.complete && report.state_digest.is_some(), "{what}\n{report}");
            let record = record_at(frame, offset);
            assert!(report.findings[0].place.covers(record), "{what} is in {record}\n{report}");
            exactly += 1;
        }
        store.tamper(&flip).await;
    }
    assert_eq!(exactly, BIT_FLIPS + BYTE_FLIPS);
    assert!(store.audit().await.ok);
}

/// The position of the record that a byte of the body belongs to.
fn record_at(frame: &Frame, offset: u64) -> u64 {
    let mut cut = frame.records();
    let mut position = frame.first;
    while cut.next().is_some() && (cut.offset() as u64) <= offset {
        position += 1;
    }
    position
}

#[tokio::test]
async fn any_other_column() {
    let frames: Vec<Frame> = frames(&history().records).into_iter().map(|(it, _)| it).collect();
    let store = Store::holding(&history().records).await;
    store.unguard().await;
    let mut chance = Chance(2);
    for _ in 0..COLUMN_FLIPS {
        let frame = &frames[usize::try_from(chance.below(frames.len() as u64)).unwrap()];
        let (at, mask) = (chance.below(32), chance.below(255) + 1);
        for column in ["root", "previous_root"] {
            let flip = format!(
                "UPDATE log.frame SET {column} = set_byte({column}, {at}, get_byte({column}, {at}) # {mask}) \
                 WHERE first = {}",
                frame.first
            );
            store.tamper(&flip).await;
            let report = store.audit().await;
            check(&report, frame, column);
            assert!(report.complete, "the records are as they were\n{report}");
            store.tamper(&flip).await;
        }
        let bit = chance.below(40);
        let flip = format!(
            "UPDATE log.frame SET recorded_at_us = recorded_at_us # (1::bigint << {bit}) \
             WHERE first = {}",
            frame.first
        );
        store.tamper(&flip).await;
        check(&store.audit().await, frame, "recorded_at_us");
        store.tamper(&flip).await;
    }
    assert!(store.audit().await.ok);
}

#[tokio::test]
async fn a_first_or_last_position() {
    let frames: Vec<Frame> = frames(&history().records).into_iter().map(|(it, _)| it).collect();
    let frame = frames.iter().filter(|frame| frame.last - frame.first > 2).nth(3).unwrap();
    let (first, last) = (frame.first, frame.last);
    let store = Store::holding(&history().records).await;
    store.unguard().await;
    for (column, there, back) in [
        ("first", format!("{}", first + 1), first),
        ("first", format!("{}", first + 100_000), first),
        ("first", "1000000000000".to_owned(), first),
        ("last", format!("{}", last - 1), last),
        ("last", format!("{}", last + 100_000), last),
    ] {
        let to = |value: &str| {
            format!("UPDATE log.frame SET {column} = {value} WHERE root = '\\x{}'", frame.root)
        };
        store.tamper(&to(&there)).await;
        check(&store.audit().await, frame, &format!("{column} = {there}"));
        store.tamper(&to(&back.to_string())).await;
    }
    assert!(store.audit().await.ok);
}

#[tokio::test]
async fn a_frame_that_is_gone() {
    let frames: Vec<Frame> = frames(&history().records).into_iter().map(|(it, _)| it).collect();
    for index in [0, 7, frames.len() - 1] {
        let store = Store::holding(&history().records).await;
        store.unguard().await;
        let frame = &frames[index];
        store.tamper(&format!("DELETE FROM log.frame WHERE first = {}", frame.first)).await;
        let report = store.audit().await;
        check(&report, frame, "gone");
        assert_eq!(report.findings[0].kind, Kind::Chain, "{report}");
        // All before it is proven.
        assert_eq!(report.counts.records, frame.first - 1, "{report}");
    }
}

#[tokio::test]
async fn a_frame_from_another_history() {
    let world = history();
    let mut other = world.records.clone();
    // The same but for one name's last byte, early on.
    let linli_domain::Event::Area(linli_domain::area::Event::Founded(area)) = &mut other[1].event
    else {
        panic!("{:?}", other[1].event)
    };
    area.name.en = linli_domain::text::Name::new("Another").unwrap();
    let others = frames(&other);
    let frame = &others[9].0;
    let store = Store::holding(&world.records).await;
    store.unguard().await;
    let mut body = String::new();
    frame.body.iter().for_each(|byte| write!(body, "{byte:02x}").unwrap());
    store
        .tamper(&format!(
            "UPDATE log.frame SET previous_root = '\\x{}', root = '\\x{}', body = '\\x{body}' \
             WHERE first = {}",
            frame.previous_root, frame.root, frame.first
        ))
        .await;
    let report = store.audit().await;
    check(&report, frame, "another history");
    assert!(!report.complete);
}

#[tokio::test]
async fn more_than_a_byte() {
    let frames: Vec<Frame> = frames(&history().records).into_iter().map(|(it, _)| it).collect();
    let frame = &frames[12];
    let store = Store::holding(&history().records).await;
    store.unguard().await;
    let change = format!(
        "UPDATE log.frame SET body = overlay(body placing '\\xffffffff' from 20) WHERE first = {}",
        frame.first
    );
    store.tamper(&change).await;
    let report = store.audit().await;
    check(&report, frame, "four bytes");
    assert!(!report.complete && report.state_digest.is_none(), "{report}");
    assert_eq!(report.counts.records, frame.first - 1);
    // What it broke in the record is told too.
    assert!(report.findings[1..].iter().any(|it| it.place.covers(frame.first)), "{report}");
}

#[tokio::test]
async fn the_index_of_keys() {
    let world = history();
    let store = Store::holding(&world.records).await;
    store.unguard().await;
    let position = 51;
    for change in [
        format!("DELETE FROM log.key WHERE first = {position}"),
        format!("UPDATE log.key SET last = last + 1 WHERE first = {position}"),
        format!("UPDATE log.key SET mark = gen_random_uuid() WHERE first = {position}"),
        format!("UPDATE log.key SET district = 'other' WHERE first = {position}"),
        format!(
            "UPDATE log.key SET body_hash = set_byte(body_hash, 9, 9) WHERE first = {position}"
        ),
        format!(
            "INSERT INTO log.key SELECT gen_random_uuid(), first, last, district, body_hash \
             FROM log.key WHERE first = {position}"
        ),
    ] {
        store.client.batch_execute("BEGIN").await.unwrap();
        let before = "CREATE TABLE kept AS SELECT * FROM log.key";
        store.client.batch_execute(before).await.unwrap();
        store.tamper(&change).await;
        store.client.batch_execute("COMMIT").await.unwrap();
        let report = store.audit().await;
        let first = report.findings.first();
        let named = first.is_some_and(|it| it.kind == Kind::KeyIndex && it.place.covers(position));
        assert!(named, "{change}\n{report}");
        assert_eq!((report.violations, report.complete), (1, true), "{change}\n{report}");
        let back = "DELETE FROM log.key; INSERT INTO log.key SELECT * FROM kept; DROP TABLE kept";
        store.client.batch_execute(back).await.unwrap();
    }
    assert!(store.audit().await.ok);
}

#[tokio::test]
async fn an_index_of_keys_that_is_behind_is_compared_as_far_as_it_is() {
    let world = history();
    let store = Store::holding(&world.records).await;
    let whole = store.audit().await.keys_compared.unwrap();
    store.unguard().await;
    // What an indexer leaves when it is killed: rows and position of an earlier frame.
    let frames = frames(&world.records);
    let (behind, gone) = frames.split_at(frames.len() - 5);
    let last = behind.last().unwrap().0.last;
    let gone: usize = gone.iter().map(|(_, keys)| keys.len()).sum();
    store.tamper(&format!("DELETE FROM log.key WHERE first > {last}")).await;
    let report = store.audit().await;
    assert_eq!(report.findings[0].kind, Kind::KeyIndex, "{report}");
    store.tamper(&format!("UPDATE log.key_index SET position = {last}")).await;
    let report = store.audit().await;
    assert!(report.ok, "{report}");
    assert_eq!(report.keys_compared, Some(whole - u64::try_from(gone).unwrap()), "{report}");
    // One that says that it is beyond the log's end speaks of frames that were cut off.
    let beyond = world.records.len() + 10;
    store.tamper(&format!("UPDATE log.key_index SET position = {beyond}")).await;
    let report = store.audit().await;
    assert!(report.findings.iter().any(|it| it.kind == Kind::Chain), "{report}");
}
