//! C10: you read your own writes.

use std::collections::BTreeMap;

use super::books::{Standing, standings};
use super::{Checked, unless};
use crate::evidence::Evidence;
use crate::traffic::{Operation, Outcome};

/// A read says to have seen no less than it was asked to, and shows a wallet as it stood at what it
/// says to have seen, or later, but not later than the answer.
pub(super) fn reads_have_seen(evidence: &Evidence) -> Checked {
    let holds = "a read has seen what it had to, and shows what stood then";
    let mut checked = Checked::new("C10", holds, "reads");
    let standings = standings(&evidence.records);
    let calls: BTreeMap<&str, u64> = evidence
        .operations
        .iter()
        .map(|operation| (operation.key.as_str(), operation.called_us()))
        .collect();
    let keys: BTreeMap<u64, &str> = evidence
        .records
        .iter()
        .filter_map(|record| Some((record.position, record.key()?)))
        .collect();
    let called_us = |position| keys.get(&position).and_then(|key| calls.get(key)).copied();
    for operation in &evidence.operations {
        let Some(end) = operation.end() else { continue };
        let Outcome::Seen { position, available, held } = end.outcome else { continue };
        let lines = standings.get(&operation.account).map(Vec::as_slice).unwrap_or_default();
        let told = Standing { from: position, available, held };
        let before_the_answer =
            |line: &Standing| called_us(line.from).is_none_or(|called_us| called_us < end.at_us);
        checked.look(seen(operation, told, lines, before_the_answer));
    }
    checked
}

fn seen(
    operation: &Operation,
    told: Standing,
    lines: &[Standing],
    before_the_answer: impl Fn(&Standing) -> bool,
) -> Option<String> {
    let (number, after) = (operation.number, operation.after);
    if told.from < after {
        return Some(format!("read {number}: has seen {}, and had to see {after}", told.from));
    }
    // From the line that stood at the position told, on.
    let at = lines.partition_point(|line| line.from <= told.from).saturating_sub(1);
    let same = |line: &Standing| (line.available, line.held) == (told.available, told.held);
    let stood = lines
        .get(at..)
        .unwrap_or_default()
        .iter()
        .any(|line| same(line) && (line.from <= told.from || before_the_answer(line)));
    let nothing = lines.is_empty() && same(&Standing::default());
    unless(stood || nothing, || format!("read {number}: {told:?} never stood from there on"))
}
