//! C1: what was acknowledged is in the log.

use std::collections::BTreeMap;

use linli_domain::{Event, contribution, item, redemption};

use super::{Checked, unless};
use crate::evidence::{Evidence, LoggedRecord};
use crate::traffic::{Kind, Operation, Outcome};

/// At the positions that were told there are records of that key, and they are what was asked for;
/// what was refused is not there.
pub(super) fn what_was_told_is_there(evidence: &Evidence) -> Checked {
    let holds = "what was acknowledged is in the log, where and as it was told";
    let mut checked = Checked::new("C1", holds, "commands");
    let mut by_key: BTreeMap<&str, Vec<&LoggedRecord>> = BTreeMap::new();
    for record in &evidence.records {
        if let Some(key) = record.key() {
            by_key.entry(key).or_default().push(record);
        }
    }
    for operation in evidence.operations.iter().filter(|operation| operation.kind != Kind::Read) {
        let there = by_key.get(operation.key.as_str()).map(Vec::as_slice).unwrap_or_default();
        match operation.end().map(|end| &end.outcome) {
            Some(Outcome::Done { first, last, .. }) => {
                checked.look(done(operation, there, *first, *last));
            }
            Some(Outcome::Refused { problem }) => checked.look(unless(there.is_empty(), || {
                format!("{}: refused ({problem}), and in the log all the same", operation.key)
            })),
            Some(_) | None => {}
        }
    }
    checked
}

fn done(operation: &Operation, there: &[&LoggedRecord], first: u64, last: u64) -> Option<String> {
    let key = &operation.key;
    let told: Vec<u64> = (first..=last).collect();
    let found: Vec<u64> = there.iter().map(|record| record.position).collect();
    if found != told {
        return Some(format!("{key}: told to stand at {told:?}, stands at {found:?}"));
    }
    let fits = there.first().is_some_and(|record| is_wished(operation, &record.record.event));
    unless(fits, || format!("{key}: {first} is not what was asked for"))
}

/// Is this what the operation asked for, for whom it asked?
fn is_wished(operation: &Operation, event: &Event) -> bool {
    let account = operation.account.as_str();
    match (operation.kind, event) {
        (Kind::Submit, Event::Contribution(contribution::Event::Submitted { claim, .. })) => {
            claim.resident.to_string() == account
        }
        (Kind::Verify, Event::Contribution(contribution::Event::Verified(_))) => true,
        (Kind::Sell, Event::Redemption(redemption::Event::Sold(slip)))
        | (Kind::Reserve, Event::Redemption(redemption::Event::Reserved { slip, .. }))
        | (Kind::Capture, Event::Redemption(redemption::Event::Captured(slip)))
        | (Kind::Void, Event::Redemption(redemption::Event::Voided { slip, .. })) => {
            slip.resident.to_string() == account
        }
        (Kind::Receive, Event::Item(item::Event::StockReceived(_))) => true,
        _ => false,
    }
}
