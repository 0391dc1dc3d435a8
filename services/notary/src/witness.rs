//! Bearing witness: that a log only grew from what was seen of it before.
//!
//! A witness is run by another party than the log. It keeps one head for each log and co-signs a
//! later one when the proof of growth holds, so that an operator can neither show two histories
//! nor put a log back to an older state unseen.

mod key;
mod seen;

use linli_log::merkle::verify_consistency;

use crate::head::{TreeHead, decimal, from_base64};
use crate::key::{NotTrusted, TrustedKeys, told_by};

pub(crate) use key::WitnessVerifier;
pub use key::{NotCosigned, TrustedWitnesses, WitnessKey};
pub use seen::Seen;

/// Most lines of a proof that are read (C2SP tlog-witness).
const PROOF_LINES_MAX: usize = 63;

/// What a witness answers when all is well: its signature lines.
pub type Answer = String;

/// Why a witness does not sign.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Not a question of this form: 400.
    #[error("a question is \"old\" and a size, a proof, a blank line and a checkpoint")]
    Malformed,
    /// It knows no such log: 404.
    #[error("this witness does not know the log")]
    UnknownLog,
    /// No key of the log signed the checkpoint: 403.
    #[error("the checkpoint is not signed by the log")]
    Signature(#[source] NotTrusted),
    /// The log was seen at another size: 409, with that size.
    #[error("this witness has seen the log at {size}")]
    Size {
        /// Where.
        size: u64,
    },
    /// The same size with another root: 409. The log has two histories.
    #[error("this witness has seen another root at {size}: the log has two histories")]
    Root {
        /// Where.
        size: u64,
    },
    /// The proof does not hold: 422. The log may have two histories.
    #[error("the log did not grow from what this witness has seen at {size}")]
    Proof {
        /// What it has seen.
        size: u64,
    },
    /// What it saw could not be kept, so it does not sign: 500.
    #[error("what was seen could not be kept")]
    Kept(#[source] std::io::Error),
}

/// A witness of some logs.
#[derive(Debug)]
pub struct Witness {
    key: WitnessKey,
    logs: TrustedKeys,
    seen: Seen,
}

/// A question: a checkpoint, and the proof that it grew from an older size.
struct Question<'a> {
    old: u64,
    proof: Vec<linli_log::merkle::Hash>,
    note: &'a str,
}

impl Witness {
    /// A witness with this key, of the logs whose keys these are, that remembers in `seen`.
    #[must_use]
    pub fn new(key: WitnessKey, logs: TrustedKeys, seen: Seen) -> Self {
        Self { key, logs, seen }
    }

    /// Its public key, as logs and their readers are told it.
    #[must_use]
    pub fn public_key(&self) -> String {
        self.key.public()
    }

    /// What it has seen last of a log.
    #[must_use]
    pub fn newest(&self, origin: &str) -> Option<TreeHead> {
        self.seen.newest(origin)
    }

    /// Answers the body of an `add-checkpoint` at this time (seconds since 1970): signature lines.
    /// What was signed is on the disk before this returns.
    ///
    /// # Errors
    /// [`Refused`]; nothing has then changed.
    pub fn add_checkpoint(&self, body: &str, now: u64) -> Result<Answer, Refused> {
        let question = Question::read(body).ok_or(Refused::Malformed)?;
        let named = told_by(question.note).ok_or(Refused::Malformed)?;
        if self.logs.origins().all(|origin| origin != named.origin) {
            return Err(Refused::UnknownLog);
        }
        let head = self.logs.open(question.note).map_err(Refused::Signature)?;
        if question.old > head.size {
            return Err(Refused::Malformed);
        }
        self.seen.advance(&head, |before| question.check(before, &head))?;
        Ok(self.key.cosign(&head, now))
    }
}

impl<'a> Question<'a> {
    fn read(body: &'a str) -> Option<Self> {
        let (proof, note) = body.split_once("\n\n")?;
        let mut lines = proof.split('\n');
        let old = decimal(lines.next()?.strip_prefix("old ")?)?;
        let proof: Vec<_> = lines.map(from_base64).collect::<Option<_>>()?;
        (proof.len() <= PROOF_LINES_MAX).then_some(Self { old, proof, note })
    }

    /// Whether the head grew from the one that was seen before.
    fn check(&self, before: Option<&TreeHead>, head: &TreeHead) -> Result<(), Refused> {
        let size = before.map_or(0, |before| before.size);
        if self.old != size {
            return Err(Refused::Size { size });
        }
        let root = before.map_or(linli_log::merkle::EMPTY_ROOT, |before| before.root);
        if size == head.size && root != head.root {
            return Err(Refused::Root { size });
        }
        verify_consistency(size, &root, head.size, &head.root, &self.proof)
            .map_err(|_| Refused::Proof { size })
    }
}

#[cfg(test)]
mod tests;
