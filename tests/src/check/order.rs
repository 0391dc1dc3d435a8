//! C9: strict serialisability. The log proposes one order of all commands; so nothing has to be
//! searched for: that order has to be possible, and every answer has to be what it amounts to.

use super::books::{Standing, standings};
use super::{Checked, unless};
use crate::evidence::Evidence;
use crate::traffic::{Operation, Outcome};

/// What was answered before something else was first sent stands before it in the log, over all
/// clients and accounts; and what an answer says to be available is what stands there then.
pub(super) fn effects_are_in_one_order(evidence: &Evidence) -> Checked {
    let holds = "commands took effect between sending and answer, in one order, as answered";
    let mut checked = Checked::new("C9", holds, "commands");
    let mut by_call: Vec<&Operation> =
        evidence.operations.iter().filter(|operation| operation.done().is_some()).collect();
    let mut by_return = by_call.clone();
    by_call.sort_by_key(|operation| operation.called_us());
    by_return.sort_by_key(|operation| returned_us(operation));
    let standings = standings(&evidence.records);
    let mut answered = by_return.into_iter().peekable();
    // The furthest that anything stands which was answered before this was called.
    let mut furthest = 0;
    for operation in by_call {
        while let Some(earlier) =
            answered.next_if(|earlier| returned_us(earlier) < operation.called_us())
        {
            furthest = furthest.max(earlier.done().map_or(0, |(_, last)| last));
        }
        let (first, _) = operation.done().unwrap_or_default();
        let key = &operation.key;
        let lines = standings.get(&operation.account).map(Vec::as_slice).unwrap_or_default();
        let finding = unless(first > furthest, || {
            format!(
                "{key}: stands at {first}, and what stands at {furthest} was answered before it was sent"
            )
        });
        checked.look(finding.or_else(|| answered_right(operation, lines)));
    }
    checked
}

fn returned_us(operation: &Operation) -> u64 {
    operation.end().map_or(u64::MAX, |end| end.at_us)
}

fn answered_right(operation: &Operation, lines: &[Standing]) -> Option<String> {
    let Outcome::Done { last, available: Some(told), .. } = operation.end()?.outcome else {
        return None;
    };
    let after = lines.partition_point(|line| line.from <= last);
    let stood = after.checked_sub(1).and_then(|at| lines.get(at)).map_or(0, |line| line.available);
    let key = &operation.key;
    unless(stood == told, || format!("{key}: told that {told} are available, {stood} were"))
}
