//! The notary of a log: signs what the tree was at a size, proves that a record is in it, and lets
//! others bear witness.
//!
//! Everything is in the forms of C2SP, so that whoever doubts us checks it with programs that are
//! not ours: [signed-note](https://c2sp.org/signed-note),
//! [tlog-checkpoint](https://c2sp.org/tlog-checkpoint),
//! [tlog-proof](https://c2sp.org/tlog-proof), [tlog-cosignature](https://c2sp.org/tlog-cosignature),
//! [tlog-witness](https://c2sp.org/tlog-witness).
//!
//! | what | does |
//! |---|---|
//! | [`Notary`] | follows the log, keeps its tiles, signs a checkpoint at least once a second while it grows |
//! | [`Receipt`] | a record, its place, the way to a signed root: checked with the log's public key alone |
//! | [`Prover`] | makes receipts and proofs of growth |
//! | [`Witness`] | another party: co-signs what grew from what it saw before, and nothing else |
//!
//! What is *not* here: what records mean, HTTP (the gateway serves, `linli` listens), and any way
//! to sign two roots for one size.

#![cfg_attr(
    test,
    allow(
        clippy::as_conversions,
        clippy::arithmetic_side_effects,
        reason = "tests count small numbers; the crate itself is linted without them"
    )
)]

mod cosign;
mod head;
mod key;
mod metrics;
mod notary;
mod prover;
mod receipt;
mod witness;

pub use cosign::{CosignError, Cosigner, Cosigners, WitnessAddress};
pub use head::{MalformedHead, TreeHead};
pub use key::{InvalidKey, KeyPair, LogKeys, NotTrusted, TrustedKeys, told_by};
pub use metrics::Metrics;
pub use notary::{Fault, Notary, SIGN_EVERY, Settings};
pub use prover::{ProveError, Prover};
pub use receipt::{InvalidReceipt, MalformedReceipt, Receipt};
pub use witness::{Answer, NotCosigned, Refused, Seen, TrustedWitnesses, Witness, WitnessKey};
