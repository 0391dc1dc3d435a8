//! Asking witnesses to bear witness.

use std::time::Duration;

use linli_log::checkpoint::{CheckpointError, Checkpoints};
use linli_log::{TileError, Tiles};
use reqwest::{Client, StatusCode};
use signed_note::{Note, NoteError, Signature, Verifier as _};

use crate::head::{TreeHead, base64};
use crate::key::InvalidKey;
use crate::metrics::Metrics;
use crate::witness::WitnessVerifier;

/// Longest wait for a witness: the next checkpoint is not far.
const ANSWER_MAX: Duration = Duration::from_secs(5);

/// How often a witness is asked anew with the size that it named: a second time it can only be in
/// the middle of somebody else's question.
const TRIES_MAX: usize = 3;

/// Where a witness listens, and by which key it is known: `<public key>@<address>`.
#[derive(Clone, Debug)]
pub struct WitnessAddress {
    key: WitnessVerifier,
    url: String,
}

impl std::str::FromStr for WitnessAddress {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (key, url) = text.split_once('@').ok_or(InvalidKey::Public)?;
        Ok(Self { key: key.parse()?, url: url.trim_end_matches('/').to_owned() })
    }
}

/// Why there is no cosignature.
#[derive(Debug, thiserror::Error)]
pub enum CosignError {
    /// It could not be asked, or did not answer in time.
    #[error("the witness could not be asked")]
    Asked(#[from] reqwest::Error),
    /// It saw a longer log before: this one was put back to an older state.
    #[error(
        "the witness has seen {seen} records of this log, which now has {size}: the log was put \
         back to an older state"
    )]
    RolledBack {
        /// What it has seen.
        seen: u64,
        /// What the log has now.
        size: u64,
    },
    /// It saw another history.
    #[error("the witness does not find that the log grew from the {seen} records it has seen")]
    Fork {
        /// What it has seen.
        seen: u64,
    },
    /// It refuses for another reason.
    #[error("the witness refuses with {status}: {body}")]
    Refused {
        /// Its status.
        status: StatusCode,
        /// What it says.
        body: String,
    },
    /// What it signed is not what it was asked.
    #[error("the witness's answer is not its cosignature")]
    Answer(#[from] NoteError),
    /// The proof of growth could not be made.
    #[error("the proof of growth could not be made")]
    Proof(#[from] TileError),
    /// Its cosignature could not be kept.
    #[error("the cosignature could not be kept")]
    Kept(#[from] CheckpointError),
}

/// The witnesses of a log, and what each has seen as far as is known.
#[derive(Clone, Debug, Default)]
pub struct Cosigners(pub Vec<WitnessAddress>);

/// Asks one witness.
#[derive(Debug)]
pub struct Cosigner {
    client: Client,
    address: WitnessAddress,
    seen: u64,
}

impl Cosigner {
    /// Nobody is asked before [`cosign`](Self::cosign).
    ///
    /// # Errors
    /// If the client can't be made.
    pub fn new(address: WitnessAddress) -> Result<Self, CosignError> {
        let client = Client::builder().timeout(ANSWER_MAX).build()?;
        Ok(Self { client, address, seen: 0 })
    }

    /// Has a checkpoint cosigned, keeps the cosignature, and counts how it went.
    ///
    /// # Errors
    /// [`CosignError`].
    pub async fn cosign(
        &mut self,
        head: &TreeHead,
        note: &str,
        tiles: &Tiles,
        kept: &Checkpoints,
        metrics: &Metrics,
    ) -> Result<(), CosignError> {
        let asked = self.ask(head, note, tiles).await;
        let witness = self.address.key.name();
        metrics.cosigned(witness, &asked);
        for signature in asked? {
            let line = String::from_utf8_lossy(&signature.to_bytes()).into_owned();
            kept.cosigned(head.size, witness, &line).await?;
        }
        self.seen = head.size;
        Ok(())
    }

    async fn ask(
        &mut self,
        head: &TreeHead,
        note: &str,
        tiles: &Tiles,
    ) -> Result<Vec<Signature>, CosignError> {
        let mut tries = 0_usize;
        loop {
            let seen = self.seen;
            if seen > head.size {
                return Err(CosignError::RolledBack { seen, size: head.size });
            }
            let subtrees =
                linli_log::merkle::consistency_subtrees(seen, head.size).unwrap_or_default();
            let proof = tiles.prove(&subtrees, head.size).await?;
            let proof: String = proof.iter().map(|hash| format!("{}\n", base64(hash))).collect();
            let url = format!("{}/add-checkpoint", self.address.url);
            let asked = self.client.post(url).body(format!("old {seen}\n{proof}\n{note}"));
            let answer = asked.send().await?;
            let (status, body) = (answer.status(), answer.text().await?);
            tries = tries.saturating_add(1);
            match (status, body.trim_end().parse::<u64>()) {
                (StatusCode::OK, _) => return Ok(self.signatures(note, &body)?),
                (StatusCode::CONFLICT, Ok(other)) if other != seen && tries < TRIES_MAX => {
                    self.seen = other;
                }
                (StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY, _) => {
                    return Err(CosignError::Fork { seen });
                }
                _ => return Err(CosignError::Refused { status, body }),
            }
        }
    }

    /// The witness's own signatures of the note, checked.
    fn signatures(&self, note: &str, lines: &str) -> Result<Vec<Signature>, NoteError> {
        let note = Note::from_bytes(format!("{note}{lines}").as_bytes())?;
        let (signed, _) = note.verify(&self.address.key.clone().alone())?;
        Ok(signed)
    }
}
