//! C11: after a fault all comes back.

use serde::Serialize;

use super::{Checked, unless};
use crate::evidence::{Evidence, Injection};
use crate::traffic::Outcome;

/// Somebody has to be answered within this after a fault is over. Ten times what is aimed at
/// (see `docs/operating.md`): a machine that runs all tests at once is slow, and a run says how
/// long it took.
const ANSWERED_MAX_MS: u64 = 30_000;

/// No process may ever hold more than this: some ten times what a small place needs.
const MEMORY_MAX_KIB: u64 = 1024 * 1024;

/// How long it took until somebody was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recovery {
    /// What was done.
    pub what: String,
    /// From the end of the fault to the first command that was answered with success.
    pub after_ms: u64,
}

/// How long it took after each fault that silences everybody; `None` if nobody was answered again.
pub(crate) fn recoveries(evidence: &Evidence) -> Vec<(&Injection, Option<Recovery>)> {
    let done = |operation: &crate::traffic::Operation| {
        let end = operation.end()?;
        matches!(end.outcome, Outcome::Done { .. }).then_some(end.at_us)
    };
    let mut answers: Vec<u64> = evidence.operations.iter().filter_map(done).collect();
    answers.sort_unstable();
    let first = |injection: &Injection| {
        let next = answers.partition_point(|at_us| *at_us <= injection.healed_us);
        let at_us = answers.get(next)?;
        let after_ms = (at_us - injection.healed_us) / 1_000;
        Some(Recovery { what: injection.what.clone(), after_ms })
    };
    let silencing = evidence.injections.iter().filter(|injection| injection.silences);
    silencing.map(|injection| (injection, first(injection))).collect()
}

/// Somebody is answered soon after each fault; everything caught up at the end; no process held
/// more memory than it may.
pub(super) fn all_comes_back(evidence: &Evidence) -> Checked {
    let holds = "after a fault somebody is answered soon, all catches up, memory is bounded";
    let mut checked = Checked::new("C11", holds, "faults and processes");
    for (injection, recovery) in recoveries(evidence) {
        let what = &injection.what;
        checked.look(match recovery {
            None => Some(format!("{what}: nobody was answered after it")),
            Some(Recovery { after_ms, .. }) => unless(after_ms <= ANSWERED_MAX_MS, || {
                format!("{what}: nobody was answered for {after_ms} ms after it")
            }),
        });
    }
    checked.look(unless(evidence.caught_up_ms.is_some(), || "it never caught up".to_owned()));
    for (part, kib) in &evidence.memory_kib {
        checked.look(unless(*kib <= MEMORY_MAX_KIB, || format!("the {part} held {kib} KiB")));
    }
    checked
}
