//! The desk by itself: what waits for what, without a store.

use linli_domain::id::PoolId;
use linli_domain::pool::{self, Funding, Pool};
use linli_domain::quantity::Points;
use linli_domain::text::{Bilingual, Code, Name, Reference};
use linli_domain::time::Timestamp;
use linli_domain::{ClientId, Command, IdempotencyKey};
use linli_log::Frame;
use linli_port::{Answer, Envelope, Rejected};

use super::{Ask, Desk, Outcome, Poison, Reply, Slot};
use crate::image::Image;
use crate::keys::{KEYS_UNINDEXED_MAX, Mark, Unindexed, keys_of};

type TestDesk = Desk<&'static str, &'static str>;

const CLIENT: ClientId = ClientId(1);
const NOW: Timestamp = Timestamp::from_microseconds(1_767_225_600_000_000);

fn envelope(key: &str, command: Command) -> Envelope {
    Envelope { client: CLIENT, key: IdempotencyKey::new(key).unwrap(), body_hash: [7; 32], command }
}

fn open() -> Ask<&'static str, &'static str> {
    let name = Bilingual { zh: Name::new("池").unwrap(), en: Name::new("pool").unwrap() };
    let pool = Pool { pool: PoolId::from_number(1), code: Code::new("street").unwrap(), name };
    Ask::One(envelope("open", pool::Command::Open(pool).into()), "open")
}

fn fund(key: &str, hundredths: i64) -> Envelope {
    let points = Points::from_hundredths(hundredths);
    let reference = Reference::new("2026-001").unwrap();
    let funding = Funding { pool: PoolId::from_number(1), points, reference };
    envelope(key, pool::Command::Fund(funding).into())
}

/// A desk whose pool is open, and the frame that opened it.
fn desk() -> (TestDesk, Frame) {
    let mut desk = Desk::new(Image::default(), Unindexed::after(0), Poison::default());
    desk.take(open());
    desk.decide(NOW).unwrap();
    let frame = desk.seal().unwrap();
    desk.durable(frame.last);
    assert_eq!(told(&mut desk), ["open: 1..1"]);
    (desk, frame)
}

/// The answers that may be given, a line each.
fn told(desk: &mut TestDesk) -> Vec<String> {
    desk.answers().map(line).collect()
}

fn line(reply: Reply<&'static str, &'static str>) -> String {
    let slot = |slot: Slot| match slot {
        Slot::Ready(answer) => outcome(answer),
        Slot::InLog { first, last } => format!("in the log at {first}..{last}"),
    };
    match reply {
        Reply::One(one, ticket) => format!("{ticket}: {}", slot(one)),
        Reply::Many(slots, ticket) => {
            format!("{ticket}: {}", slots.into_iter().map(slot).collect::<Vec<_>>().join(", "))
        }
        Reply::Clock(_, ticket) => format!("{ticket}: done"),
        Reply::NoClock(rejected, ticket) => format!("{ticket}: {rejected}"),
    }
}

fn outcome(answer: Answer) -> String {
    match answer {
        Ok(accepted) => {
            let (first, last) =
                (accepted.records.first().unwrap(), accepted.records.last().unwrap());
            let repeated = if accepted.repeated { " again" } else { "" };
            format!("{}..{}{repeated}", first.position, last.position)
        }
        Err(Rejected::Refused(_)) => "refused".to_owned(),
        Err(Rejected::KeyReused) => "key reused".to_owned(),
        Err(Rejected::Unknown) => "unknown".to_owned(),
        Err(Rejected::Unavailable { .. } | Rejected::Overloaded { .. }) => "not done".to_owned(),
    }
}

