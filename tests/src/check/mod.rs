//! The checkers: each looks at the evidence of a run for one thing, and says over how much it
//! looked and what it found.
//!
//! | | holds if | by |
//! |---|---|---|
//! | C0 | every answer was one that may be | journal |
//! | C1 | what was acknowledged is in the log, where it was said to be, and is what was asked for | journal, log |
//! | C2 | a key became records at most once; asked again it is answered to the byte | journal, log, repeats |
//! | C3 | the postings of each record sum to zero, and each balance and version follows | log, a fold of its own |
//! | C4 | no account but a funder's is ever below zero | log, the same fold |
//! | C5 | nothing is handed out that isn't there; each redemption ends once | log, a fold of its own |
//! | C6 | the read models are what the log tells, row by row | `linli audit verify` |
//! | C7 | positions have no gap; every root is the root; what was the log's beginning still is | log, an RFC 6962 tree of its own |
//! | C8 | message *n* of the stream is frame *n* of the log, byte by byte, and there are no others | stream, log |
//! | C9 | commands took effect between their sending and their answer, in one order: the log's | journal, log |
//! | C10 | a read has seen what it was asked to have seen, and shows what stood then | journal, log |
//! | C11 | after a fault somebody is answered soon, everything catches up, memory is bounded | journal, processes |
//! | C12 | every frame came from a session that held the lock, and none after another's | witness, log |

mod answers;
mod books;
mod copy;
mod fence;
mod once;
mod order;
mod reads;
mod recovery;
mod rows;
mod shelves;
mod told;
mod tree;

use serde::Serialize;

use crate::evidence::Evidence;

pub use recovery::Recovery;
pub(crate) use recovery::recoveries;

/// Findings of one checker that are kept: the first ones tell what is wrong.
const FINDINGS_MAX: usize = 20;

/// What a checker says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// `C1`.
    pub name: &'static str,
    /// What holds.
    pub holds: &'static str,
    /// How many things it looked at.
    pub over: usize,
    /// What those are.
    pub of: &'static str,
    /// Why it did not run, if it did not.
    pub not_run: Option<&'static str>,
    /// How many findings there are.
    pub found: usize,
    /// The first of them.
    pub findings: Vec<String>,
}

impl Checked {
    fn new(name: &'static str, holds: &'static str, of: &'static str) -> Self {
        Self { name, holds, over: 0, of, not_run: None, found: 0, findings: Vec::new() }
    }

    /// It could not look.
    fn not_run(self, why: &'static str) -> Self {
        Self { not_run: Some(why), ..self }
    }

    /// Looked at one more thing; `finding` says what is wrong with it.
    fn look(&mut self, finding: Option<String>) {
        self.over += 1;
        if let Some(finding) = finding {
            self.find(finding);
        }
    }

    fn find(&mut self, finding: String) {
        self.found += 1;
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(finding);
        }
    }

    /// Looked, and found nothing.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.not_run.is_none() && self.found == 0
    }
}

/// `finding` if it isn't so.
fn unless(so: bool, finding: impl FnOnce() -> String) -> Option<String> {
    (!so).then(finding)
}

/// All checkers, in order.
#[must_use]
pub fn all(evidence: &Evidence) -> Vec<Checked> {
    let checkers: [fn(&Evidence) -> Checked; 13] = [
        answers::every_answer_may_be,
        told::what_was_told_is_there,
        once::a_key_is_once,
        books::postings_add_up,
        books::nothing_is_overdrawn,
        shelves::nothing_is_handed_out_twice,
        rows::read_models_are_the_log,
        tree::the_log_is_one_chain,
        copy::the_stream_is_the_log,
        order::effects_are_in_one_order,
        reads::reads_have_seen,
        recovery::all_comes_back,
        fence::one_writes_at_a_time,
    ];
    checkers.iter().map(|check| check(evidence)).collect()
}
