//! Operations: what a client wanted, when it asked for it, and what it was told.

use serde::{Deserialize, Serialize};

/// What was wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A contribution submitted.
    Submit,
    /// A contribution verified, which awards it.
    Verify,
    /// Goods sold over the counter.
    Sell,
    /// Goods and points set aside.
    Reserve,
    /// What was set aside handed out.
    Capture,
    /// What was set aside given back.
    Void,
    /// Goods brought to the counter.
    Receive,
    /// A wallet read.
    Read,
}

/// One wish of one client, with every time that it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// Its number in the journal.
    pub number: u64,
    /// Which client: each does one thing after the other.
    pub client: u32,
    /// What was wanted.
    pub kind: Kind,
    /// Whose points it concerns: the resident, or nobody's.
    pub account: String,
    /// The idempotency key, which no other operation uses; empty for a read.
    pub key: String,
    /// SHA-256 of the request.
    pub request: String,
    /// For a read: the position that it has to have seen.
    pub after: u64,
    /// Each time that it was sent, in order.
    pub attempts: Vec<Attempt>,
}

/// One time that an operation was sent. Times are microseconds since the journal began, by a clock
/// that never goes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Written down before it was sent.
    pub called_us: u64,
    /// Written down when the answer was there; none if the client ended before.
    pub returned: Option<Returned>,
}

/// What came back, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// When.
    pub at_us: u64,
    /// What.
    pub outcome: Outcome,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The command is in the log.
    Done {
        /// The position of its first record.
        first: u64,
        /// The position of its last record.
        last: u64,
        /// It was told to have been done before.
        repeated: bool,
        /// SHA-256 of the answer's body.
        body: String,
        /// What the resident can spend after it, in hundredths, if the answer says.
        available: Option<i64>,
    },
    /// The wallet.
    Seen {
        /// The position that the answer has seen.
        position: u64,
        /// What can be spent, in hundredths.
        available: i64,
        /// What is set aside, in hundredths.
        held: i64,
    },
    /// Decided against: nothing changed.
    Refused {
        /// The problem's name.
        problem: String,
    },
    /// Nothing is known. To be asked again with the same key.
    Unknown {
        /// `unavailable`, `outcome-unknown`, `not-yet`, …, or `cut` if no answer came, or `late`.
        why: String,
        /// An answer that says to come again says when: status 503 or 429, `Retry-After`, a problem
        /// document. This one is as it has to be.
        well_formed: bool,
    },
    /// An answer that may not be.
    Fault {
        /// Status and body.
        said: String,
    },
}

impl Operation {
    /// When it was first sent: it can't have happened before.
    #[must_use]
    pub fn called_us(&self) -> u64 {
        self.attempts.first().map_or(u64::MAX, |attempt| attempt.called_us)
    }

    /// The answer for good and when it was there, if there was one.
    #[must_use]
    pub fn end(&self) -> Option<&Returned> {
        let last = self.attempts.last()?.returned.as_ref()?;
        (!matches!(last.outcome, Outcome::Unknown { .. })).then_some(last)
    }

    /// First and last position, if it was told to be done.
    #[must_use]
    pub fn done(&self) -> Option<(u64, u64)> {
        match self.end()?.outcome {
            Outcome::Done { first, last, .. } => Some((first, last)),
            Outcome::Seen { .. }
            | Outcome::Refused { .. }
            | Outcome::Unknown { .. }
            | Outcome::Fault { .. } => None,
        }
    }

    /// Each time that nothing was known.
    pub fn doubts(&self) -> impl Iterator<Item = Doubt<'_>> {
        self.attempts.iter().filter_map(|attempt| {
            let Returned { at_us, outcome } = attempt.returned.as_ref()?;
            let Outcome::Unknown { why, .. } = outcome else { return None };
            Some(Doubt { why, called_us: attempt.called_us, at_us: *at_us })
        })
    }
}

/// An attempt after which nothing was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubt<'a> {
    /// What was said, or that nothing was.
    pub why: &'a str,
    /// When it was sent.
    pub called_us: u64,
    /// When it came.
    pub at_us: u64,
}