#[test]
fn nothing_is_answered_before_all_that_came_before_is_durable() {
    let (mut desk, _) = desk();
    desk.take(Ask::One(fund("a", 100), "a"));
    desk.decide(NOW).unwrap();
    let first = desk.seal().unwrap();
    desk.take(Ask::One(fund("nothing", 0), "nothing"));
    desk.decide(NOW).unwrap();
    assert!(desk.seal().is_none(), "a refusal has no record");
    desk.take(Ask::One(fund("b", 100), "b"));
    desk.decide(NOW).unwrap();
    let second = desk.seal().unwrap();
    assert_eq!(desk.flights(), 2);
    assert_eq!(second.previous_root, first.root);
    assert!(told(&mut desk).is_empty());

    desk.durable(first.last);
    assert_eq!(told(&mut desk), ["a: 2..2"]);
    desk.durable(second.last);
    assert_eq!(told(&mut desk), ["nothing: refused", "b: 3..3"]);
}

#[test]
fn a_refusal_behind_no_frame_waits_for_the_word_of_the_store() {
    let (mut desk, _) = desk();
    desk.take(Ask::One(fund("a", 100), "a"));
    desk.decide(NOW).unwrap();
    let frame = desk.seal().unwrap();
    desk.take(Ask::One(fund("nothing", 0), "nothing"));
    desk.decide(NOW).unwrap();
    assert!(desk.seal().is_none() && !desk.asks_word(), "the frame before is still on its way");
    desk.durable(frame.last);
    assert_eq!(told(&mut desk), ["a: 2..2"]);
    assert!(desk.asks_word() && !desk.asks_word(), "it is asked once");
    // What is decided after the question is not answered by its word; a repeat needs none.
    desk.take(Ask::One(fund("nothing", 0), "late"));
    desk.take(Ask::One(fund("a", 100), "repeat"));
    desk.decide(NOW).unwrap();
    assert!(desk.seal().is_none());
    assert_eq!(told(&mut desk), ["repeat: 2..2 again"]);
    desk.confirmed();
    assert_eq!(told(&mut desk), ["nothing: refused"]);
    assert!(desk.asks_word());
    let replies: Vec<_> = desk.close(Outcome::Refused).into_iter().map(line).collect();
    assert_eq!(replies, ["late: not done"], "no word came");
}

#[test]
fn a_repeat_is_told_from_memory_and_another_body_is_refused() {
    let (mut desk, _) = desk();
    let mut other = fund("a", 900);
    other.body_hash = [8; 32];
    desk.take(Ask::Many(vec![fund("a", 100), fund("a", 100), other], "many"));
    desk.decide(NOW).unwrap();
    let frame = desk.seal().unwrap();
    desk.durable(frame.last);
    assert_eq!(told(&mut desk), ["many: 2..2, 2..2 again, key reused"]);
}

#[test]
fn a_key_that_may_be_in_the_log_is_not_decided_before_the_index_was_asked() {
    let (_, frame) = desk();
    let mut image = Image::default();
    image.replay(&frame).unwrap();
    // A new desk that remembers nothing; it knows by the filter that "open" was used.
    let mut desk: TestDesk = Desk::new(image, Unindexed::after(1), Poison::default());
    desk.take(open());
    desk.take(Ask::One(fund("a", 100), "a"));
    assert!(!desk.asks());
    desk.decide(NOW).unwrap();
    assert!(desk.asks());
    assert!(desk.seal().is_none(), "nor is anything after it");

    let questions = desk.questions();
    assert_eq!(questions.len(), 1);
    desk.index_said(questions, vec![Some(keys_of(&frame).unwrap().remove(0))]);
    assert_eq!(desk.questions(), []);
    desk.decide(NOW).unwrap();
    let next = desk.seal().unwrap();
    desk.durable(next.last);
    assert_eq!(told(&mut desk), ["open: in the log at 1..1", "a: 2..2"]);
}

#[test]
fn what_the_index_said_is_not_believed_once_it_is_no_longer_so() {
    let (_, frame) = desk();
    let mut image = Image::default();
    image.replay(&frame).unwrap();
    // A key that looks like one that was used.
    image.filter.insert(Mark::of(CLIENT, &IdempotencyKey::new("a").unwrap()));
    let mut desk: TestDesk = Desk::new(image, Unindexed::after(1), Poison::default());
    desk.take(Ask::Many(vec![fund("a", 0), fund("a", 100), fund("a", 100)], "many"));
    desk.decide(NOW).unwrap();
    let questions = desk.questions();
    let nothing = vec![None; questions.len()];
    desk.index_said(questions, nothing);
    desk.decide(NOW).unwrap();
    let frame = desk.seal().unwrap();
    desk.durable(frame.last);
    assert_eq!(told(&mut desk), ["many: refused, 2..2, 2..2 again"]);
}

