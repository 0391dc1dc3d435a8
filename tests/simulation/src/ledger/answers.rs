//! Giving answers: at once, or when the records of a repeat were read from the log.

use std::sync::Arc;

use linli_domain::Record;
use linli_ledger::desk::{Reply, Slot};
use linli_port::{Accepted, Answer, Rejected};

use crate::client::LetterId;
use crate::run::{Ground, Happening};
use crate::sometimes::Path;

/// Who answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct From {
    pub(super) node: usize,
    pub(super) life: u64,
}

/// Gives the answers that are there, and has the others read.
pub(super) fn give(
    from: From,
    replies: impl Iterator<Item = Reply<LetterId, ()>>,
    ground: &mut Ground,
) {
    let From { node, life } = from;
    for reply in replies {
        let (slots, letter) = match reply {
            Reply::One(slot, letter) => (vec![slot], letter),
            Reply::Many(slots, letter) => (slots, letter),
            // Nobody moves the clock by asking.
            Reply::Clock(..) | Reply::NoClock(..) => continue,
        };
        let is_ready = |slot: &Slot| matches!(slot, Slot::Ready(_));
        if slots.iter().all(is_ready) {
            let answers = slots.into_iter().map(|slot| ready_or(slot, &Rejected::Unknown));
            ground.answer(letter, answers.collect());
        } else {
            ground.send(Happening::Recall { node, life, letter, slots });
        }
    }
}

/// Whether a reply goes to this letter.
pub(super) fn is_to(reply: &Reply<LetterId, ()>, letter: LetterId) -> bool {
    match reply {
        Reply::One(_, to) | Reply::Many(_, to) => *to == letter,
        Reply::Clock(..) | Reply::NoClock(..) => false,
    }
}

/// Reads what is missing from the log, and answers.
pub(crate) fn recall(letter: LetterId, slots: Vec<Slot>, ground: &mut Ground) {
    let answers: Vec<Answer> = slots
        .into_iter()
        .map(|slot| match slot {
            Slot::InLog { first, last } if ground.log.is_up() => {
                ground.sometimes.reach(Path::RepeatReadFromLog);
                read(first, last, ground).ok_or(Rejected::Unknown)
            }
            slot @ (Slot::Ready(_) | Slot::InLog { .. }) => {
                ready_or(slot, &Rejected::unavailable())
            }
        })
        .collect();
    ground.answer(letter, answers);
}

fn ready_or(slot: Slot, rejected: &Rejected) -> Answer {
    match slot {
        Slot::Ready(answer) => answer,
        Slot::InLog { .. } => Err(rejected.clone()),
    }
}

fn read(first: u64, last: u64, ground: &Ground) -> Option<Accepted> {
    let mut records: Vec<Record> = Vec::new();
    for frame in ground.log.frames_after(first.saturating_sub(1), usize::MAX) {
        for (position, bytes) in (frame.first..).zip(frame.records()) {
            if (first..=last).contains(&position) {
                records.push(linli_proto::decode_record(bytes.ok()?).ok()?);
            }
        }
        if frame.last >= last {
            break;
        }
    }
    let expected = usize::try_from(last.checked_sub(first)?.checked_add(1)?).ok()?;
    (records.len() == expected).then(|| Accepted { records: Arc::from(records), repeated: true })
}
