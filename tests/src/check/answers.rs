//! C0: every answer was one that may be.

use super::{Checked, unless};
use crate::evidence::Evidence;
use crate::traffic::Outcome;

/// No 500 and nothing unreadable; whoever is told to come again is told when, in a problem
/// document; everybody was answered in the end.
pub(super) fn every_answer_may_be(evidence: &Evidence) -> Checked {
    let mut checked = Checked::new("C0", "every answer was one that may be", "answers");
    for operation in &evidence.operations {
        let who = || format!("operation {} ({:?})", operation.number, operation.kind);
        for attempt in &operation.attempts {
            let outcome = attempt.returned.as_ref().map(|returned| &returned.outcome);
            checked.look(match outcome {
                Some(Outcome::Fault { said }) => Some(format!("{}: {said}", who())),
                Some(Outcome::Unknown { why, well_formed: false }) => {
                    Some(format!("{}: {why}, without Retry-After or problem document", who()))
                }
                Some(_) | None => None,
            });
        }
        let ended = unless(operation.end().is_some(), || format!("{}: never answered", who()));
        ended.into_iter().for_each(|finding| checked.find(finding));
    }
    for why in &evidence.gave_up {
        checked.find(why.clone());
    }
    checked
}