#[test]
fn a_key_that_is_only_in_frames_is_remembered_by_the_next_desk() {
    let (_, frame) = desk();
    let mut image = Image::default();
    image.replay(&frame).unwrap();
    let mut unindexed = Unindexed::after(0);
    unindexed.take(&frame).unwrap();
    let mut desk: TestDesk = Desk::new(image, unindexed, Poison::default());
    assert_eq!(desk.unindexed_keys(), 1);
    desk.take(open());
    let mut other = fund("open", 100);
    other.body_hash = [8; 32];
    desk.take(Ask::One(other, "other"));
    desk.decide(NOW).unwrap();
    assert!(!desk.asks() && desk.seal().is_none());
    assert_eq!(told(&mut desk), ["open: in the log at 1..1", "other: key reused"]);
    desk.indexed(1);
    assert_eq!(desk.unindexed_keys(), 0);
}

#[test]
fn when_too_many_keys_are_not_in_the_index_new_commands_wait_and_repeats_do_not() {
    let (mut desk, _) = desk();
    for n in 1..KEYS_UNINDEXED_MAX {
        desk.take(Ask::One(fund(&format!("key-{n}"), 100), "many"));
        desk.decide(NOW).unwrap();
        if !desk.has_room() {
            let frame = desk.seal().unwrap();
            desk.durable(frame.last);
            desk.answers().for_each(drop);
        }
    }
    desk.seal().iter().for_each(|frame| desk.durable(frame.last));
    desk.answers().for_each(drop);
    assert_eq!(desk.unindexed_keys(), KEYS_UNINDEXED_MAX);
    desk.take(Ask::One(fund("new", 100), "new"));
    desk.take(Ask::One(fund("key-1", 100), "old"));
    desk.decide(NOW).unwrap();
    assert!(desk.seal().is_none());
    assert_eq!(told(&mut desk), ["new: not done", "old: in the log at 2..2"]);

    desk.indexed(1);
    desk.take(Ask::One(fund("new", 100), "new"));
    desk.decide(NOW).unwrap();
    let frame = desk.seal().unwrap();
    desk.durable(frame.last);
    assert_eq!(told(&mut desk).len(), 1);
}

#[test]
fn what_waits_when_a_desk_ends_is_told_what_is_known() {
    for (outcome, one, many) in
        [(Outcome::Refused, "not done", "unknown"), (Outcome::Unknown, "unknown", "unknown")]
    {
        let (mut desk, _) = desk();
        desk.take(Ask::One(fund("a", 100), "a"));
        desk.decide(NOW).unwrap();
        let frame = desk.seal().unwrap();
        desk.take(Ask::Many(vec![fund("b", 100), fund("c", 100)], "b c"));
        desk.decide(NOW).unwrap();
        desk.take(Ask::One(fund("d", 100), "d"));
        assert_eq!((frame.first, desk.draft_records()), (2, 2));
        let lines: Vec<String> = desk.close(outcome).into_iter().map(line).collect();
        let expected = [format!("a: {one}"), format!("b c: {many}, {many}"), format!("d: {one}")];
        assert_eq!(lines, expected);
    }
}

#[test]
fn a_desk_that_stops_answers_what_was_decided_and_turns_away_the_rest() {
    let (mut desk, _) = desk();
    desk.take(Ask::One(fund("a", 100), "a"));
    desk.decide(NOW).unwrap();
    desk.take(Ask::One(fund("b", 100), "b"));
    desk.take(Ask::Clock(NOW, "clock"));
    desk.turn_away();
    let frame = desk.seal().unwrap();
    desk.durable(frame.last);
    let lines = told(&mut desk);
    assert_eq!(lines[..2], ["a: 2..2", "b: not done"]);
    assert!(lines[2].starts_with("clock: "), "{lines:?}");
}
